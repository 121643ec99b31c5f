// What a provider of liquidity has less than one who held the same tokens, fees not counted. It depends on where the
// price ended and not on how it got there; what the path costs is in Lvr.

import { checkPositive, checkWithin } from '../Terms.ts';
import * as Liquidity from './Liquidity.ts';

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
