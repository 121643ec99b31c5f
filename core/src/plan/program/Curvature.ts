// What a search has learnt of the dual function's second derivatives from slopes alone (Broyden, Fletcher, Goldfarb, Shanno, 1970). It knows
// nothing of markets, so it is no prey to their kinks: beside one, the method comes to see it as a curvature as sharp as need be, and moves along
// it (Lewis, Overton, "Nonsmooth optimization via quasi-Newton methods", 2013).

import { add, real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import type { Point } from './Point.ts';

/** Hold the inverse of second derivatives, row by row; unknowns are q where a target counts a token, then every λ. */
export type Curvature = {
  readonly size: number;
  readonly token: Int32Array;
  /** How many of the unknowns are q. */
  readonly count: number;
  readonly inverse: Float64Array;
  readonly slope: Float64Array;
  readonly direction: Float64Array;
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly image: Float64Array;
};

/** The first step changes prices by this share {1} in all. */
const FIRST = 1e-3;

/** Begin to learn at a point. */
export function of(point: Point, frame: Frame): Curvature {
  const { size: tokens, count, tracked } = frame;
  const size = count + tokens;
  const reals = () => new Float64Array(size);
  const counted = Array.from({ length: tokens }, (_, token) => token).filter((token) => whole(tracked, token) === 1);
  const token = Int32Array.from([...counted, ...Array.from({ length: tokens }, (_, one) => one)]);
  const lists = { slope: reals(), direction: reals(), moved: reals(), turned: reals(), image: reals() };
  const curvature = { size, token, count, inverse: new Float64Array(size * size), ...lists };
  forget(curvature, point, frame);
  return curvature;
}

/** Forget everything: of a price, a share is as much as of any other, and the weighted mean of q stays as it is. */
export function forget(curvature: Curvature, point: Point, frame: Frame): void {
  const { size, token, count, inverse, image, slope } = curvature;
  slopes(curvature, point);
  let [steep, weighed] = [0, 0];
  for (let k = 0; k < size; k++) {
    const j = whole(token, k);
    const own = (real(point.prices, j) / real(frame.first, j)) ** 2;
    image[k] = own;
    steep += own * real(slope, k) ** 2;
    if (k < count) weighed += own * real(frame.weights, j) ** 2;
  }
  const unit = steep > 0 ? FIRST / Math.sqrt(steep) : 0;
  inverse.fill(0);
  for (let k = 0; k < size; k++) inverse[k * size + k] = unit * real(image, k);
  if (!(weighed > 0)) return;
  const tilt = (k: number) => real(image, k) * real(frame.weights, whole(token, k));
  for (let k = 0; k < count; k++) {
    for (let l = 0; l < count; l++) add(inverse, k * size + l, (-unit * tilt(k) * tilt(l)) / weighed);
  }
}

/** Find the way down from a point, and the slope along it {value}: zero or more where it leads nowhere. */
export function aim(curvature: Curvature, point: Point): number {
  const { size, token, count, slope, direction } = curvature;
  slopes(curvature, point);
  multiply(curvature, slope, direction);
  let along = 0;
  for (let k = 0; k < size; k++) {
    const held = k >= count && !(real(point.lambda, whole(token, k)) > 0);
    direction[k] = held ? Math.max(0, -real(direction, k)) : -real(direction, k);
    along += real(direction, k) * real(slope, k);
  }
  return along;
}

/** Learn from where slopes are now, a step further on. */
export function learn(curvature: Curvature, here: Point, there: Point): void {
  const { size, token, count, inverse, slope, moved, turned, image } = curvature;
  slopes(curvature, here);
  turned.set(slope);
  slopes(curvature, there);
  let bent = 0;
  for (let k = 0; k < size; k++) {
    const j = whole(token, k);
    moved[k] = k < count ? real(there.q, j) - real(here.q, j) : real(there.lambda, j) - real(here.lambda, j);
    turned[k] = real(slope, k) - real(turned, k);
    bent += real(moved, k) * real(turned, k);
  }
  if (!(bent > 0)) return;
  multiply(curvature, turned, image);
  let own = 0;
  for (let k = 0; k < size; k++) own += real(image, k) * real(turned, k);
  const grown = (1 + own / bent) / bent;
  for (let k = 0; k < size; k++) {
    const [mine, other] = [real(moved, k), real(image, k)];
    if (mine === 0 && other === 0) continue;
    const row = k * size;
    for (let l = 0; l < size; l++) {
      add(inverse, row + l, grown * mine * real(moved, l) - (other * real(moved, l) + mine * real(image, l)) / bent);
    }
  }
}

/** Find the slope along the way last aimed at {value}, at a point on it. */
export function slopeAlong(curvature: Curvature, point: Point): number {
  slopes(curvature, point);
  let along = 0;
  for (let k = 0; k < curvature.size; k++) along += real(curvature.direction, k) * real(curvature.slope, k);
  return along;
}

/** List slopes: none where a limit stays as it is. */
function slopes({ size, token, count, slope }: Curvature, { slopeQ, slopeLambda, lambda }: Point): void {
  for (let k = 0; k < size; k++) {
    const j = whole(token, k);
    const own = k < count ? real(slopeQ, j) : real(slopeLambda, j);
    slope[k] = k < count || own < 0 || real(lambda, j) > 0 ? own : 0;
  }
}

function multiply({ size, inverse }: Curvature, by: Float64Array, into: Float64Array): void {
  into.fill(0);
  for (let k = 0; k < size; k++) {
    const factor = real(by, k);
    if (factor === 0) continue;
    const row = k * size;
    for (let l = 0; l < size; l++) add(into, l, factor * real(inverse, row + l));
  }
}
