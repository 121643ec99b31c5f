// A goal laid out in flat memory, once it is known to make sense.

import { at, sum } from '../../forecast/Numbers.ts';
import { checkAbove, checkNotBelow, NetworkError } from '../network/Network.ts';
import * as Norm from './Norm.ts';
import { times } from './Flat.ts';
import type { Convert, Exact, Frame, Goal, Rebalance, Tender } from './Goal.ts';

/** Check a goal and lay it out. Throws NetworkError naming what stands against it. */
export function frame(goal: Goal, size: number): Frame {
  switch (goal.kind) {
    case 'convert':
      return frameConvert(goal, size);
    case 'tender':
      return frameTender(goal, size);
    case 'rebalance':
      checkAbove([goal.kappa], 1, 'kappa');
      return frameTarget(goal, size, goal.kappa);
    case 'exact':
      return frameTarget(goal, size, ANCHORED);
  }
}

/** How strongly q is held to its anchor at first, as a κ {1}. */
const ANCHORED = 10;

/** A tender is a conversion of the basket in which nothing of it is worth anything. */
function frameTender({ give, values, prices }: Tender, size: number): Frame {
  checkNotBelow(give, size, 'give');
  checkNotBelow(values, size, 'values');
  const both = give.findIndex((amount, token) => amount > 0 && at(values, token) > 0);
  if (both >= 0) throw new NetworkError(`give[${both}]`, `${give[both]}`, 'either give a token or want it, not both');
  return frameConvert({ kind: 'convert', holdings: give, values, prices }, size);
}

function frameConvert({ holdings, values, prices = values }: Convert, size: number): Frame {
  checkNotBelow(holdings, size, 'holdings');
  checkNotBelow(values, size, 'values');
  checkAbove(prices, size, 'prices');
  if (!values.some((value) => value > 0)) throw new NetworkError('values', 'only zeros', 'value at least one token');
  const held = times(holdings, prices);
  return {
    kind: 'convert',
    size,
    first: new Float64Array(prices),
    base: Float64Array.from(values, (value, token) => value / at(prices, token)),
    held,
    least: new Float64Array(size),
    weights: new Float64Array(size),
    tracked: new Int32Array(size),
    count: 0,
    anchor: new Float64Array(size),
    norm: undefined,
    inside: new Float64Array(size),
    stiff: 0,
    total: sum(holdings.map((amount, token) => amount * at(values, token))),
  };
}

function frameTarget(goal: Rebalance | Exact, size: number, kappa: number): Frame {
  const { holdings, prices, weights, least } = goal;
  checkAbove(prices, size, 'prices');
  checkFinite(weights, size, 'weights');
  checkFinite(holdings, size, 'holdings');
  const floors = least ?? holdings.map(() => 0);
  checkFinite(floors, size, 'least');
  const short = holdings.findIndex((amount, token) => amount < at(floors, token));
  if (short >= 0) {
    throw new NetworkError(`holdings[${short}]`, `${holdings[short]}`, `hold at least ${floors[short]}, or allow less`);
  }
  if (Math.abs(sum(weights) - 1) > 1e-9) {
    throw new NetworkError('weights', `a sum of ${sum(weights)}`, 'let them sum to one');
  }
  const tracked = trackedBy(goal, size);
  const total = sum(holdings.map((amount, token) => amount * at(prices, token)));
  if (!(total > 0)) throw new NetworkError('holdings', `a worth of ${total}`, 'hold more than is owed');
  return {
    kind: goal.kind,
    size,
    first: new Float64Array(prices),
    base: new Float64Array(tracked),
    held: times(holdings, prices),
    least: times(floors, prices),
    weights: new Float64Array(weights),
    tracked,
    count: tracked.reduce((all, one) => all + one, 0),
    anchor: new Float64Array(size),
    norm: goal.kind === 'rebalance' && goal.norm !== undefined ? Norm.of(goal.norm, tracked) : undefined,
    inside: new Float64Array(size),
    stiff: total / kappa,
    total,
  };
}

/** Mark what a target counts. What is neither held nor wanted in an exact target can only pass through. */
function trackedBy({ kind, holdings, weights, least, transit }: Rebalance | Exact, size: number): Int32Array {
  const none = (token: number) => at(holdings, token) === 0 && at(weights, token) === 0 && (least?.[token] ?? 0) === 0;
  const tracked = new Int32Array(size);
  for (let token = 0; token < size; token++) tracked[token] = kind === 'exact' && none(token) ? 0 : 1;
  if (transit === undefined) return tracked;
  if (transit.length !== size) throw new NetworkError('transit', `${transit.length} values`, `give ${size}`);
  for (const [token, passes] of transit.entries()) {
    if (!passes) continue;
    for (const [path, values] of Object.entries({ holdings, weights, least })) {
      const found = values === undefined ? 0 : at(values, token);
      if (found !== 0) throw new NetworkError(`${path}[${token}]`, `${found}`, 'give zero of what only passes through');
    }
    tracked[token] = 0;
  }
  return tracked;
}

function checkFinite(values: readonly number[], size: number, path: string): void {
  if (values.length !== size) throw new NetworkError(path, `${values.length} values`, `give ${size}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new NetworkError(`${path}[${bad}]`, `${values[bad]}`, 'give a finite number');
}
