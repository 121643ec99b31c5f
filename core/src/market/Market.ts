// Everything that converts one asset into another. Every kind answers the same three questions:
// what is the price now (spot), what would this amount fetch (swap), what trade would a price vector invite (arb).

import type { AssetId } from '../money/Asset.ts';
import * as Concentrated from './amm/Concentrated.ts';
import * as ConstantProduct from './amm/ConstantProduct.ts';

export type Market = Pool;

/** A market of two assets whose state is all that a swap depends on: what the planner routes through. */
export type Pool = ConstantProduct.ConstantProduct | Concentrated.Concentrated;

/** Say whether the planner can route through a market. */
export function isPool(market: Market): market is Pool {
  return market.kind === 'constant-product' || market.kind === 'concentrated';
}

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

/** State what a swap would do and the market as it would stand afterwards. */
export type Outcome<M extends Market = Market> = Swapped & { readonly after: M };

/** State a price as an exact ratio: `bought` atoms for every `sold` atoms. */
export type Rate = { readonly bought: bigint; readonly sold: bigint };

/** Say what an atom of each asset is worth, in any common unit. A belief. */
export type Values = { readonly [asset: AssetId]: number };

/** Describe a trade that is believed to gain. Amounts in atoms, as floats. */
export type Trade = { readonly sell: AssetId; readonly buy: AssetId; readonly sold: number; readonly bought: number };

/** Give the marginal price now, before the fee. Throws NotTraded. */
export function spot(market: Market, sell: AssetId): Rate {
  switch (market.kind) {
    case 'constant-product':
      return ConstantProduct.spot(market, sell);
    case 'concentrated':
      return Concentrated.spot(market, sell);
  }
}

/** Compute what selling up to `sold` atoms would fetch, exactly, and the market after it. Throws NotTraded, BadInput. */
export function swap(market: Market, sell: AssetId, sold: bigint): Outcome {
  switch (market.kind) {
    case 'constant-product':
      return ConstantProduct.swap(market, sell, sold);
    case 'concentrated':
      return Concentrated.swap(market, sell, sold);
  }
}

/** Find the trade that these values invite, or undefined where the market agrees with them to within its fee. */
export function arb(market: Market, values: Values): Trade | undefined {
  switch (market.kind) {
    case 'constant-product':
      return ConstantProduct.arb(market, values);
    case 'concentrated':
      return Concentrated.arb(market, values);
  }
}

/** Name the asset at the other side of a market. */
export function other(market: Market, asset: AssetId): AssetId {
  return market.assets[0] === asset ? market.assets[1] : market.assets[0];
}
