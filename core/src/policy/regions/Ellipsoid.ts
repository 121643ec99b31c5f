// Many assets, one transaction for the whole basket: where only the fixed cost counts, the region in which to wait is
// an ellipsoid around the target, and a trade goes all the way (Altarovici, Muhle-Karbe and Soner, 2015, for small
// costs). Here for deviations δ that move with variance rate C and cost ½δ'Qδ a year.

import { diagonalise } from '../../forecast/diagonalise.ts';
import { dot, entry, type Matrix, multiply } from '../../forecast/Matrix.ts';
import { at, check, checkInside, checkSameLength, ForecastError, sum } from '../../forecast/Numbers.ts';
import { checkCovariance } from './checkCovariance.ts';

/** State how deviations move, what being off target costs, and what a trade of the whole basket costs. */
export type Setting = {
  /** C {1/yr}: the covariance rate of the deviations in weight, HΣH with H = diag(w) − ww'; see `deviations`. */
  readonly covariance: Matrix;
  /** Q {1/yr}: the curvature of the penalty, γΣ. */
  readonly curvature: Matrix;
  /** K {1}: the cost of one trade as a share of the portfolio's value, such as gas / value; above zero. */
  readonly fixed: number;
};

/** Hold the region δ'Mδ < 1 in which to wait, its cost a year {1/yr} (half of it trades) and the mean time between trades {yr}. */
export type Ellipsoid = { readonly matrix: Matrix; readonly cost: number; readonly meanTime: number };

/** What is smaller than this share of the largest eigenvalue is rounding: a direction that nothing moves in. */
const RANK = 1e-12;

/**
 * Solve 4MCM + 2tr(CM)M = Q/(2K): in the axes of G = √C·Q·√C/(2K), with eigenvalues g, √C·M·√C has the eigenvalues
 * p = (√(t² + 4g) − t)/4, where t = Σp = tr(CM). The cost is 2Kt, the mean time 1/t. Where C is singular (a list that
 * holds the numeraire: deviations sum to zero) the solution is the one on its range, and measures deviations there.
 * Throws ForecastError on matrices that are not covariances of one size.
 */
export function of({ covariance, curvature, fixed }: Setting): Ellipsoid {
  checkCovariance(covariance, 'covariance');
  checkCovariance(curvature, 'curvature');
  checkSameLength(covariance, curvature, 'curvature');
  checkInside(fixed, 0, Infinity, 'fixed');
  const { values, vectors } = diagonalise(covariance);
  const largest = Math.max(...values);
  if (!(largest > 0)) throw new ForecastError('covariance', 'no variance', 'leave out assets that never move');
  const moved = values.map((value) => value > RANK * largest);
  const root = rebuild(
    vectors,
    values.map((value, i) => (moved[i] === true ? Math.sqrt(value) : 0)),
  );
  const inverse = rebuild(
    vectors,
    values.map((value, i) => (moved[i] === true ? 1 / Math.sqrt(value) : 0)),
  );
  const half = multiply(multiply(root, curvature), root);
  const gains = diagonalise(half.map((row, i) => row.map((value, j) => (value + entry(half, j, i)) / (4 * fixed))));
  const g = gains.values.map((value) => Math.max(0, value));
  const trace = solveTrace(g);
  const inner = rebuild(
    gains.vectors,
    g.map((value) => shape(trace, value)),
  );
  return { matrix: multiply(multiply(inverse, inner), inverse), cost: 2 * fixed * trace, meanTime: 1 / trace };
}

/** Measure a deviation {1}: δ'Mδ; a trade is due from 1 on. Throws ForecastError where the sizes differ. */
export function measure(matrix: Matrix, delta: readonly number[]): number {
  check(delta, 'delta', 1);
  checkSameLength(matrix, delta, 'delta');
  return sum(matrix.map((row, i) => at(delta, i) * dot(row, delta)));
}

/**
 * Compute C = HΣH {1/yr}, H = diag(w) − ww': how weights move that start at w and are left alone, Σ the covariance of
 * the assets' returns {1/yr}. Weights that sum to less than one leave the rest in the numeraire. Throws ForecastError.
 */
export function deviations(covariance: Matrix, weights: readonly number[]): Matrix {
  checkCovariance(covariance, 'covariance');
  check(weights, 'weights', 1);
  checkSameLength(covariance, weights, 'weights');
  const h = weights.map((one, i) => weights.map((other, j) => (i === j ? one : 0) - one * other));
  return symmetric(multiply(multiply(h, covariance), h));
}

/** Solve Σ(√(t² + 4g) − t)/4 = t by Newton's steps from zero: the curve is convex and falling, so they do not overshoot. */
function solveTrace(g: readonly number[]): number {
  let trace = 0;
  for (let step = 0; step < 100; step++) {
    const roots = g.map((value) => Math.sqrt(trace ** 2 + 4 * value));
    const slope = sum(roots.map((value) => (value > 0 ? trace / value : 1))) - g.length - 4;
    const more = -(sum(roots) - (g.length + 4) * trace) / slope;
    trace += more;
    if (Math.abs(more) <= 1e-16 * trace) break;
  }
  return trace;
}

/** (√(t² + 4g) − t)/4 without the loss of digits where g is small beside t². */
function shape(trace: number, g: number): number {
  return g === 0 ? 0 : g / (trace + Math.sqrt(trace ** 2 + 4 * g));
}

function rebuild(vectors: Matrix, values: readonly number[]): Matrix {
  const whole = at(vectors, 0).map(() => at(vectors, 0).map(() => 0));
  for (const [axis, value] of values.entries()) {
    const vector = at(vectors, axis);
    for (const [i, row] of whole.entries()) {
      const scaled = value * at(vector, i);
      for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? NaN) + scaled * (vector[j] ?? NaN);
    }
  }
  return whole;
}

function symmetric(matrix: Matrix): Matrix {
  return matrix.map((row, i) => row.map((value, j) => (value + entry(matrix, j, i)) / 2));
}
