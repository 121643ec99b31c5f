// Everything that converts one asset into another. Every kind answers the same three questions:
// what is the price now (spot), what would this amount fetch (swap), what trade would a price vector invite (arb).

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { max, ONE } from '../money/Fixed.ts';
import * as Concentrated from './amm/Concentrated.ts';
import * as ConstantProduct from './amm/ConstantProduct.ts';
import { placesOf } from './amm/Pair.ts';
import * as StableSwap from './amm/StableSwap.ts';
import * as Weighted from './amm/Weighted.ts';
import * as Auction from './Auction.ts';
import * as Batch from './Batch.ts';
import * as Book from './Book.ts';
import * as Bridge from './Bridge.ts';
import * as GradualAuction from './GradualAuction.ts';
import * as Lending from './Lending.ts';
import * as Twamm from './Twamm.ts';
import * as Vault4626 from './Vault4626.ts';

export { check } from './check.ts';

export type Market = Pool | Weighted.Weighted | StableSwap.StableSwap | Venue;

/** A market of two assets that is no pool: what is taken from it is not what was put in by those who trade against it. */
export type Venue =
  | Book.Book
  | Auction.Auction
  | GradualAuction.GradualAuction
  | Batch.Batch
  | Twamm.Twamm
  | Lending.Lending
  | Vault4626.Vault4626
  | Bridge.Bridge;

/** A pool of two assets whose state is all that a swap depends on: what depth is read from, and what the lab moves. */
export type Pool = ConstantProduct.ConstantProduct | Concentrated.Concentrated;

/** Say whether a market is such a pool. */
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
  /** What the market kept as its fee: a part of `sold`, or what was held back from `bought`, as `feeIn` says. */
  readonly fee: bigint;
  readonly feeIn: AssetId;
};

/** State what a swap would do and the market as it would stand afterwards. */
export type Outcome<M extends Market = Market> = Swapped & { readonly after: M };

/** State a price as an exact ratio: `bought` atoms for every `sold` atoms. */
export type Rate = { readonly bought: bigint; readonly sold: bigint };

/** Say what an atom of each asset is worth, in any common unit. A belief. */
export type Values = { readonly [asset: AssetId]: number };

/** Describe a trade that is believed to gain. Amounts in atoms, as floats. */
export type Trade = { readonly sell: AssetId; readonly buy: AssetId; readonly sold: number; readonly bought: number };

/** Describe a trade of any number of assets at once that is believed to gain. Amounts in atoms, as floats above zero. */
export type Basket = { readonly paid: readonly Part[]; readonly got: readonly Part[] };

/** State an amount of one asset in a basket. */
export type Part = { readonly asset: AssetId; readonly atoms: number };

/** Give the marginal price now, before the fee. `buy` may be left out where there are two assets. Throws NotTraded, BuyUnnamed. */
export function spot(market: Market, sell: AssetId, buy?: AssetId): Rate {
  switch (market.kind) {
    case 'constant-product':
      return ConstantProduct.spot(market, checked(market, sell, buy));
    case 'concentrated':
      return Concentrated.spot(market, checked(market, sell, buy));
    case 'weighted':
      return Weighted.spot(market, sell, buy);
    case 'stable-swap':
      return StableSwap.spot(market, sell, buy);
    case 'book':
      return Book.spot(market, checked(market, sell, buy));
    case 'auction':
      return Auction.spot(market, checked(market, sell, buy));
    case 'gradual-auction':
      return GradualAuction.spot(market, checked(market, sell, buy));
    case 'batch':
      return Batch.spot(market, checked(market, sell, buy));
    case 'twamm':
      return Twamm.spot(market, checked(market, sell, buy));
    case 'lending':
      return Lending.spot(market, checked(market, sell, buy));
    case 'vault-4626':
      return Vault4626.spot(market, checked(market, sell, buy));
    case 'bridge':
      return Bridge.spot(market, checked(market, sell, buy));
  }
}

/** Compute what selling up to `sold` atoms would fetch, exactly, and the market after it. Throws NotTraded, BuyUnnamed, BadInput. */
export function swap(market: Pool, sell: AssetId, sold: bigint, buy?: AssetId): Outcome<Pool>;
export function swap(market: Market, sell: AssetId, sold: bigint, buy?: AssetId): Outcome;
export function swap(market: Market, sell: AssetId, sold: bigint, buy?: AssetId): Outcome {
  switch (market.kind) {
    case 'constant-product':
      return ConstantProduct.swap(market, checked(market, sell, buy), sold);
    case 'concentrated':
      return Concentrated.swap(market, checked(market, sell, buy), sold);
    case 'weighted':
      return Weighted.swap(market, sell, sold, buy);
    case 'stable-swap':
      return StableSwap.swap(market, sell, sold, buy);
    case 'book':
      return Book.swap(market, checked(market, sell, buy), sold);
    case 'auction':
      return Auction.swap(market, checked(market, sell, buy), sold);
    case 'gradual-auction':
      return GradualAuction.swap(market, checked(market, sell, buy), sold);
    case 'batch':
      return Batch.swap(market, checked(market, sell, buy), sold);
    case 'twamm':
      return Twamm.swap(market, checked(market, sell, buy), sold);
    case 'lending':
      return Lending.swap(market, checked(market, sell, buy), sold);
    case 'vault-4626':
      return Vault4626.swap(market, checked(market, sell, buy), sold);
    case 'bridge':
      return Bridge.swap(market, checked(market, sell, buy), sold);
  }
}

