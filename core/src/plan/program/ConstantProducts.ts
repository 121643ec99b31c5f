// Constant products, many at once: a square root each, and only where the prices have left the market's idle band.

import { real, whole } from './Flat.ts';
import * as Pairs from './Pairs.ts';

/** State a pool. `reserves` {tok}; `fee` {1} of the input, [0, 1). */
export type ConstantProduct = {
  readonly kind: 'constant-product';
  readonly tokens: readonly [number, number];
  readonly reserves: readonly [number, number];
  readonly fee: number;
};

/** Hold pools from place `first` of the pairs on. */
export type ConstantProducts = {
  readonly first: number;
  readonly reserveOne: Float64Array;
  readonly reserveOther: Float64Array;
  readonly keep: Float64Array;
};

/** Lay out pools from place `first` of the pairs on. */
export function of(pools: readonly ConstantProduct[], pairs: Pairs.Pairs, first: number): ConstantProducts {
  const reals = () => new Float64Array(pools.length);
  const products = { first, reserveOne: reals(), reserveOther: reals(), keep: reals() };
  for (const [index, pool] of pools.entries()) put(products, pairs, index, pool);
  return products;
}

/** Lay out a pool in its place. */
export function put(
  { first, reserveOne, reserveOther, keep }: ConstantProducts,
  pairs: Pairs.Pairs,
  index: number,
  { tokens, reserves, fee }: ConstantProduct,
): void {
  [reserveOne[index], reserveOther[index]] = reserves;
  keep[index] = 1 - fee;
  const spot = reserves[1] / reserves[0];
  Pairs.place(pairs, first + index, tokens, [spot * (1 - fee), spot / (1 - fee)]);
}

/**
 * Let every pool answer the prices. The input reserve grows by the factor s = √(φ·c_out/c_in), c = price·reserve, whatever it is paid
 * in (Diamandis, Resnick, Chitra, Angeris, 2023).
 */
export function respond(pools: ConstantProducts, pairs: Pairs.Pairs, prices: Float64Array, into: Pairs.Answers): void {
  const { first, reserveOne, reserveOther, keep } = pools;
  const { one, other, low, high } = pairs;
  const { gotOne, gotOther, turn } = into;
  for (let index = 0; index < keep.length; index++) {
    const at = first + index;
    const priceOne = real(prices, whole(one, at));
    const priceOther = real(prices, whole(other, at));
    const least = real(low, at) * priceOther;
    const most = real(high, at) * priceOther;
    if (priceOne < least) {
      const grows = Math.sqrt(least / priceOne) - 1;
      const input = real(reserveOne, index) / real(keep, index);
      gotOne[at] = -input * grows;
      gotOther[at] = (real(reserveOther, index) * grows) / (1 + grows);
      turn[at] = 0.5 * priceOne * input * (1 + grows);
    } else if (priceOne > most) {
      const grows = Math.sqrt(priceOne / most) - 1;
      const input = real(reserveOther, index) / real(keep, index);
      gotOne[at] = (real(reserveOne, index) * grows) / (1 + grows);
      gotOther[at] = -input * grows;
      turn[at] = 0.5 * priceOther * input * (1 + grows);
    } else Pairs.rest(into, at);
  }
}
