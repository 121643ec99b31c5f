// Newton's step by elimination, where that is quicker than iteration. Everything about the equations is springs or diagonal but for the mean of
// q, which they contain, and the condition on its weighted mean; two more right sides and two unknowns take care of both.

import * as Elimination from './Elimination.ts';
import { real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import type { Step } from './newtonStep.ts';
import type { Program } from './Program.ts';
import type { Springs } from './Springs.ts';

/** Hold the order of elimination and its factors, if there is one, and three right sides and solutions. */
export type Direct = {
  readonly elimination: Elimination.Elimination | undefined;
  readonly sides: readonly [Float64Array, Float64Array, Float64Array];
};

/** How many products in an elimination cost as much as a spring in all rounds of an iteration, and as much as what else is done in these. */
const ROUNDS = 30;
const FEW = 1_000;

/** Tell whether elimination is quicker than iteration over so many springs. */
export function isQuicker({ elimination }: Direct, springs: number): boolean {
  return elimination !== undefined && elimination.work <= ROUNDS * (springs + FEW);
}

/** Make room for a program's factors; none where elimination would never be chosen. */
export function room(program: Program): Direct {
  const reals = () => new Float64Array(program.tokens);
  const springs = program.pairs.count + program.baskets.one.length;
  return { elimination: Elimination.of(program, ROUNDS * (springs + FEW)), sides: [reals(), reals(), reals()] };
}

/** Solve for a step whose equations are set up. */
export function directStep(step: Step, { elimination, sides }: Direct, springs: Springs, frame: Frame): void {
  if (elimination === undefined) return;
  fill(elimination, step, springs, frame);
  Elimination.factorise(elimination);
  const { move, binds, residual } = step;
  const { size, stiff, weights, tracked } = frame;
  const [answer, ones, tilt] = sides;
  for (let j = 0; j < size; j++) {
    const bound = whole(binds, j) === 1;
    answer[j] = bound ? real(residual.price, j) : -real(residual.q, j);
    ones[j] = bound ? 0 : -whole(tracked, j);
    tilt[j] = bound ? 0 : -real(weights, j);
  }
  Elimination.solve(elimination, answer);
  if (stiff === 0) {
    move.q.fill(0);
    move.price.set(answer);
    return;
  }
  Elimination.solve(elimination, ones);
  Elimination.solve(elimination, tilt);
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
  { order, slots, matrix, diagonal }: Elimination.Elimination,
  { binds, damping, scale, relative }: Step,
  { count, spring, one, other, pull, own }: Springs,
  { size, stiff, tracked }: Frame,
): void {
  for (let k = 0; k < size; k++) {
    const j = whole(order, k);
    const bound = whole(binds, j) === 1;
    const fixed = !bound && whole(tracked, j) === 0;
    const extra = bound ? real(damping.price, j) : stiff + real(damping.q, j);
    relative[j] = fixed ? 0 : real(scale, j);
    diagonal[k] = fixed ? 1 : real(own, j) * real(scale, j) ** 2 + extra;
  }
  matrix.fill(0);
  const edges = whole(count, 0);
  for (let edge = 0; edge < edges; edge++) {
    const slot = whole(slots, whole(spring, edge));
    matrix[slot] =
      real(matrix, slot) - real(pull, edge) * real(relative, whole(one, edge)) * real(relative, whole(other, edge));
  }
}
