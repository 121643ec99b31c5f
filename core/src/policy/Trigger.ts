// When a rebalance is due: the kinds of trigger a strategy may name.

import type { AssetId } from '../money/Asset.ts';
import type { Bps } from '../money/Bps.ts';
import type { Seconds, Time } from '../money/Time.ts';

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
