// Pools of three and more coins: one trade of all of them at once. How weighted ones answer, and room for the answers of others.

import { real, whole } from './Flat.ts';
import type { Weighted } from './WeightedPairs.ts';

/** Hold pools. The coins of pool i are from starts[i] to starts[i + 1] − 1, its pairs of coins from links[i] to links[i + 1] − 1. */
export type Baskets = {
  readonly count: number;
  /** How many of them, the first, are weighted. */
  readonly weighted: number;
  readonly starts: Int32Array;
  readonly links: Int32Array;
  readonly tokens: Int32Array;
  readonly reserves: Float64Array;
  readonly weights: Float64Array;
  readonly keep: Float64Array;
  /** The same of each pool while it is at work: what one that rests keeps is NaN, which no price makes up for. */
  readonly ownKeep: Float64Array;
  /** The two coins of each pair of coins. */
  readonly one: Int32Array;
  readonly other: Int32Array;
  /** Logarithms of the prices between which each coin of the pool at hand is left alone, and the one it moves to. */
  readonly buys: Float64Array;
  readonly sells: Float64Array;
  readonly sides: Float64Array;
};

/**
 * Hold what each of them answers to given prices: what the trader receives of each coin {tok}, negative what is tendered; and how the
 * amounts of each two coins turn with the ratio of their prices {value}, a market of many being as many markets of two in this.
 */
export type Answers = { readonly coins: Float64Array; readonly turns: Float64Array };

/** Name the coins of a pool. */
type Coins = { readonly tokens: readonly number[] };

/** Lay out weighted pools, and room for others after them. */
export function of(pools: readonly Weighted[], others: readonly Coins[] = []): Baskets {
  const all: readonly Coins[] = [...pools, ...others];
  const starts = new Int32Array(all.length + 1);
  const links = new Int32Array(all.length + 1);
  for (const [index, { tokens }] of all.entries()) {
    starts[index + 1] = whole(starts, index) + tokens.length;
    links[index + 1] = whole(links, index) + (tokens.length * (tokens.length - 1)) / 2;
  }
  const widest = Math.max(0, ...pools.map(({ tokens }) => tokens.length));
  const joined = all.flatMap(({ tokens }) =>
    tokens.flatMap((one, index) => tokens.slice(index + 1).map((other) => [one, other] as const)),
  );
  const baskets: Baskets = {
    count: all.length,
    weighted: pools.length,
    starts,
    links,
    tokens: Int32Array.from(all.flatMap(({ tokens }) => tokens)),
    reserves: new Float64Array(whole(starts, pools.length)),
    weights: new Float64Array(whole(starts, pools.length)),
    keep: new Float64Array(all.length),
    ownKeep: new Float64Array(all.length),
    one: Int32Array.from(joined, ([one]) => one),
    other: Int32Array.from(joined, ([, other]) => other),
    buys: new Float64Array(widest),
    sells: new Float64Array(widest),
    sides: new Float64Array(widest),
  };
  for (const [index, pool] of pools.entries()) put(baskets, index, pool);
  return baskets;
}

/** Lay out a pool in its place. */
export function put(baskets: Baskets, index: number, { reserves, weights, fee }: Weighted): void {
  baskets.reserves.set(reserves, whole(baskets.starts, index));
  baskets.weights.set(weights, whole(baskets.starts, index));
  rate(baskets, index, fee);
}

/** Set what a pool keeps of a payment. */
export function rate({ keep, ownKeep }: Baskets, index: number, fee: number): void {
  keep[index] = 1 - fee;
  ownKeep[index] = 1 - fee;
}

/** Let a pool trade, or rest whatever the prices. */
export function allow({ keep, ownKeep }: Baskets, index: number, allowed: boolean): void {
  keep[index] = allowed ? real(ownKeep, index) : NaN;
}

/** Let every pool answer the prices. */
export function respond(baskets: Baskets, prices: Float64Array, into: Answers): void {
  const { starts, tokens, reserves, weights, keep } = baskets;
  for (let index = 0; index < baskets.weighted; index++) {
    const [from, to] = [whole(starts, index), whole(starts, index + 1)];
    let [least, most] = [Infinity, 0];
    for (let coin = from; coin < to; coin++) {
      const worth = (real(prices, whole(tokens, coin)) * real(reserves, coin)) / real(weights, coin);
      least = Math.min(least, worth);
      most = Math.max(most, worth);
    }
    if (most * real(keep, index) > least) trade(baskets, index, prices, least, into);
    else {
      into.coins.fill(0, from, to);
      into.turns.fill(0, whole(baskets.links, index), whole(baskets.links, index + 1));
    }
  }
}

/**
 * Trade with one pool. Writing r for a reserve with the input after its fee, r_j = clip(R_j, μ·w_j·φ/ν_j, μ·w_j/ν_j) with μ such
 * that Σ w_j·ln(r_j/R_j) = 0 (Diamandis, Resnick, Chitra, Angeris, 2023). In ln μ that sum is a broken line, which its corners bracket.
 */
function trade(baskets: Baskets, index: number, prices: Float64Array, unit: number, into: Answers): void {
  const { starts, tokens, reserves, weights, buys, sells, sides } = baskets;
  const keep = real(baskets.keep, index);
  const [from, size] = [whole(starts, index), whole(starts, index + 1) - whole(starts, index)];
  const gap = -Math.log(keep);
  for (let j = 0; j < size; j++) {
    const worth = (real(prices, whole(tokens, from + j)) * real(reserves, from + j)) / real(weights, from + j);
    buys[j] = Math.log(worth / unit);
    sells[j] = real(buys, j) + gap;
  }
  const middle = crossing(baskets, from, size);
  let [active, level] = [0, 0];
  for (let j = 0; j < size; j++) {
    sides[j] = real(buys, j) > middle ? real(buys, j) : real(sells, j) < middle ? real(sells, j) : NaN;
    if (Number.isNaN(real(sides, j))) continue;
    active += real(weights, from + j);
    level += real(weights, from + j) * real(sides, j);
  }
  level /= active;
  for (let j = 0; j < size; j++) {
    const side = real(sides, j);
    const taken = Number.isNaN(side) ? 0 : -real(reserves, from + j) * Math.expm1(level - side);
    into.coins[from + j] = taken < 0 ? taken / keep : taken;
  }
  bend(baskets, index, (unit * Math.exp(level)) / active, into);
}

/** Tell how each two coins turn: those left alone do not. */
function bend({ starts, links, weights, sides }: Baskets, index: number, size: number, { turns }: Answers): void {
  const [from, to] = [whole(starts, index), whole(starts, index + 1)];
  let link = whole(links, index);
  for (let one = from; one < to; one++) {
    for (let other = one + 1; other < to; other++) {
      const still = Number.isNaN(real(sides, one - from)) || Number.isNaN(real(sides, other - from));
      turns[link] = still ? 0 : size * real(weights, one) * real(weights, other);
      link += 1;
    }
  }
}

/** Find a level between the two neighbouring corners where the broken line crosses zero. */
function crossing({ weights, buys, sells }: Baskets, from: number, size: number): number {
  let [low, high] = [-Infinity, Infinity];
  for (let corner = 0; corner < 2 * size; corner++) {
    const level = corner < size ? real(buys, corner) : real(sells, corner - size);
    if (level <= low || level >= high) continue;
    let height = 0;
    for (let j = 0; j < size; j++) {
      height += real(weights, from + j) * (Math.max(0, level - real(sells, j)) - Math.max(0, real(buys, j) - level));
    }
    if (height < 0) low = level;
    else high = level;
  }
  return low === -Infinity ? high : (low + high) / 2;
}
