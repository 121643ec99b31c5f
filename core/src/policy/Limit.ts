// What no plan may exceed: the kinds of limit a strategy may name.

import type { AssetId } from '../money/Asset.ts';
import type { Bps } from '../money/Bps.ts';
import type { Price, Usd } from '../money/Price.ts';
import type { Seconds } from '../money/Time.ts';
import type { MarketId } from '../market/Market.ts';

/** Say what no plan may exceed. A limit that lacks what it judges by refuses: it never lets pass what it could not see. */
export type Limit =
  /** Every price used is at most this old beyond its source's own heartbeat. */
  | { readonly kind: 'staleness'; readonly grace: Seconds }
  /** Sources of one price, and the markets the plan uses, differ from the primary price by at most this. */
  | { readonly kind: 'divergence'; readonly max: Bps }
  /** No asset is bought while a source prices it further than this from its peg. D18{USD/tok}. */
  | { readonly kind: 'depeg'; readonly pegs: { readonly [asset: AssetId]: Price }; readonly max: Bps }
  /** Each trade's floor is at most this far below the primary prices, which its own markets cannot move. */
  | { readonly kind: 'slippage'; readonly max: Bps }
  /** Each trade moves its own price by at most this: impact / value sold. */
  | { readonly kind: 'impact'; readonly max: Bps }
  /** No trade, and no day of trades, sells more than this. D18{USD}. */
  | { readonly kind: 'notional'; readonly perTrade?: Usd; readonly perDay?: Usd }
  /** One plan sells at most this share of the portfolio's value. */
  | { readonly kind: 'turnover'; readonly max: Bps }
  /** No asset bought weighs more than this afterwards; `perAsset` overrides. */
  | {
      readonly kind: 'concentration';
      readonly max: Bps;
      readonly perAsset?: { readonly [asset: AssetId]: Bps };
    }
  | Exposure
  | Health
  /** The plan's gas costs at most this in all. D18{USD}. */
  | { readonly kind: 'gas'; readonly max: Usd }
  /** The drift removed is worth its cost: cost / value traded is at most this. */
  | { readonly kind: 'worthwhile'; readonly maxCost: Bps }
  | Benefit
  /** Nothing is traded while a share is worth this much less than at its best. */
  | { readonly kind: 'drawdown'; readonly max: Bps }
  /** Nothing is traded after more failed rebalances in a row than this. */
  | { readonly kind: 'failures'; readonly max: number }
  /** These assets may be sold but not bought. */
  | { readonly kind: 'reduce-only'; readonly assets: readonly AssetId[] };

/**
 * What depends on one issuer, bridge or venue, called `name`: after the plan its `assets` together, with the stakes in its
 * `markets`, weigh at most `max`, unless the plan makes them lighter; and no plan sends more than `max` of the portfolio's value through those markets.
 */
export type Exposure = {
  readonly kind: 'exposure';
  readonly name: string;
  readonly assets: readonly AssetId[];
  readonly markets: readonly MarketId[];
  readonly max: Bps;
};

/**
 * Collateral stays worth its debt: Σ value · threshold / Σ owed is at least `min` afterwards (15_000 = a health factor of
 * 1.5), unless the plan makes it better. Thresholds as the lending pool liquidates by.
 */
export type Health = {
  readonly kind: 'health';
  readonly thresholds: { readonly [collateral: AssetId]: Bps };
  readonly min: Bps;
};

/**
 * The plan gains more than it costs: ½ · aversion · (δ'Σδ before − after) · value over `horizon` against fees, impact and
 * gas. Σ is the outlook's, at most `maxAge` old.
 */
export type Benefit = {
  readonly kind: 'benefit';
  readonly aversion: number;
  readonly horizon: Seconds;
  readonly maxAge: Seconds;
};
