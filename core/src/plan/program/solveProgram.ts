// The best flow through a program for a goal, with its certificate. The prices at which every market, serving itself, does what the
// goal asks are the lowest point of a convex function (Diamandis, Resnick, Chitra, Angeris, 2023). It is once differentiable and has
// as many unknowns as tokens, few beside the markets, so each look at the markets should count: Newton's method, whose second
// derivatives come with the answers for next to nothing, takes about ten looks where a quasi-Newton method takes a hundred. Its damping
// shrinks with the slope (Li, Fukushima, Qi, Yamashita, 2004); limits are met by projection (Bertsekas, 1982).

import { addUp } from './addUp.ts';
import { begin, workspace, type Tried, type Workspace } from './descend.ts';
import { real } from './Flat.ts';
import { frame as layOut } from './frame.ts';
import * as Focus from './Focus.ts';
import * as Gait from './Gait.ts';
import * as Goal from './Goal.ts';
import * as Patience from './Patience.ts';
import * as Point from './Point.ts';
import { priceTransit } from './priceTransit.ts';
import * as Program from './Program.ts';
import * as Search from './Search.ts';
import type { Solution } from './Solution.ts';
import { solveExact } from './solveExact.ts';

/** What rounding of its price does to a holding, as a share of the springs that pull at it {1}. */
const ROUNDING = 4e-16;
/** How much more than at first prices are held back once they are found {1}. */
const FIRM = 1e3;
/** A point this many times as far off as is asked {1} is not near the end after all. */
const LOST = 30;
/** Steps in a row that change nothing: rounding has been reached. */
const STALLED = 6;
/** What changes less than this {1} has not changed. */
const STILL = 1e-12;

/** Hold the best flow and the best bound so far, with the prices that lead to each. */
type Best = {
  readonly frame: Goal.Frame;
  readonly flowPrices: Float64Array;
  /** What all markets trade, where there are ladders: prices do not say. */
  readonly trades: Float64Array;
  readonly net: Float64Array;
  readonly prices: Float64Array;
  readonly limits: Float64Array;
  share: number;
  value: number;
  bound: number;
};

/** Find the best flow. Throws NetworkError where the goal or the search makes no sense. */
export function solveProgram(
  program: Program.Program,
  goal: Goal.Goal,
  search: Search.Search = Search.ORDINARY,
  space: Workspace = workspace(program),
): Solution {
  Search.check(search, program);
  if (goal.kind === 'exact') return solveExact(program, goal, search, space);
  const frame = frameOf(goal, program);
  let [here, there] = begin(space);
  Search.start(here, frame, search.prices);
  const focus = Focus.begin(here, program, frame);
  Point.evaluate(here, program, frame, space.margin);
  const best = idle(frame, program);
  note(best, here, program, search);
  const counts = { looks: 1, steps: 0, rounds: 0 };
  const gait = Gait.begin();
  const patience: Patience.Patience = { still: 0, reached: Infinity };
  while (gapOf(best) > allowed(best, search) && counts.looks < search.looks && patience.still < STALLED) {
    aim(here, best, space, allowed(best, search));
    const tried = Gait.step(gait, here, there, frame, space, search.looks - counts.looks);
    count(counts, tried);
    const before = gapOf(best);
    if (tried.fell) {
      [here, there] = [there, here];
      note(best, here, program, search);
    } else if (program.ladders.count === 0) break;
    else patience.still = Patience.ENOUGH;
    linger(patience, gait, here, frame, space);
    const state = Patience.follow(patience, tried.fell && (isLower(here, there) || gapOf(best) < 0.9 * before));
    if (Focus.sharpen(focus, here, program, frame, state)) {
      counts.looks += 1;
      Point.evaluate(here, program, frame, space.margin);
      note(best, here, program, search);
      Patience.lookAgain(patience, focus, gapOf(best));
    }
  }
  if (gapOf(best) > allowed(best, search) && (goal.kind !== 'rebalance' || passes(goal)))
    salvage(best, [here, there], program);
  return finish(best, search, space, counts);
}

/** Do not end a search that has another method, or has only begun with one. */
function linger(
  patience: Patience.Patience,
  gait: Gait.Gait,
  here: Point.Point,
  frame: Goal.Frame,
  space: Workspace,
): void {
  const ends = patience.still + 1 >= STALLED;
  if (Gait.isPatient(gait) || (ends && Gait.change(gait, here, frame, space))) patience.still = 0;
}

