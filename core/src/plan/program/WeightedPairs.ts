// Weighted pools of two coins, many at once: a logarithm and two exponentials each, where the prices have left the idle band.

import { real, whole } from './Flat.ts';
import * as Pairs from './Pairs.ts';

/**
 * State a pool of two or more coins. `reserves` {tok}; `weights` {1} above zero, of any sum; `fee` {1} of the input, [0, 1). `most` {1}, for
 * pools of two: a trade's input less the fee is at most this share of its reserve, above zero; absent where a trade has no such end.
 */
export type Weighted = {
  readonly kind: 'weighted';
  readonly tokens: readonly number[];
  readonly reserves: readonly number[];
  readonly weights: readonly number[];
  readonly fee: number;
  readonly most?: number;
};

/** Hold pools of two coins from place `first` of the pairs on. */
export type WeightedPairs = {
  readonly first: number;
  readonly reserveOne: Float64Array;
  readonly reserveOther: Float64Array;
  readonly keep: Float64Array;
  /** The weight of one, of weights that sum to one {1}. */
  readonly share: Float64Array;
  /** The logarithm of what an input reserve may grow by in a trade. */
  readonly reach: Float64Array;
};

/** Lay out pools of two coins from place `first` of the pairs on. */
export function of(pools: readonly Weighted[], pairs: Pairs.Pairs, first: number): WeightedPairs {
  const reals = () => new Float64Array(pools.length);
  const weighted = { first, reserveOne: reals(), reserveOther: reals(), keep: reals(), share: reals(), reach: reals() };
  for (const [index, pool] of pools.entries()) put(weighted, pairs, index, pool);
  return weighted;
}

/** Lay out a pool of two coins in its place. */
export function put(pools: WeightedPairs, pairs: Pairs.Pairs, index: number, pool: Weighted): void {
  const { tokens, reserves, weights, fee, most = Infinity } = pool;
  const [one = NaN, other = NaN] = weights;
  [pools.reserveOne[index], pools.reserveOther[index]] = [reserves[0] ?? NaN, reserves[1] ?? NaN];
  pools.keep[index] = 1 - fee;
  pools.share[index] = one / (one + other);
  pools.reach[index] = Math.log1p(most);
  const spot = (real(pools.reserveOther, index) * one) / (real(pools.reserveOne, index) * other);
  const coins = [tokens[0] ?? NaN, tokens[1] ?? NaN] as const;
  Pairs.place(pairs, pools.first + index, coins, [spot * (1 - fee), spot / (1 - fee)]);
}

/**
 * Let every pool answer the prices. With g the logarithm of how far they are outside the band, the input reserve grows by e^(w_out·g) and the
 * output reserve shrinks by e^(−w_in·g), which leaves x^w_in·y^w_out as it is (Diamandis, Resnick, Chitra, Angeris, 2023). A pool whose
 * trades end goes as far as to its end and stands still there.
 */
export function respond(pools: WeightedPairs, pairs: Pairs.Pairs, prices: Float64Array, into: Pairs.Answers): void {
  const { first, keep } = pools;
  const { one, other, low, high } = pairs;
  for (let index = 0; index < keep.length; index++) {
    const at = first + index;
    const priceOne = real(prices, whole(one, at));
    const priceOther = real(prices, whole(other, at));
    const least = real(low, at) * priceOther;
    const most = real(high, at) * priceOther;
    // A pool at rest has no band, and so no ends either.
    if (priceOne <= 0 && priceOther <= 0 && !Number.isNaN(least)) end(pools, into, index, priceOne, priceOther);
    else if (priceOne < least)
      sellOne(pools, into, index, priceOne, priceOne > 0 ? Math.log(least / priceOne) : Infinity);
    else if (priceOne > most)
      sellOther(pools, into, index, priceOther, most > 0 ? Math.log(priceOne / most) : Infinity);
    else Pairs.rest(into, at);
  }
}

/** Tender one until its price has fallen by so much {1} in logarithms, or the trade ends. */
function sellOne(pools: WeightedPairs, into: Pairs.Answers, index: number, priceOne: number, asked: number): void {
  const at = pools.first + index;
  const weight = real(pools.share, index);
  const most = real(pools.reach, index) / (1 - weight);
  const off = Math.min(asked, most);
  const grows = Math.expm1((1 - weight) * off);
  const input = real(pools.reserveOne, index) / real(pools.keep, index);
  into.gotOne[at] = -input * grows;
  into.gotOther[at] = -real(pools.reserveOther, index) * Math.expm1(-weight * off);
  into.turn[at] = asked > most ? 0 : (1 - weight) * priceOne * input * (1 + grows);
}

/** Tender other likewise. */
function sellOther(pools: WeightedPairs, into: Pairs.Answers, index: number, priceOther: number, asked: number): void {
  const at = pools.first + index;
  const weight = real(pools.share, index);
  const most = real(pools.reach, index) / weight;
  const off = Math.min(asked, most);
  const grows = Math.expm1(weight * off);
  const input = real(pools.reserveOther, index) / real(pools.keep, index);
  into.gotOne[at] = -real(pools.reserveOne, index) * Math.expm1((weight - 1) * off);
  into.gotOther[at] = -input * grows;
  into.turn[at] = asked > most ? 0 : weight * priceOther * input * (1 + grows);
}

/** Trade where less of either coin would be better: to the end that rids the trader of more. */
function end(pools: WeightedPairs, into: Pairs.Answers, index: number, priceOne: number, priceOther: number): void {
  const at = pools.first + index;
  const gain = () => real(into.gotOne, at) * priceOne + real(into.gotOther, at) * priceOther;
  sellOther(pools, into, index, priceOther, Infinity);
  const other = gain();
  sellOne(pools, into, index, priceOne, Infinity);
  if (other > Math.max(0, gain())) sellOther(pools, into, index, priceOther, Infinity);
  else if (!(gain() > 0)) Pairs.rest(into, at);
}
