// What a pool takes of a sale: the fee and the price that our own size moves.

import type { AssetId } from '../../money/Asset.ts';
import { approximate } from '../../money/approximate.ts';
import * as Market from '../../market/Market.ts';

/** Compute the share of a sale's value {1} that is lost against the price before it; all of it where the pool cannot take the whole sale. */
export function lossOf(pool: Market.Pool, sell: AssetId, atoms: bigint): number {
  const { sold, bought } = Market.swap(pool, sell, atoms);
  if (sold < atoms || bought <= 0n) return 1;
  const spot = Market.spot(pool, sell);
  return Math.max(0, 1 - approximate(bought * spot.sold, sold * spot.bought));
}
