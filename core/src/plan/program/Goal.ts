// What a flow through a program is for, and the same in flat memory: every price as a share of a first price, every holding as what it
// is worth at that price, so that nothing depends on what money or a coin is counted in.

import { at, sum } from '../../forecast/Numbers.ts';
import { checkAbove, checkNotBelow, NetworkError } from '../network/Network.ts';
import { add, real, whole } from './Flat.ts';

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
  /**
   * True for a token that trades only pass through: none is held, none is wanted, what is left of it counts for nothing. Its price is
   * about what it trades at, to start from. None where it is left out.
   */
  readonly transit?: readonly boolean[];
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
  /** 1 where a target counts a token: only there q differs from zero. None for a conversion. And how many there are. */
  readonly tracked: Int32Array;
  readonly count: number;
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
    tracked: new Int32Array(size),
    count: 0,
    stiff: 0,
    total: sum(holdings.map((amount, token) => amount * at(values, token))),
  };
}

function frameRebalance(goal: Rebalance, size: number): Frame {
  const { holdings, prices, weights, kappa, least } = goal;
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
  const tracked = trackedBy(goal, size);
  const total = sum(holdings.map((amount, token) => amount * at(prices, token)));
  if (!(total > 0)) throw new NetworkError('holdings', `a worth of ${total}`, 'hold more than is owed');
  return {
    kind: 'rebalance',
    size,
    first: Float64Array.from(prices),
    base: Float64Array.from(tracked),
    held: Float64Array.from(holdings, (amount, token) => amount * at(prices, token)),
    least: Float64Array.from(floors, (amount, token) => amount * at(prices, token)),
    weights: Float64Array.from(weights),
    tracked,
    count: tracked.reduce((all, one) => all + one, 0),
    stiff: total / kappa,
    total,
  };
}

function trackedBy({ holdings, weights, least, transit }: Rebalance, size: number): Int32Array {
  const tracked = new Int32Array(size).fill(1);
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

/** Value holdings {value} after a flow: for a conversion what was received, for a rebalance what is held less its penalty. */
export function worth(frame: Frame, after: Float64Array): number {
  const { kind, base, held, weights, tracked, stiff } = frame;
  let total = 0;
  if (kind === 'convert') {
    for (let j = 0; j < after.length; j++) total += real(base, j) * (real(after, j) - real(held, j));
    return total;
  }
  total = counted(frame, after);
  let off = 0;
  for (let j = 0; j < after.length; j++) {
    if (whole(tracked, j) === 1) off += (real(after, j) - real(weights, j) * total) ** 2;
  }
  return total - off / (2 * stiff);
}

/** Find by how much a holding falls short of its limit at most {value}: zero where none does. */
export function lack({ least }: Frame, after: Float64Array): number {
  let most = 0;
  for (let j = 0; j < after.length; j++) most = Math.max(most, real(least, j) - real(after, j));
  return most;
}

/** Find how much more than its place in the target the goal would hold of each token {value}, if prices differ by q from worth. */
export function wish(frame: Frame, q: Float64Array, into: Float64Array): void {
  const { size, stiff, tracked } = frame;
  const mean = meanOf(frame, q);
  for (let j = 0; j < size; j++) into[j] = whole(tracked, j) === 1 ? stiff * (real(q, j) - mean) : 0;
}

/** Value what the goal adds to the dual function {value}: with what markets gain, no flow is worth more. */
export function bound(frame: Frame, q: Float64Array, lambda: Float64Array, wishes: Float64Array): number {
  const { size, base, held, least } = frame;
  const start = frame.kind === 'convert' ? 0 : 1;
  let total = 0;
  for (let j = 0; j < size; j++) {
    total += (start * real(base, j) - real(q, j) + real(lambda, j)) * real(held, j) - real(lambda, j) * real(least, j);
    total += (real(q, j) * real(wishes, j)) / 2;
  }
  return total;
}

/** Average q over the tokens that a target counts. */
export function meanOf({ count }: Frame, q: Float64Array): number {
  let total = 0;
  for (let j = 0; j < q.length; j++) total += real(q, j);
  return total / Math.max(1, count);
}

/** Add up what holdings {value} a target counts. */
export function counted({ tracked }: Frame, after: Float64Array): number {
  let total = 0;
  for (let j = 0; j < after.length; j++) total += whole(tracked, j) * real(after, j);
  return total;
}

/** Shift q so that its mean by the weights is zero, which prices must satisfy for the penalty to be bounded. */
export function centre({ weights, tracked, size }: Frame, q: Float64Array): void {
  let mean = 0;
  for (let j = 0; j < size; j++) mean += real(weights, j) * real(q, j);
  for (let j = 0; j < size; j++) if (whole(tracked, j) === 1) add(q, j, -mean);
}
