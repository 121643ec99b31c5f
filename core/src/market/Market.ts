// Everything that converts one asset into another. Every kind answers the same three questions:
// what is the price now (spot), what would this amount fetch (swap), what trade would a price vector invite (arb).

import type { AssetId } from '../money/Asset.ts';
import type { Concentrated } from './amm/Concentrated.ts';
import type { ConstantProduct } from './amm/ConstantProduct.ts';

export type Market = ConstantProduct | Concentrated;

/** Name a market: `<protocol>:<chain>/<pool address>`. */
export type MarketId = string;

/** Report what a swap would do. Amounts in atoms. */
export type Swapped = {
  readonly sell: AssetId;
  readonly buy: AssetId;
  /** What the market took; less than asked when its liquidity ran out. */
  readonly sold: bigint;
  readonly bought: bigint;
  /** Part of `sold` that was the market's fee. */
  readonly fee: bigint;
};
