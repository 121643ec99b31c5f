// The flow that reaches a target exactly at the least cost. Its dual function is that of a rebalance without what a deviation costs, and
// flat where markets are idle. So q is held to an anchor that follows it (Rockafellar, "Augmented Lagrangians and applications of the
// proximal point algorithm", 1976): every round is a rebalance with its target shifted by what the last one missed. The bound leaves the
// anchor out. Where it falls below what any flow on target would be worth, none is.

import { NetworkError } from '../network/Network.ts';
import { checkReach } from './checkReach.ts';
import { descend, type Workspace } from './descend.ts';
import { real, whole } from './Flat.ts';
import { frame as layOut } from './frame.ts';
import * as Goal from './Goal.ts';
import * as Point from './Point.ts';
import { priceTransit } from './priceTransit.ts';
import type { Program } from './Program.ts';
import * as Search from './Search.ts';
import type { Solution } from './Solution.ts';

/** How near each holding must be to its place in the target {1} of what all are worth. */
const NEAR = 1e-10;
/** The anchor follows where a step leaves this of what the target is missed by {1}; it then holds this share as strongly {1}. */
const DONE = 0.1;
const LOOSER = 0.1;
/** It holds at least so strongly {1} of what holdings are worth. */
const LOOSEST = 1e-6;
/** Steps in a row that bring nothing: rounding has been reached. */
const STALLED = 8;
/** What changes less than this {1} has not changed. */
const STILL = 1e-12;

/** Hold the lowest bound so far, and the prices that prove it. */
type Proof = { readonly prices: Float64Array; readonly limits: Float64Array; bound: number };

/** Hold how near the target the search has been {value}, its last dual function {value}, and how long nothing changed. */
type Progress = { off: number; merit: number; still: number };

/** Find it. Throws NetworkError where the goal makes no sense, or no flow that reaches the target is found, with the token and why. */
export function solveExact(program: Program, goal: Goal.Exact, search: Search.Search, space: Workspace): Solution {
  const frame = layOut(goal, program.tokens);
  checkReach(program, frame);
  priceTransit(frame, program);
  let [here, there] = begin(frame, search, space);
  const reals = () => new Float64Array(frame.size);
  const proof: Proof = { prices: reals(), limits: reals(), bound: Infinity };
  const counts = { looks: 1, steps: 0, rounds: 0 };
  const progress: Progress = { off: Infinity, merit: Infinity, still: 0 };
  let held = frame;
  for (;;) {
    note(proof, here, frame);
    const off = Goal.off(frame, here.after);
    const over = counts.looks >= search.looks || progress.still >= STALLED;
    const found = reached(here, frame, space) ? solution(here, frame, search, proof, counts) : undefined;
    if (found !== undefined && (found.closed || over)) return found;
    checkPossible(proof, frame);
    if (over) throw notReached(frame, proof, here, counts.looks);
    follow(progress, off, Point.merit(here));
    if (unsettled(here) <= DONE * off) {
      held = { ...held, stiff: Math.max(LOOSEST * frame.total, LOOSER * held.stiff) };
      Point.anchor(here, held, space.margin);
    }
    const tried = descend(here, there, held, space, search.looks - counts.looks);
    counts.looks += tried.looks;
    counts.rounds += tried.rounds;
    counts.steps += 1;
    if (tried.fell) [here, there] = [there, here];
    else progress.still = STALLED;
  }
}

/** Count the steps in a row that brought the target no nearer and the dual function no lower. */
function follow(progress: Progress, off: number, merit: number): void {
  const nearer = off < 0.9 * progress.off || merit < progress.merit - STILL * Math.abs(merit);
  progress.still = nearer ? 0 : progress.still + 1;
  progress.off = Math.min(progress.off, off);
  progress.merit = merit;
}

function begin(frame: Goal.Frame, search: Search.Search, space: Workspace): Workspace['points'] {
  const [here] = space.points;
  space.margin.fill(0);
  space.caution[0] = 1;
  space.step.firm[0] = 1;
  space.step.ease[0] = 1;
  Search.start(here, frame, search.prices);
  frame.anchor.set(here.q);
  Point.evaluate(here, space.program, frame, space.margin);
  return space.points;
}

