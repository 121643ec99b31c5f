// Stable pools of two coins, many at once. The best trade of such a pool has no closed form, but one unknown: everything about the
// point of the curve with a given price follows from the product of its balances, which one safeguarded Newton iteration finds.

import { at } from '../../forecast/Numbers.ts';
import { real, whole } from './Flat.ts';
import * as Pairs from './Pairs.ts';

/**
 * State a pool of two coins or more. `reserves` {tok}; `rates` {unit/tok}, what each coin counts for in the invariant; `ann` {1}, the amplification as the
 * invariant has it (the contract's A times the number of coins); `fee` {1}, [0, 1), of the input or of the output.
 */
export type Stable = {
  readonly kind: 'stable';
  readonly tokens: readonly number[];
  readonly reserves: readonly number[];
  readonly rates: readonly number[];
  readonly ann: number;
  readonly fee: number;
  readonly feeIn: 'input' | 'output';
};

/** Hold pools from place `first` of the pairs on, their balances x and y in units of the invariant D. */
export type StablePairs = {
  readonly first: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly ann: Float64Array;
  readonly keep: Float64Array;
  /** How much of one and of other a unit is {tok}. */
  readonly unitOne: Float64Array;
  readonly unitOther: Float64Array;
  /** What is tendered for what reaches the pool, and received of what leaves it {1}. */
  readonly pay: Float64Array;
  readonly get: Float64Array;
  /** The point of the curve that was found last: its balances, and how x falls as the logarithm of the price rises. */
  readonly point: Float64Array;
};

const ROUNDS = 100;

/** Lay out pools from place `first` of the pairs on. */
export function of(pools: readonly Stable[], pairs: Pairs.Pairs, first: number): StablePairs {
  const reals = () => new Float64Array(pools.length);
  const stables: StablePairs = {
    first,
    x: reals(),
    y: reals(),
    ann: reals(),
    keep: reals(),
    unitOne: reals(),
    unitOther: reals(),
    pay: reals(),
    get: reals(),
    point: new Float64Array(3),
  };
  for (const [index, pool] of pools.entries()) put(stables, pairs, index, pool);
  return stables;
}

/** Lay out a pool in its place. */
export function put(pools: StablePairs, pairs: Pairs.Pairs, index: number, pool: Stable): void {
  const { tokens, reserves, rates, ann, fee, feeIn } = pool;
  const [rateOne, rateOther] = [at(rates, 0), at(rates, 1)];
  const [one, other] = [at(reserves, 0) * rateOne, at(reserves, 1) * rateOther];
  const unit = invariant(one, other, ann);
  const [x, y] = [one / unit, other / unit];
  [pools.x[index], pools.y[index]] = [x, y];
  [pools.unitOne[index], pools.unitOther[index]] = [unit / rateOne, unit / rateOther];
  pools.ann[index] = ann;
  pools.keep[index] = 1 - fee;
  pools.pay[index] = feeIn === 'input' ? 1 / (1 - fee) : 1;
  pools.get[index] = feeIn === 'input' ? 1 : 1 - fee;
  const rest = 1 / (4 * x * y);
  const spot = ((ann + rest / x) / (ann + rest / y)) * (rateOne / rateOther);
  Pairs.place(pairs, pools.first + index, [at(tokens, 0), at(tokens, 1)], [spot * (1 - fee), spot / (1 - fee)]);
}

/** Find D of Ann·(x + y) + D = Ann·D + D³/(4xy) by Newton's method, which falls to it from the sum (Egorov, "StableSwap", 2019). */
function invariant(x: number, y: number, ann: number): number {
  let now = x + y;
  for (let round = 0; round < ROUNDS; round++) {
    const product = (now / (2 * x)) * (now / (2 * y)) * now;
    const next = (now * (ann * (x + y) + 2 * product)) / ((ann - 1) * now + 3 * product);
    if (Math.abs(next - now) <= 1e-16 * now) return next;
    now = next;
  }
  return now;
}

