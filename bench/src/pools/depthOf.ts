// How much of two tokens stands behind a market's price: what weighs its word, and whether a trade is worth sending there.

import { approximate, type AssetId, type Market } from '@trimtab/core';

/** Liquidity within a tenth of the price is what stands behind it {1}. */
const NEAR = 1 / 20;

/** Measure what a market holds of two of its tokens {atoms}; of ranges, what their liquidity at the price comes to near it. */
export function depthOf(market: Market, from: AssetId, to: AssetId): readonly [number, number] {
  if ('reserves' in market) {
    const held = (asset: AssetId) => Number(market.reserves[market.assets.findIndex((one) => one === asset)] ?? 0n);
    return [held(from), held(to)];
  }
  if (market.kind !== 'concentrated') return [0, 0];
  const root = approximate(market.sqrtPriceX96, 1n << 96n);
  const liquidity = Number(market.liquidity) * NEAR;
  const [zero, one] = [liquidity / root, liquidity * root];
  return from === market.assets[0] ? [zero, one] : [one, zero];
}
