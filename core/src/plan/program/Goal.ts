// What a flow through a program is for, and the same in flat memory: every price as a share of a first price, every holding as what it
// is worth at that price, so that nothing depends on what money or a coin is counted in.

import { at, sum } from '../../forecast/Numbers.ts';
import { checkAbove, checkNotBelow, NetworkError } from '../network/Network.ts';
import { add, real } from './Flat.ts';

/** State a goal. */
export type Goal = Convert | Rebalance;

/** Gain most, each token received being worth its value. */
export type Convert = {
  readonly kind: 'convert';
  /** {tok}, at least zero. */
  readonly holdings: readonly number[];
  /** {value/tok}, at least zero, not all zero: what a token is worth in the end. */
  readonly values: readonly number[];
  /** {value/tok}, above zero: about what tokens trade at. May be left out where every value is above zero. */
  readonly prices?: readonly number[];
};

/**
 * Approach target weights at the least cost: keep Σv − κ/(2·V0)·‖v − w·Σv‖² as large as possible, where v = p∘(holdings + flow) and
 * V0 is what the holdings are worth before.
 */
export type Rebalance = {
  readonly kind: 'rebalance';
  /** {tok}; what is owed counts below zero. */
  readonly holdings: readonly number[];
  /** {value/tok}, above zero. */
  readonly prices: readonly number[];
  /** {1}, at least zero, of sum one. */
  readonly weights: readonly number[];
  /** {1}, above zero: with a landing point b and a cost k of trading, κ = k/b stops where a further trade costs what it gains. */
  readonly kappa: number;
  /** What no holding may end below {tok}, at most what is held: zero where it is left out, −1 times what may be owed. */
  readonly least?: readonly number[];
};

/** Hold a goal in flat memory. The price of token j is first[j]·(base[j] − q[j] + λ[j]) in the unknowns q, λ of the dual function. */
export type Frame = {
  readonly kind: Goal['kind'];
  readonly size: number;
  readonly first: Float64Array;
  readonly base: Float64Array;
  /** Holdings before any trade, and what they may not end below {value}. */
  readonly held: Float64Array;
  readonly least: Float64Array;
  readonly weights: Float64Array;
  /** V0/κ {value}; zero for a conversion, which has no q. */
  readonly stiff: number;
  /** What holdings are worth before {value}. */
  readonly total: number;
};

/** Take what the markets give away at these values, tendering nothing in the end. */
export function arbitrage(values: readonly number[]): Convert {
  checkAbove(values, values.length, 'values');
  return { kind: 'convert', holdings: values.map(() => 0), values };
}

/** Check a goal and lay it out. Throws NetworkError naming what stands against it. */
export function frame(goal: Goal, size: number): Frame {
  return goal.kind === 'convert' ? frameConvert(goal, size) : frameRebalance(goal, size);
}

function frameConvert({ holdings, values, prices = values }: Convert, size: number): Frame {
  checkNotBelow(holdings, size, 'holdings');
  checkNotBelow(values, size, 'values');
  checkAbove(prices, size, 'prices');
  if (!values.some((value) => value > 0)) throw new NetworkError('values', 'only zeros', 'value at least one token');
  const held = Float64Array.from(holdings, (amount, token) => amount * at(prices, token));
  return {
    kind: 'convert',
    size,
    first: Float64Array.from(prices),
    base: Float64Array.from(values, (value, token) => value / at(prices, token)),
    held,
    least: new Float64Array(size),
    weights: new Float64Array(size),
    stiff: 0,
    total: sum(holdings.map((amount, token) => amount * at(values, token))),
  };
}

function frameRebalance({ holdings, prices, weights, kappa, least }: Rebalance, size: number): Frame {
  checkAbove(prices, size, 'prices');
  checkNotBelow(weights, size, 'weights');
  checkAbove([kappa], 1, 'kappa');
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
  const total = sum(holdings.map((amount, token) => amount * at(prices, token)));
  if (!(total > 0)) throw new NetworkError('holdings', `a worth of ${total}`, 'hold more than is owed');
  return {
    kind: 'rebalance',
    size,
    first: Float64Array.from(prices),
    base: new Float64Array(size).fill(1),
    held: Float64Array.from(holdings, (amount, token) => amount * at(prices, token)),
    least: Float64Array.from(floors, (amount, token) => amount * at(prices, token)),
    weights: Float64Array.from(weights),
    stiff: total / kappa,
    total,
  };
}

function checkFinite(values: readonly number[], size: number, path: string): void {
  if (values.length !== size) throw new NetworkError(path, `${values.length} values`, `give ${size}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new NetworkError(`${path}[${bad}]`, `${values[bad]}`, 'give a finite number');
}

/** Value holdings {value} after a flow: for a conversion what was received, for a rebalance what is held less its penalty. */
export function worth({ kind, base, held, weights, stiff }: Frame, after: Float64Array): number {
  let total = 0;
  if (kind === 'convert') {
    for (let j = 0; j < after.length; j++) total += real(base, j) * (real(after, j) - real(held, j));
    return total;
  }
  for (let j = 0; j < after.length; j++) total += real(after, j);
  let off = 0;
  for (let j = 0; j < after.length; j++) off += (real(after, j) - real(weights, j) * total) ** 2;
  return total - off / (2 * stiff);
}

/** Value what the goal adds to the dual function {value}: with what markets gain, no flow is worth more. */
export function bound(frame: Frame, q: Float64Array, lambda: Float64Array): number {
  const { size, base, held, least, stiff } = frame;
  const start = frame.kind === 'convert' ? 0 : 1;
  const mean = meanOf(q);
  let total = 0;
  for (let j = 0; j < size; j++) {
    total += (start * real(base, j) - real(q, j) + real(lambda, j)) * real(held, j) - real(lambda, j) * real(least, j);
    total += (stiff / 2) * (real(q, j) - mean) ** 2;
  }
  return total;
}

/** Average a list. */
export function meanOf(values: Float64Array): number {
  let total = 0;
  for (let j = 0; j < values.length; j++) total += real(values, j);
  return total / values.length;
}

/** Shift q so that its mean by the weights is zero, which prices must satisfy for the penalty to be bounded. */
export function centre({ weights, size }: Frame, q: Float64Array): void {
  let mean = 0;
  for (let j = 0; j < size; j++) mean += real(weights, j) * real(q, j);
  for (let j = 0; j < size; j++) add(q, j, -mean);
}
