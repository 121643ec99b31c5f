// Uniswap v2's pool: x·y = k with a fee on the way in. Integers agree with the deployed contract to the wei.

import type { AssetId } from '../../money/Asset.ts';
import type { MarketId } from '../Market.ts';

/** State a constant-product pool. Reserves in atoms; `feePpm` in millionths of the input, [0, 1e6). */
export type ConstantProduct = {
  readonly kind: 'constant-product';
  readonly id: MarketId;
  readonly assets: readonly [AssetId, AssetId];
  readonly reserves: readonly [bigint, bigint];
  readonly feePpm: number;
};
