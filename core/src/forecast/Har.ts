// Variance remembers over several horizons at once, because traders of several horizons make it: yesterday's, last
// week's and last month's mean variance, weighed by what they were worth before (HAR-RV; Corsi, 2009).

import { leastSquares } from './leastSquares.ts';
import { at, check, checkPositive, ForecastError, mean, sum } from './Numbers.ts';

/** Hold a fitted forecast: an intercept, a slope {1} and its standard error for the mean over each window {steps}, and the range seen. */
export type Har = {
  readonly windows: readonly number[];
  readonly intercept: number;
  readonly slopes: readonly number[];
  readonly errors: readonly number[];
  /** The standard deviation of what the fit leaves unexplained, in the unit of the variances. */
  readonly residual: number;
  readonly lowest: number;
  readonly highest: number;
};

/** The fewest observations for each coefficient that is estimated. */
const LEAST = 20;

/**
 * Fit v(t) = c + Σ b·mean of the last n variances, by least squares, over realised variances of equal steps, the oldest
 * first. `windows` n {steps} ascend; 1, 7 and 30 days where the market never closes. At least the longest window and 20
 * steps for each coefficient. Throws ForecastError.
 */
export function fit(variances: readonly number[], windows: readonly number[]): Har {
  checkWindows(windows);
  const longest = at(windows, windows.length - 1);
  checkPositive(variances, 'variances', longest + LEAST * (windows.length + 1));
  const values = variances.slice(longest);
  const rows = values.map((_, index) => [1, ...means(variances, windows, longest + index)]);
  const { coefficients, errors, residual } = leastSquares(rows, values);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const [intercept, slopes] = [at(coefficients, 0), coefficients.slice(1)];
  return { windows, intercept, slopes, errors: errors.slice(1), residual, lowest, highest };
}

/**
 * Forecast the variance of the step after the last. A forecast outside what the fit has seen is put back to the border of
 * it (Swanson and White, 1997, call it the insanity filter): a line through noise can foresee a variance below zero.
 */
export function forecast(har: Har, variances: readonly number[]): number {
  checkPositive(variances, 'variances', at(har.windows, har.windows.length - 1));
  const seen = means(variances, har.windows, variances.length);
  const found = har.intercept + sum(seen.map((value, index) => value * at(har.slopes, index)));
  return Math.min(har.highest, Math.max(har.lowest, found));
}

/** Average the variances before `end` over each window. */
function means(variances: readonly number[], windows: readonly number[], end: number): readonly number[] {
  return windows.map((window) => mean(variances.slice(end - window, end)));
}

function checkWindows(windows: readonly number[]): void {
  check(windows, 'windows', 1);
  for (const [index, window] of windows.entries()) {
    if (Number.isSafeInteger(window) && window > (windows[index - 1] ?? 0)) continue;
    throw new ForecastError(`windows[${index}]`, `${window}`, 'give whole numbers of steps from 1, ascending');
  }
}
