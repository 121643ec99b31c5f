// Stable pools of three and more coins: one trade of all of them at once. In units of the invariant D the balances x end where
// μ·(Ann + R/x_j) is what coin j costs, R = 1/(n^n·Πx), or stay where its fee leaves them. With σ = μ·Ann and m = μ·R every balance is
// m/(cost − σ), so two unknowns are left: m follows from σ along a broken line, and σ is bracketed and found by Newton's method.

import { at } from '../../forecast/Numbers.ts';
import * as Baskets from './Baskets.ts';
import { real, whole } from './Flat.ts';
import type { Stable } from './StablePairs.ts';

/** Hold pools, which have the last places among the baskets, their coins' balances in units of the invariant. */
export type StableBaskets = {
  readonly first: number;
  readonly balances: Float64Array;
  /** How much of each coin a unit is {tok}. */
  readonly units: Float64Array;
  readonly ann: Float64Array;
  /** What is tendered for what reaches a pool, and received of what leaves it {1}. */
  readonly pay: Float64Array;
  readonly get: Float64Array;
  readonly room: Room;
};

/**
 * Hold what is known of the coins of the pool at hand: what a unit of each costs where it leaves and where it enters, less the least that
 * entering costs any, as shares of that {1}; which moves to where; and at which ln m it does either.
 */
type Room = {
  readonly leaves: Float64Array;
  readonly enters: Float64Array;
  readonly moved: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** ln m, and how far from zero the two are: what balances sum to too much, and how fast that falls as σ does. */
  readonly figures: Float64Array;
};

const ROUNDS = 200;
const [LOG_M, EXCESS, FALL] = [0, 1, 2] as const;

/** Lay out pools whose coins have the places that the baskets give them, from pool `first` on. */
export function of(pools: readonly Stable[], baskets: Baskets.Baskets, first: number): StableBaskets {
  const widest = Math.max(0, ...pools.map(({ tokens }) => tokens.length));
  const [perCoin, perPool] = [() => new Float64Array(baskets.tokens.length), () => new Float64Array(pools.length)];
  const wide = () => new Float64Array(widest);
  const stables: StableBaskets = {
    first,
    balances: perCoin(),
    units: perCoin(),
    ann: perPool(),
    pay: perPool(),
    get: perPool(),
    room: { leaves: wide(), enters: wide(), moved: wide(), low: wide(), high: wide(), figures: new Float64Array(3) },
  };
  for (const [index, pool] of pools.entries()) put(stables, baskets, index, pool);
  return stables;
}

/** Lay out a pool in its place. */
export function put(stables: StableBaskets, baskets: Baskets.Baskets, index: number, pool: Stable): void {
  const { reserves, rates, ann, fee, feeIn } = pool;
  const from = whole(baskets.starts, stables.first + index);
  const scaled = reserves.map((reserve, coin) => reserve * at(rates, coin));
  const unit = invariant(scaled, ann);
  stables.balances.set(
    scaled.map((balance) => balance / unit),
    from,
  );
  stables.units.set(
    rates.map((rate) => unit / rate),
    from,
  );
  stables.ann[index] = ann;
  stables.pay[index] = feeIn === 'input' ? 1 / (1 - fee) : 1;
  stables.get[index] = feeIn === 'input' ? 1 : 1 - fee;
  Baskets.rate(baskets, stables.first + index, fee);
}

/** Find D of Ann·Σx + D = Ann·D + D^(n+1)/(n^n·Πx) by Newton's method, which falls to it from the sum (Egorov, "StableSwap", 2019). */
function invariant(balances: readonly number[], ann: number): number {
  const size = balances.length;
  const total = balances.reduce((sum, balance) => sum + balance, 0);
  let now = total;
  for (let round = 0; round < ROUNDS; round++) {
    const before = now;
    const product = balances.reduce((so, balance) => (so * before) / (balance * size), before);
    now = (before * (ann * total + size * product)) / ((ann - 1) * before + (size + 1) * product);
    if (Math.abs(now - before) <= 1e-16 * before) return now;
  }
  return now;
}

