// Newton's step by elimination, for few tokens: L·D·L' of the springs between them. Everything else about the equations is diagonal but for
// the mean of q, which they contain, and the condition on its weighted mean; two more right sides and two unknowns take care of both.

import { real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import type { Step } from './newtonStep.ts';
import type { Springs } from './Springs.ts';

/** Hold the factors, row by row, and three right sides and solutions. */
export type Direct = {
  readonly lower: Float64Array;
  readonly inverse: Float64Array;
  readonly sides: readonly [Float64Array, Float64Array, Float64Array];
};

/** A pivot below this share of what it was is rounding: along a direction without curvature prices stay where they are. */
const ROUNDING = 1e-15;
/** What a product in the elimination costs of what a spring costs in all rounds of an iteration. */
const ROUNDS = 30;
const FEW = 1_000;

/** Tell whether elimination is quicker than iteration. */
export function isQuicker(size: number, springs: number): boolean {
  return size ** 3 / 6 <= ROUNDS * (springs + FEW);
}

/** Make room for the factors of so many tokens; none where elimination would never be chosen. */
export function room(size: number, most: number): Direct {
  const reals = () => new Float64Array(size);
  const square = isQuicker(size, most) ? size * size : 0;
  return { lower: new Float64Array(square), inverse: reals(), sides: [reals(), reals(), reals()] };
}

/** Solve for a step whose equations are set up. */
export function directStep(step: Step, { lower, inverse, sides }: Direct, springs: Springs, frame: Frame): void {
  fill(lower, step, springs, frame);
  factorise(lower, inverse, frame.size);
  const { move, binds, residual } = step;
  const { size, stiff, weights, tracked } = frame;
  const [answer, ones, tilt] = sides;
  for (let j = 0; j < size; j++) {
    const bound = whole(binds, j) === 1;
    answer[j] = bound ? real(residual.price, j) : -real(residual.q, j);
    ones[j] = bound ? 0 : -whole(tracked, j);
    tilt[j] = bound ? 0 : -real(weights, j);
  }
  solve(lower, inverse, answer, size);
  if (stiff === 0) {
    move.q.fill(0);
    move.price.set(answer);
    return;
  }
  solve(lower, inverse, ones, size);
  solve(lower, inverse, tilt, size);
  combine(step, sides, frame);
}

/** Mix the three solutions so that the mean of q is what the equations took it to be, and its weighted mean is zero. */
function combine({ move, binds, residual }: Step, sides: Direct['sides'], frame: Frame): void {
  const { size, count, stiff, weights, tracked } = frame;
  const [answer, ones, tilt] = sides;
  // Where a limit binds, the solutions are of the price, and q has an equation of its own.
  const q = (j: number, side: Float64Array, own: number) => (whole(binds, j) === 1 ? own / stiff : -real(side, j));
  let [answerMean, onesMean, tiltMean, answerTilt, onesTilt, tiltTilt] = [0, 0, 0, 0, 0, 0];
  for (let j = 0; j < size; j++) {
    const weight = real(weights, j);
    const [first, second, third] = [
      q(j, answer, real(residual.q, j)),
      q(j, ones, whole(tracked, j)),
      q(j, tilt, weight),
    ];
    answerMean += (stiff / count) * first;
    onesMean += (stiff / count) * second;
    tiltMean += (stiff / count) * third;
    answerTilt += weight * first;
    onesTilt += weight * second;
    tiltTilt += weight * third;
  }
  // mean = answerMean + mean·onesMean − hold·tiltMean, and 0 = answerTilt + mean·onesTilt − hold·tiltTilt.
  const determinant = (1 - onesMean) * tiltTilt + tiltMean * onesTilt;
  const mean = (answerMean * tiltTilt - tiltMean * answerTilt) / determinant;
  const hold = ((1 - onesMean) * answerTilt + answerMean * onesTilt) / determinant;
  for (let j = 0; j < size; j++) {
    const price = real(answer, j) + mean * real(ones, j) - hold * real(tilt, j);
    const bound = whole(binds, j) === 1;
    move.price[j] = bound ? price : 0;
    move.q[j] = bound ? (real(residual.q, j) + mean * whole(tracked, j) - hold * real(weights, j)) / stiff : -price;
  }
}

/** Lay out the springs between prices, and what is on the diagonal beside them. */
function fill(
  lower: Float64Array,
  { binds, damping, scale }: Step,
  { count, one, other, pull, own }: Springs,
  { size, stiff, tracked }: Frame,
): void {
  lower.fill(0);
  const fixed = (j: number) => whole(tracked, j) === 0 && whole(binds, j) === 0;
  const edges = whole(count, 0);
  for (let edge = 0; edge < edges; edge++) {
    const [a, b] = [whole(one, edge), whole(other, edge)];
    const place = a > b ? a * size + b : b * size + a;
    lower[place] = real(lower, place) - real(pull, edge);
  }
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      const entry = real(lower, j * size + k) * real(scale, j) * real(scale, k);
      lower[j * size + k] = fixed(j) || fixed(k) ? 0 : entry;
    }
    const extra = whole(binds, j) === 1 ? real(damping.price, j) : stiff + real(damping.q, j);
    lower[j * size + j] = fixed(j) ? 1 : real(own, j) * real(scale, j) ** 2 + extra;
  }
}

/** Factorise in place: below the diagonal L, in `inverse` one over D. */
function factorise(lower: Float64Array, inverse: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const diagonal = real(lower, row + i);
    let pivot = diagonal;
    for (let j = 0; j < i; j++) {
      const above = j * size;
      let entry = real(lower, row + j);
      // Until its turn comes an entry of this row holds L·D.
      for (let k = 0; k < j; k++) entry -= real(lower, row + k) * real(lower, above + k);
      lower[row + j] = entry;
    }
    for (let j = 0; j < i; j++) {
      const entry = real(lower, row + j);
      const share = entry * real(inverse, j);
      lower[row + j] = share;
      pivot -= share * entry;
    }
    inverse[i] = pivot > ROUNDING * diagonal ? 1 / pivot : 0;
  }
}

/** Solve L·D·L'·x = x in place. */
function solve(lower: Float64Array, inverse: Float64Array, x: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    let right = real(x, i);
    for (let j = 0; j < i; j++) right -= real(lower, i * size + j) * real(x, j);
    x[i] = right;
  }
  for (let i = size - 1; i >= 0; i--) {
    const value = real(x, i) * real(inverse, i);
    x[i] = value;
  }
  for (let i = size - 1; i >= 0; i--) {
    const value = real(x, i);
    for (let j = 0; j < i; j++) x[j] = real(x, j) - real(lower, i * size + j) * value;
  }
}
