// Which matrices a region can be made of: the formulas take any numbers, and mean something only for these.

import * as Covariance from '../../forecast/Covariance.ts';
import { ForecastError } from '../../forecast/Numbers.ts';

/** Refuse a matrix that is not square and symmetric, or gives a portfolio a variance below zero. Throws ForecastError. */
export function checkCovariance(matrix: Covariance.Covariance, path: string): void {
  if (Covariance.isPositiveSemidefinite(matrix, path)) return;
  throw new ForecastError(path, 'a portfolio of negative variance', 'give a covariance, such as of ledoitWolf');
}
