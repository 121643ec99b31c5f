// A strategy is data: what it is stored, shown, hashed, signed and replayed as.
// `when` says what makes a rebalance due, `toward` where it goes, `within` what no plan may exceed.

import type { AssetId } from '../money/Asset.ts';
import type { Bps } from '../money/Bps.ts';
import type { Usd } from '../money/Price.ts';
import type { Seconds, Time } from '../money/Time.ts';
import type { Weight } from '../money/Weight.ts';

/** Hold a whole rebalancing strategy. Limits are judged in the order they stand in. */
export type Strategy = {
  readonly when: Trigger;
  readonly toward: Target;
  readonly landing: Landing;
  readonly trading: Trading;
  readonly within: readonly Limit[];
};

/** Say what makes a rebalance due. */
export type Trigger = Band | Calendar | AnyOf;

/**
 * Fire when an asset's weight leaves its band.
 * `absolute` is a half-width in percentage points of the portfolio (500 = ±5 pp around the target);
 * `relative` is a half-width as a share of the target (2_500 = ±25 % of the target weight).
 * Where both are given the narrower one counts. `perAsset` overrides both for the assets it names.
 */
export type Band = {
  readonly kind: 'band';
  readonly absolute?: Bps;
  readonly relative?: Bps;
  readonly perAsset?: { readonly [asset: AssetId]: { readonly absolute?: Bps; readonly relative?: Bps } };
};

/** Fire once in every period of `every` seconds counted from `from`; periods missed while away count as one. */
export type Calendar = { readonly kind: 'calendar'; readonly every: Seconds; readonly from: Time };

/** Fire when any of its parts does. */
export type AnyOf = { readonly kind: 'any'; readonly of: readonly Trigger[] };

/** Say where a rebalance goes. */
export type Target = Fixed;

/** Aim at the same weights always (constant mix). One weight for each asset of the portfolio, summing to one. */
export type Fixed = { readonly kind: 'fixed'; readonly weights: { readonly [asset: AssetId]: Weight } };

/** Say how far a rebalance goes once due: all the way, or only back to the edge of the band. */
export type Landing = 'target' | 'edge';

/** Say what a trade must be worth and how well it must be paid. */
export type Trading = {
  /** Trades worth less than this are not made. D18{USD}. */
  readonly minNotional: Usd;
  /** A fill may pay at most this much less than the computed quote. */
  readonly slippage: Bps;
  /** A plan may be executed for this long after the snapshot. */
  readonly lifetime: Seconds;
};

/** Say what no plan may exceed. */
export type Limit =
  /** Every price used is at most this old beyond its source's own heartbeat. */
  | { readonly kind: 'staleness'; readonly grace: Seconds }
  /** Sources of one price, and the markets the plan uses, differ from the primary price by at most this. */
  | { readonly kind: 'divergence'; readonly max: Bps }
  /** Each trade's floor is at most this far below the primary prices. */
  | { readonly kind: 'slippage'; readonly max: Bps }
  /** One plan sells at most this share of the portfolio's value. */
  | { readonly kind: 'turnover'; readonly max: Bps }
  /** The drift removed is worth its cost: cost / value traded is at most this. */
  | { readonly kind: 'worthwhile'; readonly maxCost: Bps };
