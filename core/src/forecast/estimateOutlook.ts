// From prices to an outlook: the one place where observations at uneven times become the covariance that policies use.

import type { AssetId } from '../money/Asset.ts';
import { type Seconds, YEAR } from '../money/Time.ts';
import type { Outlook } from '../portfolio/Outlook.ts';
import * as Covariance from './Covariance.ts';
import { at, checkPositive, checkSameLength } from './Numbers.ts';
import * as Returns from './Returns.ts';
import * as Series from './Series.ts';

/** Say how a covariance is estimated; see Covariance for each. */
export type Method =
  | { readonly kind: 'sample' }
  | { readonly kind: 'ledoit-wolf' }
  | { readonly kind: 'ewma'; readonly lambda: number };

/**
 * Estimate an outlook {1/yr} from one price series for each asset, dated by the last moment that all observed. Moments that
 * some lack are left out of all; each log return is scaled to `step` {s} by the root of time, and the covariance of those to
 * a year of 365 days. For weights that forget, λ is per step observed. No return is forecast. Throws ForecastError.
 */
export function estimateOutlook(
  assets: readonly AssetId[],
  prices: readonly Series.Series[],
  step: Seconds,
  method: Method,
): Outlook {
  checkSameLength(assets, prices, 'prices');
  checkPositive([step], 'step', 1);
  const { aligned } = Series.align(prices);
  const returns = aligned.map((series) => Returns.toStep(Returns.log(series), step));
  const covariance = of(returns, method).map((row) => row.map((value) => (value * YEAR) / step));
  const times = at(aligned, 0).times;
  return { at: at(times, times.length - 1), assets, covariance };
}

function of(returns: readonly (readonly number[])[], method: Method): Covariance.Covariance {
  switch (method.kind) {
    case 'sample':
      return Covariance.sample(returns);
    case 'ledoit-wolf':
      return Covariance.ledoitWolf(returns).covariance;
    case 'ewma':
      return Covariance.ewma(returns, method.lambda, Covariance.sample(returns));
  }
}