/** Let every pool answer the prices. */
export function respond(
  stables: StableBaskets,
  baskets: Baskets.Baskets,
  prices: Float64Array,
  into: Baskets.Answers,
): void {
  for (let index = 0; index < stables.ann.length; index++) {
    const pool = stables.first + index;
    const [from, to] = [whole(baskets.starts, pool), whole(baskets.starts, pool + 1)];
    const rest = restOf(stables.balances, from, to);
    let [least, most] = [Infinity, 0];
    for (let coin = from; coin < to; coin++) {
      const price = real(prices, whole(baskets.tokens, coin)) * real(stables.units, coin);
      const worth = price / (real(stables.ann, index) + rest / real(stables.balances, coin));
      least = Math.min(least, worth);
      most = Math.max(most, worth);
    }
    if (most * real(baskets.keep, pool) > least) trade(stables, baskets, index, prices, rest, into);
    else {
      into.coins.fill(0, from, to);
      into.turns.fill(0, whole(baskets.links, pool), whole(baskets.links, pool + 1));
    }
  }
}

/** Compute R = 1/(n^n·Πx). */
function restOf(balances: Float64Array, from: number, to: number): number {
  let product = 1;
  for (let coin = from; coin < to; coin++) product *= real(balances, coin) * (to - from);
  return 1 / product;
}

/** Trade with one pool. */
function trade(
  stables: StableBaskets,
  baskets: Baskets.Baskets,
  index: number,
  prices: Float64Array,
  rest: number,
  into: Baskets.Answers,
): void {
  const { room, balances, units } = stables;
  const { leaves, enters, moved } = room;
  const pool = stables.first + index;
  const [from, size] = [whole(baskets.starts, pool), whole(baskets.starts, pool + 1) - whole(baskets.starts, pool)];
  const [pay, get, ann] = [real(stables.pay, index), real(stables.get, index), real(stables.ann, index)];
  const price = (j: number) => real(prices, whole(baskets.tokens, from + j)) * real(units, from + j);
  let least = Infinity;
  for (let j = 0; j < size; j++) least = Math.min(least, price(j) * pay);
  for (let j = 0; j < size; j++) {
    enters[j] = (price(j) * pay - least) / least;
    leaves[j] = (price(j) * get - least) / least;
  }
  const own = balances.subarray(from, from + size);
  const below = solve(room, own, ann, rest);
  for (let j = 0; j < size; j++) {
    const balance = real(own, j);
    const got = Number.isNaN(real(moved, j)) ? 0 : balance - real(moved, j);
    into.coins[from + j] = got * real(units, from + j) * (got < 0 ? pay : get);
  }
  bend(room, own, below, least, into.turns.subarray(whole(baskets.links, pool), whole(baskets.links, pool + 1)));
}

/** Find where the coins of a pool move, NaN where they stay, and what σ is below the least that entering costs {1}. */
function solve(room: Room, own: Float64Array, ann: number, rest: number): number {
  let [low, high] = [0, 1];
  // Where the pool is, σ is about Ann of Ann + R/x.
  let below = rest / (rest + ann / own.length);
  for (let round = 0, last = false; round < ROUNDS; round++) {
    settle(room, own, ann, below);
    if (last) break;
    const [excess, fall] = [real(room.figures, EXCESS), real(room.figures, FALL)];
    if (excess > 0) low = below;
    else high = below;
    const newton = below + excess / fall;
    // The error squares with each step: after one this small it is below rounding.
    last = Math.abs(newton - below) <= 1e-9 * below;
    if (last || (newton > low && newton < high)) below = newton;
    else if (low === 0) below /= 8;
    else below = high === 1 ? (1 + below) / 2 : Math.sqrt(low * high);
    if (high - low <= 1e-16 * high) last = true;
  }
  return below;
}

