// The risk of a portfolio, asset by asset, and risk budgeting: weights of which each carries the share of the risk that it
// was given. Equal budgets are risk parity. It needs no forecast of returns and inverts nothing, so it stays sane where
// minimum variance does not.

import * as Covariance from '../../forecast/Covariance.ts';
import { at, check, checkSameLength, ForecastError, sum } from '../../forecast/Numbers.ts';
import * as Cholesky from './Cholesky.ts';

/** Each asset's part of the risk may be off by this much {1}. */
const EXACT = 1e-13;
const SWEEPS = 20_000;

/**
 * Find the weights, long only and summing to one, whose shares of risk w_i(Σw)_i / w'Σw are `budgets` (which sum to one; a
 * budget of zero is a weight of zero). They are y/Σy for the y that minimises ½y'Σy − Σ b_i ln y_i (Spinu 2013), found one
 * coordinate at a time (Griveau-Billion, Richard and Roncalli 2013). Duplicates of an asset share its budget as they are
 * told to. Throws ForecastError on a covariance that some portfolio has a negative variance in, and where a hedge without
 * any risk leaves no minimum.
 */
export function budget(covariance: Covariance.Covariance, budgets: readonly number[]): readonly number[] {
  check(budgets, 'budgets', 1);
  checkSameLength(covariance, budgets, 'budgets');
  if (!budgets.every((budget) => budget >= 0) || !(Math.abs(sum(budgets) - 1) <= 1e-9)) {
    throw new ForecastError('budgets', budgets.join(', '), 'give budgets of zero or more that sum to one');
  }
  const correlation = Covariance.correlation(covariance);
  Cholesky.checkSemidefinite(correlation);
  const scaled = [...budgets];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [i, budget] of budgets.entries()) scaled[i] = step(others(correlation, scaled, i), budget);
    if (!isBalanced(correlation, scaled, budgets)) continue;
    const sizes = scaled.map((value, i) => value / Math.sqrt(at(at(covariance, i), i)));
    const total = sum(sizes);
    return sizes.map((size) => size / total);
  }
  throw new ForecastError('covariance', `no balance after ${SWEEPS} sweeps`, 'leave out assets that hedge each other');
}

/** Compute each asset's share of the risk: w_i(Σw)_i / w'Σw. They sum to one (Euler). Throws ForecastError where there is no risk. */
export function of(covariance: Covariance.Covariance, weights: readonly number[]): readonly number[] {
  check(weights, 'weights', 1);
  checkSameLength(covariance, weights, 'weights');
  const parts = weights.map(
    (weight, i) => weight * at(covariance, i).reduce((total, value, j) => total + value * at(weights, j), 0),
  );
  const variance = sum(parts);
  if (!(variance > 0)) throw new ForecastError('weights', `a variance of ${variance}`, 'give weights that carry risk');
  return parts.map((part) => part / variance);
}

function others(correlation: Covariance.Covariance, scaled: readonly number[], own: number): number {
  const row = at(correlation, own);
  let total = 0;
  for (let j = 0; j < row.length; j++) if (j !== own) total += at(row, j) * at(scaled, j);
  return total;
}

/** Solve z² + cz = b for its positive root, in the form that subtracts no near equals. */
function step(cross: number, budget: number): number {
  if (budget === 0) return 0;
  const root = Math.sqrt(cross ** 2 + 4 * budget);
  return cross > 0 ? (2 * budget) / (cross + root) : (root - cross) / 2;
}

function isBalanced(
  correlation: Covariance.Covariance,
  scaled: readonly number[],
  budgets: readonly number[],
): boolean {
  return scaled.every((own, i) => Math.abs(own * (others(correlation, scaled, i) + own) - at(budgets, i)) <= EXACT);
}
