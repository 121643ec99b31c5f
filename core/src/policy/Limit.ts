// What no plan may exceed: the kinds of limit a strategy may name.

import type { Bps } from '../money/Bps.ts';
import type { Seconds } from '../money/Time.ts';

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