/** Find m and the balances for a σ, and by how much the balances then sum to too much. */
function settle(
  { leaves, enters, moved, low, high, figures }: Room,
  own: Float64Array,
  ann: number,
  below: number,
): void {
  const size = own.length;
  const sigma = 1 - below;
  let level = Math.log(ann / sigma) + size * Math.log(size);
  for (let j = 0; j < size; j++) {
    const log = Math.log(real(own, j));
    const leaving = real(leaves, j) + below;
    level += log;
    high[j] = log + Math.log(real(enters, j) + below);
    low[j] = leaving > 0 ? log + Math.log(leaving) : -Infinity;
  }
  const middle = crossing(low, high, level, size);
  let [sides, active] = [-level, 1];
  for (let j = 0; j < size; j++) {
    const side = real(low, j) > middle ? real(low, j) : real(high, j) < middle ? real(high, j) : NaN;
    moved[j] = side;
    if (Number.isNaN(side)) continue;
    sides += side;
    active += 1;
  }
  const log = sides / active;
  const m = Math.exp(log);
  let [sum, mean] = [0, -m / sigma / active];
  for (let j = 0; j < size; j++) {
    const moves = !Number.isNaN(real(moved, j));
    if (moves) moved[j] = real(own, j) * Math.exp(log - real(moved, j));
    sum += moves ? real(moved, j) : real(own, j);
    if (moves) mean += real(moved, j) / active;
  }
  figures[LOG_M] = log;
  figures[EXCESS] = sum - m / sigma - (ann - 1) / ann;
  figures[FALL] = scatter(moved, size, m / sigma, mean) / m;
}

/** Sum the squares of balances that move, and of −m/σ, about their mean. */
function scatter(moved: Float64Array, size: number, extra: number, mean: number): number {
  let total = (extra + mean) ** 2;
  for (let j = 0; j < size; j++) if (!Number.isNaN(real(moved, j))) total += (real(moved, j) - mean) ** 2;
  return total;
}

/** Find a value between the two neighbouring corners where the broken line level + y + Σ(y − high)⁺ − Σ(low − y)⁺ crosses zero. */
function crossing(low: Float64Array, high: Float64Array, level: number, size: number): number {
  let [from, to] = [-Infinity, Infinity];
  for (let corner = 0; corner < 2 * size; corner++) {
    const y = corner < size ? real(low, corner) : real(high, corner - size);
    if (!(y > from && y < to)) continue;
    let height = level + y;
    for (let j = 0; j < size; j++) height += Math.max(0, y - real(high, j)) - Math.max(0, real(low, j) - y);
    if (height < 0) from = y;
    else to = y;
  }
  if (from === -Infinity) return to - 1;
  return to === Infinity ? from + 1 : (from + to) / 2;
}

/** Tell how each two coins turn: those left alone do not. */
function bend(
  { leaves, enters, moved, figures }: Room,
  own: Float64Array,
  below: number,
  unit: number,
  turns: Float64Array,
): void {
  const size = own.length;
  const m = Math.exp(real(figures, LOG_M));
  const extra = m / (1 - below);
  let [mean, active] = [-extra, 1];
  for (let j = 0; j < size; j++) {
    if (Number.isNaN(real(moved, j))) continue;
    mean += real(moved, j);
    active += 1;
  }
  mean /= active;
  const spread = scatter(moved, size, extra, mean);
  const worth = (j: number) =>
    real(moved, j) * (1 + (real(moved, j) < real(own, j) ? real(leaves, j) : real(enters, j)));
  let link = 0;
  for (let one = 0; one < size; one++) {
    for (let other = one + 1; other < size; other++) {
      const [x, y] = [real(moved, one), real(moved, other)];
      const still = Number.isNaN(x) || Number.isNaN(y);
      const share = ((x - mean) * (y - mean)) / spread + 1 / active;
      // Two coins of an uneven pool may move together a little: no spring pulls so.
      turns[link] = still ? 0 : Math.max(0, (unit * worth(one) * worth(other) * share) / m);
      link += 1;
    }
  }
}
