// How much an asset's price moves against all else that is held: what makes its weight drift, whatever the unit of account.

import type { Weight } from '../../money/Weight.ts';
import type { Covariance } from '../../forecast/Covariance.ts';
import { at, sum } from '../../forecast/Numbers.ts';

/**
 * Compute each asset's volatility {1/√yr} against the others held in proportion to `weights`: of r_i − r_rest, which is
 * (r_i − r_p)/(1 − w_i), r_p the return of the whole. Zero for an asset that is all there is.
 */
export function againstRest(covariance: Covariance, weights: readonly Weight[]): readonly number[] {
  const withAll = covariance.map((row) => sum(row.map((value, j) => value * at(weights, j))));
  const whole = sum(withAll.map((value, i) => value * at(weights, i)));
  return withAll.map((value, i) => {
    const rest = Math.abs(1 - at(weights, i));
    if (rest < ALONE) return 0;
    return Math.sqrt(Math.max(0, at(at(covariance, i), i) - 2 * value + whole)) / rest;
  });
}

/** A rest smaller than this {1} is rounding. */
const ALONE = 1e-9;
