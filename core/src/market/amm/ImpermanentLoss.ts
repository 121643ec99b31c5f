// What a provider of liquidity has less than one who held the same tokens, fees not counted. It depends on where the
// price ended and not on how it got there; what the path costs is in Lvr.

import { approximate } from '../../money/approximate.ts';
import * as Market from '../Market.ts';
import { checkPositive, checkWithin } from '../Terms.ts';
import type * as ConstantProduct from './ConstantProduct.ts';
import * as Liquidity from './Liquidity.ts';
import type * as StableSwap from './StableSwap.ts';
import type * as Weighted from './Weighted.ts';

/**
 * Compute the loss {1} (≤ 0) of a constant-product or weighted pool of two after one asset's price in the other moved by
 * `ratio` {1} > 0: r^w/(w·r + 1 − w) − 1 with w that asset's weight; w = ½ gives 2√r/(1+r) − 1 (Pintail, 2019, for v2;
 * Martinelli and Mushegian, 2019, for weights). Throws MarketError.
 */
export function ofWeighted(weight: number, ratio: number): number {
  checkWithin(weight, 0, 1, 'weight');
  checkPositive(ratio, 'ratio');
  return ratio ** weight / (weight * ratio + 1 - weight) - 1;
}

/**
 * Compute the loss {1} (≤ 0) of a position in [low, high] entered at `price` after the price moved by `ratio` {1} > 0.
 * In range (2√r − 1 − r)/(1 + r − √(low/P) − r·√(P/high)); outside, the value there against that of holding
 * ("Uniswap v3 Core", 2021, amounts). Throws MarketError.
 */
export function ofRange(low: number, high: number, price: number, ratio: number): number {
  checkPositive(ratio, 'ratio');
  const range = { low, high, liquidity: 1 };
  const [x, y] = Liquidity.amounts(range, price);
  return Liquidity.valueOf(range, price * ratio) / (x * price * ratio + y) - 1;
}

/**
 * Compute the loss {1} (≤ 0) of a share in a pool of any assets, from its state now to where it agrees with `values`: what
 * an arbitrageur who pays no fee takes on the way, over the worth of the reserves as they were. Throws MarketError where
 * an asset has no value.
 */
export function ofPool(
  pool: ConstantProduct.ConstantProduct | Weighted.Weighted | StableSwap.StableSwap,
  values: Market.Values,
): number {
  const held = pool.assets.reduce((sum, asset, place) => {
    const value = values[asset] ?? NaN;
    checkPositive(value, `values.${asset}`);
    return sum + value * approximate(pool.reserves[place] ?? 0n, 1n);
  }, 0);
  checkPositive(held, 'reserves');
  const free = pool.kind === 'constant-product' ? { ...pool, feePpm: 0 } : { ...pool, fee: 0n };
  const trade = Market.arb(free, values);
  const taken = trade === undefined ? [] : Object.entries(Market.changes(trade));
  return -taken.reduce((sum, [asset, atoms]) => sum + atoms * (values[asset] ?? NaN), 0) / held;
}
