// The best response to a market whose price does not move: all of it, or nothing.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import type { Swapped, Trade, Values } from './Market.ts';

/**
 * Offer everything to a market of a constant price, in either direction, and keep the trade that gains at `values`;
 * undefined where none does. `swap` gives what the market would take and pay of an amount without limit.
 */
export function arbAtRate(
  assets: readonly [AssetId, AssetId],
  swap: (sell: AssetId) => Pick<Swapped, 'sold' | 'bought'>,
  values: Values,
): Trade | undefined {
  for (const sell of assets) {
    const buy = assets[sell === assets[0] ? 1 : 0];
    const { sold, bought } = swap(sell);
    const [paid, got] = [approximate(sold, 1n), approximate(bought, 1n)];
    if (got * (values[buy] ?? NaN) > paid * (values[sell] ?? NaN)) return { sell, buy, sold: paid, bought: got };
  }
  return undefined;
}