/** Let every pool answer the prices: its balances move to the point of the curve where the price after the fee is theirs. */
export function respond(pools: StablePairs, pairs: Pairs.Pairs, prices: Float64Array, into: Pairs.Answers): void {
  const { first, keep, unitOne, unitOther } = pools;
  const { one, other, low, high } = pairs;
  for (let index = 0; index < keep.length; index++) {
    const place = first + index;
    const priceOne = real(prices, whole(one, place));
    const priceOther = real(prices, whole(other, place));
    const price = (priceOne * real(unitOne, index)) / (priceOther * real(unitOther, index));
    if (priceOne < real(low, place) * priceOther) {
      settle(pools, into, index, price / real(keep, index), real(pools.pay, index), real(pools.get, index), priceOne);
    } else if (priceOne > real(high, place) * priceOther) {
      settle(pools, into, index, price * real(keep, index), real(pools.get, index), real(pools.pay, index), priceOne);
    } else Pairs.rest(into, place);
  }
}

/** Move a pool to the point of its curve with a price, at these shares of what moves of one and of other. */
function settle(
  pools: StablePairs,
  into: Pairs.Answers,
  index: number,
  price: number,
  shareOne: number,
  shareOther: number,
  priceOne: number,
): void {
  const { point } = pools;
  const place = pools.first + index;
  const ann = real(pools.ann, index);
  const start = real(pools.x, index) * real(pools.y, index);
  // The curve is symmetric: a price below one is the other coin's price above one.
  const [atX, atY] = price >= 1 ? [0, 1] : [1, 0];
  find(point, ann, price >= 1 ? price : 1 / price, start);
  const perOne = real(pools.unitOne, index) * shareOne;
  into.gotOne[place] = (real(pools.x, index) - real(point, atX)) * perOne;
  into.gotOther[place] = (real(pools.y, index) - real(point, atY)) * real(pools.unitOther, index) * shareOther;
  // x as a function of y's price bends as y does: dx = −dy ÷ price.
  into.turn[place] = priceOne * perOne * (price >= 1 ? real(point, 2) : real(point, 2) / price);
}

/**
 * Find the point with price π = −dy/dx ≥ 1 on the curve with D = 1, of product p = xy: x + y = 1 + (1/(4p) − 1)/Ann by the invariant
 * and y − πx = (π − 1)·4·Ann·p² by its slope, so xy − p = 0 has p for its only unknown, and falls as p rises.
 */
function find(point: Float64Array, ann: number, price: number, start: number): void {
  let [low, high] = [0, 0.25];
  let p = start;
  let last = false;
  let [x, y] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const total = 1 + (1 / (4 * p) - 1) / ann;
    const apart = (price - 1) * 4 * ann * p * p;
    x = (total - apart) / (1 + price);
    y = (price * total + apart) / (1 + price);
    if (last) break;
    const excess = x * y - p;
    if (excess > 0) low = p;
    else high = p;
    const totalBends = -1 / (4 * ann * p * p);
    const apartBends = (2 * apart) / p;
    const slope = ((totalBends - apartBends) * y + x * (price * totalBends + apartBends)) / (1 + price) - 1;
    const newton = p - excess / slope;
    // The error squares with each step: after one this small it is below rounding.
    last = Math.abs(newton - p) <= 1e-9 * p;
    if (last || (newton > low && newton < high)) p = newton;
    else p = low === 0 ? p / 4 : (low + high) / 2;
  }
  point[0] = x;
  point[1] = y;
  point[2] = -price / bend(ann, x, y, price);
}

/** Differentiate the price by x along the curve. */
function bend(ann: number, x: number, y: number, price: number): number {
  const rest = 1 / (4 * x * y);
  const below = ann + rest / y;
  const across = -rest / (x * y);
  const above = (-2 * rest) / (x * x) - price * across;
  return (above - price * (across + (2 * price * rest) / (y * y))) / below;
}
