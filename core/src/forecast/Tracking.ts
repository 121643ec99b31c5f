// How far a portfolio went its own way beside what it should follow, by what both really returned. Before the fact the
// same is `Covariance.trackingError`.

import type { Seconds } from '../money/Time.ts';
import { YEAR } from '../money/Time.ts';
import { at, check, checkPositive, checkSameLength, mean, variance } from './Numbers.ts';

/**
 * Hold how returns differed from those of a benchmark: `error` {1/√yr} their deviation about the mean, `difference`
 * {1/yr} that mean, `largest` {1} the largest difference of any one step.
 */
export type Tracking = { readonly error: number; readonly difference: number; readonly largest: number };

/**
 * Compare the returns of equal steps of `step` {s} with the benchmark's: sd(r − b)·√(steps a year of 365 days), n − 1 in
 * the denominator. The mean is given beside it because the deviation does not see a steady loss. At least two steps.
 */
export function realised(returns: readonly number[], benchmark: readonly number[], step: Seconds): Tracking {
  check(returns, 'returns', 2);
  check(benchmark, 'benchmark', 2);
  checkSameLength(returns, benchmark, 'benchmark');
  checkPositive([step], 'step', 1);
  const differences = returns.map((value, index) => value - at(benchmark, index));
  return {
    error: Math.sqrt((variance(differences) * YEAR) / step),
    difference: (mean(differences) * YEAR) / step,
    largest: Math.max(...differences.map(Math.abs)),
  };
}