function note(proof: Proof, point: Point.Point, { first, size }: Goal.Frame): void {
  if (!(Point.bound(point) < proof.bound)) return;
  proof.bound = Point.bound(point);
  proof.prices.set(point.prices);
  for (let j = 0; j < size; j++) proof.limits[j] = real(first, j) * real(point.lambda, j);
}

/** Tell whether a point's flow reaches the target, when what rounding left short is taken back. */
function reached(point: Point.Point, frame: Goal.Frame, { program }: Workspace): boolean {
  if (Goal.off(frame, point.after) > NEAR * frame.total) return false;
  if (Point.lack(point) > 0) Point.mend(point, program, frame);
  return Point.lack(point) === 0 && Goal.off(frame, point.after) <= NEAR * frame.total;
}

function solution(
  point: Point.Point,
  frame: Goal.Frame,
  search: Search.Search,
  proof: Proof,
  counts: Pick<Solution, 'looks' | 'steps' | 'rounds'>,
): Solution {
  const { answer } = point;
  const value = Point.worth(point);
  const gap = Math.max(0, proof.bound - value);
  const closed = gap <= search.gap * (search.worth ?? frame.total);
  return { net: answer.flow.slice(), answer, share: 1, ...proof, value, gap, closed, ...counts };
}

/** Refuse a target where a flow that reaches it would be worth less than its limits or nothing. */
function checkPossible(proof: Proof, frame: Goal.Frame): void {
  const { size, weights, least, total } = frame;
  let [floor, limit] = [0, -1];
  for (let j = 0; j < size; j++) {
    const needs = real(weights, j) > 0 ? real(least, j) / real(weights, j) : 0;
    if (needs > floor) [floor, limit] = [needs, j];
  }
  if (proof.bound >= floor - NEAR * total) return;
  if (limit < 0) throw impossible(frame, proof);
  throw new NetworkError(`least[${limit}]`, 'more than its place in any target', 'lower it, or want more of the token');
}

/** Name the token whose price went farthest: markets do not take or give as much of it as the target asks for. */
function impossible({ size, first }: Goal.Frame, { prices }: Proof): NetworkError {
  let [most, token] = [-1, 0];
  for (let j = 0; j < size; j++) {
    const moved = Math.abs(real(prices, j) / real(first, j) - 1);
    if (moved > most) [most, token] = [moved, j];
  }
  const found = 'a target that no flow reaches but by giving value away';
  return new NetworkError(`weights[${token}]`, found, 'want less change of the token: its markets are too small');
}

/** Tell why a search ends without reaching the target. */
function notReached(frame: Goal.Frame, proof: Proof, point: Point.Point, looks: number): NetworkError {
  const { size, first, tracked, total } = frame;
  for (let j = 0; j < size; j++) {
    const isNothing = whole(tracked, j) === 1 && real(proof.prices, j) < WORTHLESS * real(first, j);
    if (isNothing) return impossible(frame, proof);
  }
  const missed = `a target missed by ${Goal.off(frame, point.after) / total} of what is held after ${looks} looks`;
  const fix = 'allow more looks, or approach the target by a rebalance with a high kappa';
  return new NetworkError(`weights[${farthest(frame, point)}]`, missed, fix);
}

/** Where a target drives a price to less than this share of what a token is worth {1}, it asks for value to be given away. */
const WORTHLESS = 1e-3;

/** Find how far the goal, as the anchor has it, is from what markets do {value}. */
function unsettled({ slopeQ, slopeLambda, lambda }: Point.Point): number {
  let most = 0;
  for (let j = 0; j < slopeQ.length; j++) {
    most = Math.max(most, Math.abs(real(slopeQ, j)));
    if (real(lambda, j) > 0 || real(slopeLambda, j) < 0) most = Math.max(most, Math.abs(real(slopeLambda, j)));
  }
  return most;
}

/** Name the token that is farthest from its place in the target. */
function farthest(frame: Goal.Frame, { after }: Point.Point): number {
  const total = Goal.counted(frame, after);
  let [most, token] = [-1, 0];
  for (let j = 0; j < frame.size; j++) {
    const off = whole(frame.tracked, j) * Math.abs(real(after, j) - real(frame.weights, j) * total);
    if (off > most) [most, token] = [off, j];
  }
  return token;
}
