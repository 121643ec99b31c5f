// Uniswap v3's pool: liquidity placed between ticks. Integers agree with the deployed contract to the wei.

import type { AssetId } from '../../money/Asset.ts';
import type { MarketId } from '../Market.ts';

/** State a concentrated-liquidity pool. `sqrtPriceX96` = sqrt(atoms of asset 1 per atom of asset 0)·2^96. */
export type Concentrated = {
  readonly kind: 'concentrated';
  readonly id: MarketId;
  readonly assets: readonly [AssetId, AssetId];
  readonly sqrtPriceX96: bigint;
  readonly tick: number;
  readonly liquidity: bigint;
  /** Fee in millionths of the input, [0, 1e6). */
  readonly feePpm: number;
  readonly tickSpacing: number;
  /** Initialised ticks in ascending order. `known` bounds the range that was read: a swap may not leave it. */
  readonly ticks: readonly Tick[];
  readonly known: readonly [number, number];
};

/** State an initialised tick: liquidity added when the price crosses it upwards. */
export type Tick = { readonly index: number; readonly liquidityNet: bigint };