function frameOf(goal: Goal.Goal, program: Program.Program): Goal.Frame {
  const frame = layOut(goal, program.tokens);
  if (passes(goal)) priceTransit(frame, program);
  return frame;
}

type Counts = { looks: number; steps: number; rounds: number };

function count(counts: Counts, { looks, rounds }: Tried): void {
  counts.looks += looks;
  counts.rounds += rounds;
  counts.steps += 1;
}

function isLower(one: Point.Point, other: Point.Point): boolean {
  return Point.merit(one) < Point.merit(other) - STILL * Math.abs(Point.merit(other));
}

/** Do nothing: feasible, and proof of nothing. */
function idle(frame: Goal.Frame, { ladders, pairs, baskets }: Program.Program): Best {
  const reals = () => new Float64Array(frame.size);
  const value = Goal.worth(frame, frame.held);
  return {
    frame,
    flowPrices: frame.first.slice(),
    trades: new Float64Array(ladders.count > 0 ? 2 * pairs.count + baskets.tokens.length : 0),
    net: reals(),
    prices: reals(),
    limits: reals(),
    share: 0,
    value,
    bound: Infinity,
  };
}

/** Keep a point's flow, or the largest share of it that leaves every holding at its limit, if it is better; and its bound if it is lower. */
function note(best: Best, point: Point.Point, program: Program.Program, search: Search.Search): void {
  const { frame } = best;
  if (Point.bound(point) < best.bound) {
    best.bound = Point.bound(point);
    best.prices.set(point.prices);
    for (let j = 0; j < frame.size; j++) best.limits[j] = real(frame.first, j) * real(point.lambda, j);
  }
  const most = allowed(best, search);
  const off = Math.abs(Point.bound(point) - Point.worth(point));
  const short = Point.lack(point) > 0 && Point.lack(point) <= most && off <= most;
  if (short) Point.mend(point, program, frame);
  keep(best, point);
  // The search goes on from what the markets do.
  if (short) Point.renew(point, program, frame);
}

/** Keep a point's flow as far as it can be had, if it is better. */
function keep(best: Best, point: Point.Point): void {
  const { frame } = best;
  const share = Point.lack(point) > 0 ? possible(frame, point) : 1;
  const value = share === 1 ? Point.worth(point) : Goal.worth(frame, shared(frame, point, share));
  if (!(value > best.value)) return;
  best.value = value;
  best.share = share;
  best.flowPrices.set(point.prices);
  save(best, point.answer);
  for (let j = 0; j < frame.size; j++) best.net[j] = share * real(point.answer.flow, j);
}

/** Say whether there are tokens that a goal only passes through. */
function passes(goal: Goal.Goal): boolean {
  return goal.kind === 'rebalance' && goal.transit !== undefined;
}

/**
 * Where a search ends before its time, take back of the last flows, and of the one whose prices bound most, whatever is short: a token that
 * is only passed through is short until the very end, and no share of a flow that lacks it would be any.
 */
function salvage(best: Best, points: readonly [Point.Point, Point.Point], program: Program.Program): void {
  for (const prices of [...points.map((point) => point.prices.slice()), best.prices.slice()]) {
    const [point] = points;
    point.prices.set(prices);
    Point.answerAt(point, program, best.frame);
    Point.mend(point, program, best.frame);
    if (Point.lack(point) > 0 || !(Point.worth(point) > best.value)) continue;
    best.value = Point.worth(point);
    best.share = 1;
    best.flowPrices.set(prices);
    best.net.set(point.answer.flow);
    save(best, point.answer);
  }
  // Neither point stands for its prices any more: the best flow's are answered anew.
  for (const point of points) point.prices.fill(NaN);
}

function save({ trades }: Best, { gotOne, gotOther, coins }: Program.Answer): void {
  if (trades.length === 0) return;
  trades.set(gotOne, 0);
  trades.set(gotOther, gotOne.length);
  trades.set(coins, 2 * gotOne.length);
}

