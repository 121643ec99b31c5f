// What a flow through a program is for, and the same in flat memory: every price as a share of a first price, every holding as what it
// is worth at that price, so that nothing depends on what money or a coin is counted in.

import { checkAbove } from '../network/Network.ts';
import { add, dot, real, whole } from './Flat.ts';
import * as Norm from './Norm.ts';

/** State a goal. */
export type Goal = Convert | Tender | Rebalance | Exact;

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
 * Give a basket and receive most: what is received is worth its value, of the basket nothing is. No more than the basket is tendered; what
 * no market gives anything for is kept.
 */
export type Tender = {
  readonly kind: 'tender';
  /** {tok}, at least zero: the basket. */
  readonly give: readonly number[];
  /** {value/tok}, at least zero, not all zero: what a token that is wanted is worth. Zero for what is given or only passed through. */
  readonly values: readonly number[];
  /** {value/tok}, above zero: about what tokens trade at. */
  readonly prices: readonly number[];
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
  /** {1}, of sum one; below zero for what is to be owed. */
  readonly weights: readonly number[];
  /** {1}, above zero: trading one token for another at a one-way cost k stops k/2κ from the target, where a further trade costs what it gains. */
  readonly kappa: number;
  /** What no holding may end below {tok}, at most what is held: zero where it is left out, −1 times what may be owed. */
  readonly least?: readonly number[];
  /**
   * True for a token that trades only pass through: none is held, none is wanted, what is left of it counts for nothing. Its price is
   * about what it trades at, to start from. None where it is left out.
   */
  readonly transit?: readonly boolean[];
  /**
   * How deviations d count together {1}: d'·norm·d, a covariance for one, where it stands d'·d where it is left out. Symmetric, and not
   * negative for any d that sums to zero. One row a token.
   */
  readonly norm?: readonly (readonly number[])[];
};

/** Reach target weights: Σv as large as it can be where v = w·Σv, to a ten-thousand-millionth of what is held. */
export type Exact = Omit<Rebalance, 'kind' | 'kappa' | 'norm'> & { readonly kind: 'exact' };

/** Hold a goal in flat memory. The price of token j is first[j]·(base[j] − q[j] + λ[j]) in the unknowns q, λ of the dual function. */
export type Frame = {
  readonly kind: 'convert' | 'rebalance' | 'exact';
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
  /** q is held to the anchor {1}: by what a deviation costs, to zero; on the way to an exact target, to where it was. */
  readonly anchor: Float64Array;
  readonly norm: Norm.Norm | undefined;
  /** How strongly a search keeps each holding off its limit {value}: zero, but where ladders blur what it sees. */
  readonly inside: Float64Array;
  /** V0/κ {value}, or how strongly the anchor holds; zero for a conversion, which has no q. */
  readonly stiff: number;
  /** What holdings are worth before {value}. */
  readonly total: number;
};

/** Take what the markets give away at these values, tendering nothing in the end. */
export function arbitrage(values: readonly number[]): Convert {
  checkAbove(values, values.length, 'values');
  return { kind: 'convert', holdings: values.map(() => 0), values };
}

/** Value holdings {value} after a flow: for a conversion what was received, for a rebalance what is held less its penalty. */
export function worth(frame: Frame, after: Float64Array): number {
  const { kind, base, held } = frame;
  let total = 0;
  if (kind === 'convert') {
    for (let j = 0; j < after.length; j++) total += real(base, j) * (real(after, j) - real(held, j));
    return total;
  }
  total = counted(frame, after);
  if (kind === 'exact') return total;
  return total - penalty(frame, after, total);
}

/** Find what deviations cost {value}: (κ/2·V0)·d'·norm·d. */
function penalty({ weights, tracked, norm, stiff }: Frame, after: Float64Array, total: number): number {
  const off = (j: number) => (whole(tracked, j) === 1 ? real(after, j) - real(weights, j) * total : 0);
  let squared = 0;
  if (norm === undefined) for (let j = 0; j < after.length; j++) squared += off(j) ** 2;
  else {
    const list = after.map((_, j) => off(j));
    const stretched = new Float64Array(list.length);
    Norm.multiply(norm.matrix, list, stretched);
    squared = dot(list, stretched);
  }
  return squared / (2 * stiff);
}

/** Find what a little more of each token would count for {1}, as a share of its price: one, less what it adds to the penalty. */
export function marginal(frame: Frame, after: Float64Array): Float64Array {
  const { size, weights, tracked, norm, stiff } = frame;
  const total = counted(frame, after);
  const off = after.map((value, j) => (whole(tracked, j) === 1 ? value - real(weights, j) * total : 0));
  const stretched = norm === undefined ? off : new Float64Array(size);
  if (norm !== undefined) Norm.multiply(norm.matrix, off, stretched);
  const mean = dot(weights, stretched);
  return stretched.map((one) => 1 - (one - mean) / stiff);
}

/** Find how far a holding is from its place in the target at most {value}. */
export function off(frame: Frame, after: Float64Array): number {
  const total = counted(frame, after);
  let most = 0;
  for (let j = 0; j < after.length; j++) {
    if (whole(frame.tracked, j) === 1) most = Math.max(most, Math.abs(real(after, j) - real(frame.weights, j) * total));
  }
  return most;
}

/** Find by how much a holding falls short of its limit at most {value}: zero where none does. */
export function lack({ least }: Frame, after: Float64Array): number {
  let most = 0;
  for (let j = 0; j < after.length; j++) most = Math.max(most, real(least, j) - real(after, j));
  return most;
}

/** Find how much more than its place in the target the goal would hold of each token {value}, if prices differ by q from worth. */
export function wish(frame: Frame, q: Float64Array, into: Float64Array): void {
  for (let j = 0; j < frame.size; j++) into[j] = real(q, j) - real(frame.anchor, j);
  resist(frame, into, into);
}

/** Find by how much the goal changes its mind about each token {value} as q changes: stiff·(norm on lists that sum to zero)⁻¹·change. */
export function resist(frame: Frame, change: Float64Array, into: Float64Array): void {
  const { size, stiff, tracked, norm } = frame;
  if (norm !== undefined) {
    Norm.multiply(norm.inverse, change.slice(), into);
    for (let j = 0; j < size; j++) into[j] = stiff * real(into, j);
    return;
  }
  const mean = meanOf(frame, change);
  for (let j = 0; j < size; j++) into[j] = whole(tracked, j) === 1 ? stiff * (real(change, j) - mean) : 0;
}

/** Value what holding q to its anchor adds to the dual function {value}. */
export function tie({ size, anchor }: Frame, q: Float64Array, wishes: Float64Array): number {
  let total = 0;
  for (let j = 0; j < size; j++) total += (real(q, j) - real(anchor, j)) * real(wishes, j);
  return total / 2;
}

/** Value holdings and limits at the prices of a point {value}. */
export function ground(frame: Frame, q: Float64Array, lambda: Float64Array): number {
  const { size, base, held, least } = frame;
  const start = frame.kind === 'convert' ? 0 : 1;
  let total = 0;
  for (let j = 0; j < size; j++) {
    total += (start * real(base, j) - real(q, j) + real(lambda, j)) * real(held, j) - real(lambda, j) * real(least, j);
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
