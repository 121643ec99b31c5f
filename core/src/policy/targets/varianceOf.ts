// What an outlook says of a mix of assets. An estimate that is no covariance blinds the decision; it does not end the cycle.

import * as Covariance from '../../forecast/Covariance.ts';
import { ForecastError } from '../../forecast/Numbers.ts';
import { blind, type Blind } from '../Blind.ts';
import type { Foresight } from './foresee.ts';

/** Compute w'Σw {1/yr}, above zero, for one weight of either sign for each asset seen; blind where that is not to be had. */
export function varianceOf({ covariance }: Foresight, weights: readonly number[]): number | Blind {
  const fix = 'estimate the covariance again';
  try {
    const variance = Covariance.variance(covariance, weights);
    return variance > 0 ? variance : blind(`a variance of ${variance}`, 'above zero', fix);
  } catch (error) {
    if (error instanceof ForecastError) return blind(error.message, 'a covariance of finite numbers', fix);
    throw error;
  }
}
