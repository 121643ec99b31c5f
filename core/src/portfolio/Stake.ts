// Liquidity that the portfolio provides to a pool. It is looked through: what counts are the tokens it would be paid.

import type { AssetId } from '../money/Asset.ts';
import type { MarketId } from '../market/Market.ts';

/** State a stake in a pool and the atoms of each asset that it would be paid out in now, rounded down, fees owed included. */
export type Stake = {
  readonly id: string;
  readonly market: MarketId;
  readonly parts: readonly { readonly asset: AssetId; readonly atoms: bigint }[];
  /** Lowest and highest tick of a position in a concentrated pool; absent elsewhere. */
  readonly ticks?: readonly [number, number];
};
