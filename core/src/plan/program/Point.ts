// A point of the dual function: unknowns, what the markets answer there, how much the flow is worth, and what no flow is worth more than.

import { add, dot, real, whole } from './Flat.ts';
import * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import { takeBack } from './takeBack.ts';

/** Hold a point. `q` moves prices away from what tokens are worth; `lambda` ≥ 0 is what one more of a token that runs out is worth {1}. */
export type Point = {
  readonly q: Float64Array;
  readonly lambda: Float64Array;
  readonly prices: Float64Array;
  readonly answer: Program.Answer;
  /** Holdings after the flow {value}, as the search sees it, and as it is: one list where no ladders withhold anything. */
  readonly after: Float64Array;
  readonly ends: Float64Array;
  /** How much more than its place in the target the goal would hold of each token at these prices {value}. */
  readonly wish: Float64Array;
  /** Slopes of the dual function {value}, along q where its mean by the weights stays as it is. */
  readonly slopeQ: Float64Array;
  readonly slopeLambda: Float64Array;
  /**
   * The dual function as it is searched {value}; the part of it that is a bound as far as a search sees, and what ladders hide from it;
   * what the flow is worth; how far it falls short of a limit; what holding q to an anchor adds where that is no part of the bound.
   */
  readonly figures: Float64Array;
};

const [MERIT, SEEN, HIDDEN, WORTH, LACK, TIE] = [0, 1, 2, 3, 4, 5] as const;

/** Make room for a point. */
export function of(program: Program.Program): Point {
  const reals = () => new Float64Array(program.tokens);
  const after = reals();
  return {
    q: reals(),
    lambda: reals(),
    prices: reals(),
    answer: Program.answer(program),
    after,
    ends: program.ladders.count > 0 ? reals() : after,
    wish: reals(),
    slopeQ: reals(),
    slopeLambda: reals(),
    figures: new Float64Array(6),
  };
}

export const merit = ({ figures }: Point): number => real(figures, MERIT);
export const bound = ({ figures }: Point): number => real(figures, SEEN) + real(figures, HIDDEN);
export const worth = ({ figures }: Point): number => real(figures, WORTH);
export const lack = ({ figures }: Point): number => real(figures, LACK);

/** Evaluate the dual function and its slopes at a point's unknowns; holdings are asked to end above their limits by `margin` {value}. */
export function evaluate(point: Point, program: Program.Program, frame: Goal.Frame, margin: Float64Array): void {
  const { q, lambda, prices, answer, ends } = point;
  for (let j = 0; j < frame.size; j++) {
    prices[j] = real(frame.first, j) * (real(frame.base, j) - real(q, j) + real(lambda, j));
  }
  answerAt(point, program, frame);
  point.figures[SEEN] = dot(prices, answer.smooth) + real(answer.charged, 0) + Goal.ground(frame, q, lambda);
  point.figures[HIDDEN] = hidden(point);
  point.figures[WORTH] = Goal.worth(frame, ends) + real(answer.charged, 0);
  point.figures[LACK] = Goal.lack(frame, ends);
  tie(point, frame);
  demand(point, frame, margin);
}

/** Value what ladders would gain beyond what the search sees them gain. */
function hidden({ prices, answer: { flow, smooth, beyond } }: Point): number {
  let total = 0;
  for (let ladder = 0; ladder < beyond.length; ladder++) total += real(beyond, ladder);
  if (smooth !== flow)
    for (let j = 0; j < flow.length; j++) total += real(prices, j) * (real(flow, j) - real(smooth, j));
  return total;
}

/** Work out what the goal wishes and what that adds to the bound, or, on the way to an exact target, to what is searched. */
function tie(point: Point, frame: Goal.Frame): void {
  Goal.wish(frame, point.q, point.wish);
  const tied = Goal.tie(frame, point.q, point.wish);
  const apart = frame.kind === 'exact';
  point.figures[TIE] = apart ? tied : 0;
  if (!apart) point.figures[SEEN] = real(point.figures, SEEN) + tied;
}

/** Hold q to where it is from here on, by a frame's stiffness. */
export function anchor(point: Point, frame: Goal.Frame, margin: Float64Array): void {
  frame.anchor.set(point.q);
  tie(point, frame);
  demand(point, frame, margin);
}

/** Let the markets answer a point's prices. */
export function answerAt({ prices, answer, after, ends }: Point, program: Program.Program, frame: Goal.Frame): void {
  Program.respond(program, prices, answer);
  for (let j = 0; j < frame.size; j++) {
    ends[j] = real(frame.held, j) + real(frame.first, j) * real(answer.flow, j);
    if (ends !== after) after[j] = real(frame.held, j) + real(frame.first, j) * real(answer.smooth, j);
  }
}

/** Take back of trades what holdings are short of their limits, if that is possible. */
export function mend(point: Point, program: Program.Program, frame: Goal.Frame): void {
  if (takeBack(program, frame, point.prices, point.answer, point.ends)) appraise(point, frame);
  else renew(point, program, frame);
}

/** Let the markets answer a point's prices again, whatever was taken back. */
export function renew(point: Point, program: Program.Program, frame: Goal.Frame): void {
  answerAt(point, program, frame);
  appraise(point, frame);
}

function appraise({ figures, answer, ends }: Point, frame: Goal.Frame): void {
  figures[WORTH] = Goal.worth(frame, ends) + real(answer.charged, 0);
  figures[LACK] = Goal.lack(frame, ends);
}

/** Work out the slopes, and what is asked beyond the limits. */
export function demand(point: Point, frame: Goal.Frame, margin: Float64Array): void {
  const { lambda, after, wish, slopeQ, slopeLambda } = point;
  const total = Goal.counted(frame, after);
  let kept = 0;
  for (let j = 0; j < frame.size; j++) {
    const above = real(after, j) - real(frame.least, j);
    const off = real(after, j) - real(frame.weights, j) * total;
    slopeQ[j] = whole(frame.tracked, j) === 1 ? real(wish, j) - off : 0;
    slopeLambda[j] = above - real(margin, j);
    const inside = real(frame.inside, j);
    if (inside === 0) continue;
    add(slopeLambda, j, -inside / real(lambda, j));
    kept += inside * Math.log(real(lambda, j));
  }
  point.figures[MERIT] = real(point.figures, SEEN) + real(point.figures, TIE) - dot(lambda, margin) - kept;
}

/** Tell whether slopes are at most `enough` {value} in all, and no holding that is kept off its limit is less than half as far off as asked. */
export function isSettled(
  { slopeQ, slopeLambda, lambda }: Point,
  { size, inside }: Goal.Frame,
  enough: number,
): boolean {
  let total = 0;
  for (let j = 0; j < size; j++) {
    const slope = Math.abs(real(slopeLambda, j));
    if (real(inside, j) > 0 && slope * real(lambda, j) > 0.5 * real(inside, j)) return false;
    total += Math.abs(real(slopeQ, j)) + (real(lambda, j) > 0 || real(slopeLambda, j) < 0 ? slope : 0);
  }
  return total <= enough;
}
