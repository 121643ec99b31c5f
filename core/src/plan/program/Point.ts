// A point of the dual function: unknowns, what the markets answer there, how much the flow is worth, and what no flow is worth more than.

import { dot, real, whole } from './Flat.ts';
import * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import { takeBack } from './takeBack.ts';

/** Hold a point. `q` moves prices away from what tokens are worth; `lambda` ≥ 0 is what one more of a token that runs out is worth {1}. */
export type Point = {
  readonly q: Float64Array;
  readonly lambda: Float64Array;
  readonly prices: Float64Array;
  readonly answer: Program.Answer;
  /** Holdings after the flow {value}. */
  readonly after: Float64Array;
  /** How much more than its place in the target the goal would hold of each token at these prices {value}. */
  readonly wish: Float64Array;
  /** Slopes of the dual function {value}, along q where its mean by the weights stays as it is. */
  readonly slopeQ: Float64Array;
  readonly slopeLambda: Float64Array;
  /**
   * The dual function as it is searched, and as a bound {value}; what the flow is worth; how far it falls short of a limit {value}; what
   * holding q to an anchor adds where that is no part of the bound {value}.
   */
  readonly figures: Float64Array;
};

const [MERIT, BOUND, WORTH, LACK, TIE] = [0, 1, 2, 3, 4] as const;

/** Make room for a point. */
export function of(program: Program.Program): Point {
  const reals = () => new Float64Array(program.tokens);
  return {
    q: reals(),
    lambda: reals(),
    prices: reals(),
    answer: Program.answer(program),
    after: reals(),
    wish: reals(),
    slopeQ: reals(),
    slopeLambda: reals(),
    figures: new Float64Array(5),
  };
}

export const merit = ({ figures }: Point): number => real(figures, MERIT);
export const bound = ({ figures }: Point): number => real(figures, BOUND);
export const worth = ({ figures }: Point): number => real(figures, WORTH);
export const lack = ({ figures }: Point): number => real(figures, LACK);

/** Evaluate the dual function and its slopes at a point's unknowns; holdings are asked to end above their limits by `margin` {value}. */
export function evaluate(point: Point, program: Program.Program, frame: Goal.Frame, margin: Float64Array): void {
  const { q, lambda, prices, answer, after } = point;
  for (let j = 0; j < frame.size; j++) {
    prices[j] = real(frame.first, j) * (real(frame.base, j) - real(q, j) + real(lambda, j));
  }
  answerAt(point, program, frame);
  point.figures[BOUND] = dot(prices, answer.flow) + real(answer.charged, 0) + Goal.ground(frame, q, lambda);
  point.figures[WORTH] = Goal.worth(frame, after) + real(answer.charged, 0);
  point.figures[LACK] = Goal.lack(frame, after);
  tie(point, frame);
  demand(point, frame, margin);
}

/** Work out what the goal wishes and what that adds to the bound, or, on the way to an exact target, to what is searched. */
function tie(point: Point, frame: Goal.Frame): void {
  Goal.wish(frame, point.q, point.wish);
  const tied = Goal.tie(frame, point.q, point.wish);
  const apart = frame.kind === 'exact';
  point.figures[TIE] = apart ? tied : 0;
  if (!apart) point.figures[BOUND] = bound(point) + tied;
}

/** Hold q to where it is from here on, by a frame's stiffness. */
export function anchor(point: Point, frame: Goal.Frame, margin: Float64Array): void {
  frame.anchor.set(point.q);
  tie(point, frame);
  demand(point, frame, margin);
}

/** Let the markets answer a point's prices. */
export function answerAt({ prices, answer, after }: Point, program: Program.Program, frame: Goal.Frame): void {
  Program.respond(program, prices, answer);
  for (let j = 0; j < frame.size; j++) after[j] = real(frame.held, j) + real(frame.first, j) * real(answer.flow, j);
}

/** Take back of trades what holdings are short of their limits, if that is possible. */
export function mend(point: Point, program: Program.Program, frame: Goal.Frame): void {
  if (takeBack(program, frame, point.prices, point.answer, point.after)) appraise(point, frame);
  else renew(point, program, frame);
}

/** Let the markets answer a point's prices again, whatever was taken back. */
export function renew(point: Point, program: Program.Program, frame: Goal.Frame): void {
  answerAt(point, program, frame);
  appraise(point, frame);
}

function appraise({ figures, answer, after }: Point, frame: Goal.Frame): void {
  figures[WORTH] = Goal.worth(frame, after) + real(answer.charged, 0);
  figures[LACK] = Goal.lack(frame, after);
}

/** Work out the slopes, and what is asked beyond the limits. */
export function demand(point: Point, frame: Goal.Frame, margin: Float64Array): void {
  const { lambda, after, wish, slopeQ, slopeLambda } = point;
  const total = Goal.counted(frame, after);
  for (let j = 0; j < frame.size; j++) {
    const above = real(after, j) - real(frame.least, j);
    const off = real(after, j) - real(frame.weights, j) * total;
    slopeQ[j] = whole(frame.tracked, j) === 1 ? real(wish, j) - off : 0;
    slopeLambda[j] = above - real(margin, j);
  }
  point.figures[MERIT] = bound(point) + real(point.figures, TIE) - dot(lambda, margin);
}
