// What is believed of the near future: estimated outside, frozen into the snapshot, so that a decision can be replayed.

import type { AssetId } from '../money/Asset.ts';
import type { Time } from '../money/Time.ts';

/** State beliefs about the returns of assets, all per year of 365 days, in the order of `assets`. */
export type Outlook = {
  /** When the estimate was made. */
  readonly at: Time;
  readonly assets: readonly AssetId[];
  /** Covariance of log returns {1/yr}, by rows; symmetric, no portfolio of negative variance. */
  readonly covariance: readonly (readonly number[])[];
  /** Expected return above cash {1/yr}; absent where nobody forecasts one. */
  readonly expected?: readonly number[];
};