/**
 * Compute what buying up to `bought` atoms would take, exactly, and the market after it; `bought` comes back smaller
 * where the market cannot pay so much. Throws NotTraded, BuyUnnamed, BadInput.
 */
export function swapOut(market: Pool, sell: AssetId, bought: bigint, buy?: AssetId): Outcome<Pool>;
export function swapOut(market: Market, sell: AssetId, bought: bigint, buy?: AssetId): Outcome;
export function swapOut(market: Market, sell: AssetId, bought: bigint, buy?: AssetId): Outcome {
  switch (market.kind) {
    case 'constant-product':
      return ConstantProduct.swapOut(market, checked(market, sell, buy), bought);
    case 'concentrated':
      return Concentrated.swapOut(market, checked(market, sell, buy), bought);
    case 'weighted':
      return Weighted.swapOut(market, sell, bought, buy);
    case 'stable-swap':
      return StableSwap.swapOut(market, sell, bought, buy);
    case 'gradual-auction':
      return GradualAuction.swapOut(market, checked(market, sell, buy), bought);
    default:
      return leastInput(market, checked(market, sell, buy), bought);
  }
}

/** Find the trade that these values invite, or undefined where the market agrees with them to within its fee. */
export function arb(market: Pool, values: Values): Trade | undefined;
export function arb(market: Market, values: Values): Trade | Basket | undefined;
export function arb(market: Market, values: Values): Trade | Basket | undefined {
  switch (market.kind) {
    case 'constant-product':
      return ConstantProduct.arb(market, values);
    case 'concentrated':
      return Concentrated.arb(market, values);
    case 'weighted':
      return Weighted.arb(market, values);
    case 'stable-swap':
      return StableSwap.arb(market, values);
    case 'book':
      return Book.arb(market, values);
    case 'auction':
      return Auction.arb(market, values);
    case 'gradual-auction':
      return GradualAuction.arb(market, values);
    case 'batch':
      return Batch.arb(market, values);
    case 'twamm':
      return Twamm.arb(market, values);
    case 'lending':
      return Lending.arb(market, values);
    case 'vault-4626':
      return Vault4626.arb(market, values);
    case 'bridge':
      return Bridge.arb(market, values);
  }
}

/** List what a trade changes: atoms got above zero, atoms paid below. */
export function changes(trade: Trade | Basket): Values {
  if ('sell' in trade) return { [trade.sell]: -trade.sold, [trade.buy]: trade.bought };
  const parts = [...trade.got, ...trade.paid.map(({ asset, atoms }) => ({ asset, atoms: -atoms }))];
  return Object.fromEntries(parts.map(({ asset, atoms }) => [asset, atoms]));
}

/**
 * Measure how far the price of a swap of `sold` atoms falls short of the spot price once its own fee is put back {1} [0, 1]:
 * what size alone costs. Zero where nothing is taken, or nothing but the fee. Throws NotTraded, BuyUnnamed, BadInput.
 */
export function impact(market: Market, sell: AssetId, sold: bigint, buy?: AssetId): number {
  const swapped = swap(market, sell, sold, buy);
  const kept = swapped.feeIn === sell ? { sold: swapped.fee, bought: 0n } : { sold: 0n, bought: swapped.fee };
  const traded = swapped.sold - kept.sold;
  if (traded <= 0n) return 0;
  const rate = spot(market, sell, buy);
  return Math.max(0, 1 - approximate((swapped.bought + kept.bought) * rate.sold, traded * rate.bought));
}

/** Say what share of a trade is left after the fee {1}; where the two ways are charged differently, of one that sells `sell`. */
export function keep(market: Market, sell?: AssetId): number {
  switch (market.kind) {
    case 'constant-product':
    case 'concentrated':
    case 'book':
    case 'bridge':
      return 1 - market.feePpm / 1e6;
    case 'weighted':
    case 'stable-swap':
      return 1 - approximate(market.fee, ONE);
    case 'vault-4626':
      return 1 - (sell === market.assets[1] ? market.exitPpm : market.entryPpm) / 1e6;
    case 'twamm':
      return keep(market.pool);
    case 'auction':
    case 'gradual-auction':
    case 'batch':
    case 'lending':
      return 1;
  }
}

/** More than any token has atoms. */
const LARGEST = 1n << 256n;

/**
 * Find the smallest input that brings at least `bought` atoms, or what the venue pays at most: no venue pays better than
 * its spot price, nor less for more, so that halving finds it.
 */
function leastInput(market: Exclude<Venue, GradualAuction.GradualAuction>, sell: AssetId, bought: bigint): Outcome {
  const rate = spot(market, sell);
  let short = rate.bought <= 0n ? 0n : max(0n, (bought * rate.sold - 1n) / rate.bought);
  let offered = short + 1n;
  if (bought === 0n) return swap(market, sell, 0n);
  while (offered < LARGEST && swap(market, sell, offered).bought < bought) {
    short = offered;
    offered *= 2n;
  }
  while (offered - short > 1n && offered < LARGEST) {
    const middle = (short + offered) / 2n;
    if (swap(market, sell, middle).bought < bought) short = middle;
    else offered = middle;
  }
  return swap(market, sell, offered);
}

/** Name the asset at the other side of a market of two. */
export function other(market: Pool, asset: AssetId): AssetId {
  return market.assets[0] === asset ? market.assets[1] : market.assets[0];
}

/** A pool of two knows what is bought; who names it all the same must be right. */
function checked(market: Pool | Venue, sell: AssetId, buy: AssetId | undefined): AssetId {
  if (buy !== undefined) placesOf(market, sell, buy);
  return sell;
}
