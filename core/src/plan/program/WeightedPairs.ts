// Weighted pools of two coins, many at once: a logarithm and two exponentials each, where the prices have left the idle band.

import { real, whole } from './Flat.ts';
import * as Pairs from './Pairs.ts';

/** State a pool of two or more coins. `reserves` {tok}; `weights` {1} above zero, of any sum; `fee` {1} of the input, [0, 1). */
export type Weighted = {
  readonly kind: 'weighted';
  readonly tokens: readonly number[];
  readonly reserves: readonly number[];
  readonly weights: readonly number[];
  readonly fee: number;
};

/** Hold pools of two coins from place `first` of the pairs on. */
export type WeightedPairs = {
  readonly first: number;
  readonly reserveOne: Float64Array;
  readonly reserveOther: Float64Array;
  readonly keep: Float64Array;
  /** The weight of one, of weights that sum to one {1}. */
  readonly share: Float64Array;
};

/** Lay out pools of two coins from place `first` of the pairs on. */
export function of(pools: readonly Weighted[], pairs: Pairs.Pairs, first: number): WeightedPairs {
  const share = new Float64Array(pools.length);
  const [reserveOne, reserveOther] = [new Float64Array(pools.length), new Float64Array(pools.length)];
  for (const [index, { tokens, reserves, weights, fee }] of pools.entries()) {
    const [one = NaN, other = NaN] = weights;
    [reserveOne[index], reserveOther[index]] = [reserves[0] ?? NaN, reserves[1] ?? NaN];
    share[index] = one / (one + other);
    const spot = (real(reserveOther, index) * one) / (real(reserveOne, index) * other);
    Pairs.place(pairs, first + index, [tokens[0] ?? NaN, tokens[1] ?? NaN], [spot * (1 - fee), spot / (1 - fee)]);
  }
  return { first, reserveOne, reserveOther, keep: Float64Array.from(pools, ({ fee }) => 1 - fee), share };
}

/**
 * Let every pool answer the prices. With g the logarithm of how far they are outside the band, the input reserve grows by e^(w_out·g) and the
 * output reserve shrinks by e^(−w_in·g), which leaves x^w_in·y^w_out as it is (Diamandis, Resnick, Chitra, Angeris, 2023).
 */
export function respond(pools: WeightedPairs, pairs: Pairs.Pairs, prices: Float64Array, into: Pairs.Answers): void {
  const { first, reserveOne, reserveOther, keep, share } = pools;
  const { one, other, low, high } = pairs;
  const { gotOne, gotOther, turn } = into;
  for (let index = 0; index < keep.length; index++) {
    const at = first + index;
    const priceOne = real(prices, whole(one, at));
    const priceOther = real(prices, whole(other, at));
    const least = real(low, at) * priceOther;
    const most = real(high, at) * priceOther;
    if (priceOne < least) {
      const off = Math.log(least / priceOne);
      const weight = real(share, index);
      const grows = Math.expm1((1 - weight) * off);
      const input = real(reserveOne, index) / real(keep, index);
      gotOne[at] = -input * grows;
      gotOther[at] = -real(reserveOther, index) * Math.expm1(-weight * off);
      turn[at] = (1 - weight) * priceOne * input * (1 + grows);
    } else if (priceOne > most) {
      const off = Math.log(priceOne / most);
      const weight = real(share, index);
      const grows = Math.expm1(weight * off);
      const input = real(reserveOther, index) / real(keep, index);
      gotOne[at] = -real(reserveOne, index) * Math.expm1((weight - 1) * off);
      gotOther[at] = -input * grows;
      turn[at] = weight * priceOther * input * (1 + grows);
    } else Pairs.rest(into, at);
  }
}
