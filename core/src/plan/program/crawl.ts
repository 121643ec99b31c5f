// One step down by what slopes alone have taught. A step is long enough to have turned the slope, and short enough to descend: what bisection
// finds (Lewis, Overton, 2013), even where the function has a kink between two digits.

import * as Curvature from './Curvature.ts';
import type { Tried, Workspace } from './descend.ts';
import { real, whole } from './Flat.ts';
import * as Goal from './Goal.ts';
import * as Point from './Point.ts';
import type { Program } from './Program.ts';

/** A step must descend by this share of what its slope promises, and leave at most that share of the slope {1}. */
const STEEP = 1e-4;
const TURNED = 0.9;
/** A price that must stay above zero keeps this share of itself {1} at least. */
const KEPT = 0.2;
/** Bisections that leave nothing of a step. */
const FINEST = 45;
/** Of the dual function, how much rounding can change {1}. */
const ROUNDING = 1e-15;

/** Put `there` a step below `here`, in at most so many looks at the markets. */
export function crawl(
  curvature: Curvature.Curvature,
  here: Point.Point,
  there: Point.Point,
  frame: Goal.Frame,
  { program, margin }: Workspace,
  most: number,
): Tried {
  let slope = Curvature.aim(curvature, here);
  if (!(slope < 0)) {
    Curvature.forget(curvature, here, frame);
    slope = Curvature.aim(curvature, here);
  }
  if (!(slope < 0)) return { fell: false, looks: 0, rounds: 0 };
  const start = Point.merit(here);
  let [low, high, length, looks] = [0, Infinity, 1, 0];
  while (looks < Math.min(most, FINEST)) {
    move(curvature, here, there, program, frame, length);
    Point.evaluate(there, program, frame, margin);
    looks += 1;
    const fell = Point.merit(there) <= start + STEEP * length * slope + ROUNDING * Math.abs(start);
    const turned = Curvature.slopeAlong(curvature, there) >= TURNED * slope;
    if (fell && turned) {
      Curvature.learn(curvature, here, there);
      return { fell: true, looks, rounds: 0 };
    }
    if (fell) low = length;
    else high = length;
    length = high < Infinity ? (low + high) / 2 : 2 * low;
  }
  const fell = Point.merit(there) < start;
  if (fell) Curvature.learn(curvature, here, there);
  else Curvature.forget(curvature, here, frame);
  return { fell, looks, rounds: 0 };
}

/** Put a point so far along the way; limits add nothing below zero to a price, and what must keep a price does. */
function move(
  { size, token, count, direction }: Curvature.Curvature,
  here: Point.Point,
  there: Point.Point,
  { unbounded }: Program,
  frame: Goal.Frame,
  length: number,
): void {
  const { first, base, tracked } = frame;
  for (let k = 0; k < size; k++) {
    const j = whole(token, k);
    const by = length * real(direction, k);
    if (k < count) there.q[j] = real(here.q, j) + by;
    else there.lambda[j] = Math.max(0, real(here.lambda, j) + by);
  }
  for (let j = 0; j < frame.size; j++) {
    const least = (KEPT * real(here.prices, j)) / real(first, j);
    const short = least - (real(base, j) - real(there.q, j) + real(there.lambda, j));
    if (!(short > 0)) continue;
    if (whole(tracked, j) === 0) there.lambda[j] = real(there.lambda, j) + short;
    else if (whole(unbounded, j) === 1) there.q[j] = real(there.q, j) - short;
  }
  Goal.centre(frame, there.q);
}