function restore(program: Program.Program, answer: Program.Answer, { trades, flowPrices }: Best): void {
  const { gotOne, gotOther, coins } = answer;
  gotOne.set(trades.subarray(0, gotOne.length));
  gotOther.set(trades.subarray(gotOne.length, 2 * gotOne.length));
  coins.set(trades.subarray(2 * gotOne.length));
  addUp(program, flowPrices, answer);
}

/** Find the largest share of a flow that overdraws nothing. */
function possible({ size, held, least }: Goal.Frame, { ends }: Point.Point): number {
  let share = 1;
  for (let j = 0; j < size; j++) {
    if (real(ends, j) >= real(least, j)) continue;
    // The last digit must not overdraw either.
    const room = (real(held, j) - real(least, j)) / (real(held, j) - real(ends, j));
    share = Math.min(share, room * (1 - 1e-15));
  }
  return share;
}

function shared({ held }: Goal.Frame, { ends }: Point.Point, share: number): Float64Array {
  return held.map((amount, j) => amount + share * (real(ends, j) - amount));
}

/** How far the best flow can be from the best there is {value}: below zero it could only be by rounding. */
function gapOf({ bound, value }: Best): number {
  return Math.max(0, bound - value);
}

/** The gap at which a search ends {value}. */
function allowed({ frame, bound }: Best, { gap, worth }: Search.Search): number {
  return gap * (worth ?? (frame.kind === 'convert' ? Math.max(frame.total, bound) : frame.total));
}

/**
 * Where little is left but holdings a trifle below their limits, ask for a trifle more of every token that runs out, and let prices move by
 * little: they are found, and where hardly any market trades they could go anywhere.
 */
function aim(point: Point.Point, { frame }: Best, { margin, springs, step }: Workspace, most: number): void {
  const off = Math.abs(Point.bound(point) - Point.worth(point));
  if (off > LOST * most && real(step.firm, 0) > 1) {
    step.firm[0] = 1;
    margin.fill(0);
    Point.demand(point, frame, margin);
    return;
  }
  if (!(Point.lack(point) > 0 && off <= most)) return;
  const trifle = trifleOf(point, frame, most);
  const more = (j: number): number => {
    // Where a limit does not bind yet, prices have to follow first.
    if (!(real(point.lambda, j) > 0) || real(frame.inside, j) > 0) return real(margin, j);
    const own = real(springs.own, j);
    return own > 0 ? trifle + ROUNDING * own : 0;
  };
  let cost = 0;
  for (let j = 0; j < frame.size; j++) cost += real(point.lambda, j) * more(j);
  if (!(cost > 0 && cost <= 0.9 * most)) return;
  step.firm[0] = FIRM;
  for (let j = 0; j < frame.size; j++) margin[j] = more(j);
  Point.demand(point, frame, margin);
}

/** Find an amount {value} that of every token that runs out neither costs the bound much nor exceeds what is left of the others. */
function trifleOf({ lambda, after }: Point.Point, { size, least }: Goal.Frame, most: number): number {
  let [price, surplus, scarce] = [0, 0, 0];
  for (let j = 0; j < size; j++) {
    if (real(lambda, j) > 0) {
      price += real(lambda, j);
      scarce += 1;
    } else surplus += Math.max(0, real(after, j) - real(least, j));
  }
  return scarce > 0 ? Math.min((0.4 * most) / price, (0.1 * surplus) / scarce) : 0;
}

/** Gather what was found; the markets answer the best flow's prices once more if other looks came after it. */
function finish(best: Best, search: Search.Search, { program, points }: Workspace, counts: Counts): Solution {
  const { net, share, prices, limits, value, bound, flowPrices } = best;
  const point = points.find((one) => one.prices.every((price, token) => price === flowPrices[token])) ?? points[0];
  if (program.ladders.count > 0) restore(program, point.answer, best);
  else if (point.prices.some((price, token) => price !== flowPrices[token])) {
    point.prices.set(flowPrices);
    Point.renew(point, program, best.frame);
  }
  if (program.ladders.count === 0 && share === 1 && Point.lack(point) > 0) Point.mend(point, program, best.frame);
  const gap = gapOf(best);
  return {
    net,
    answer: point.answer,
    share,
    prices,
    limits,
    value,
    bound,
    gap,
    closed: gap <= allowed(best, search),
    ...counts,
  };
}
