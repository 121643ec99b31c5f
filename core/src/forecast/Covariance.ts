// How assets move together. Everything downstream inverts or minimises over this matrix, and an optimiser finds exactly
// the errors in it: hence the shrinkage, and the check that no portfolio has a variance below zero.

import { dot, entry } from './Matrix.ts';
import { at, check, checkInside, checkSameLength, ForecastError, mean, sum } from './Numbers.ts';
import { eigenvalues } from './eigenvalues.ts';

/** Hold a symmetric matrix by rows, {1/step} for returns per step. */
export type Covariance = readonly (readonly number[])[];

/** Estimate from returns, one list per asset over the same steps, n − 1 in the denominator. At least two steps. */
export function sample(returns: readonly (readonly number[])[]): Covariance {
  const centred = centre(returns);
  return products(centred, (one, other) => dot(one, other) / (one.length - 1));
}

/** Follow Σ' = λΣ + (1 − λ)rr' from the covariance `from` (RiskMetrics, 1996); no mean is removed. */
export function ewma(returns: readonly (readonly number[])[], lambda: number, from: Covariance): Covariance {
  checkReturns(returns, 1);
  checkInside(lambda, 0, 1, 'lambda');
  checkSquare(from, 'from');
  checkSameLength(returns, from, 'from');
  return returns.map((one, i) =>
    returns.map((other, j) =>
      one.reduce((before, value, step) => lambda * before + (1 - lambda) * value * at(other, step), entry(from, i, j)),
    ),
  );
}

/** Hold a shrunk covariance, the share `intensity` [0, 1] of the target in it, and the mean correlation of that target. */
export type Shrunk = {
  readonly covariance: Covariance;
  readonly intensity: number;
  readonly correlation: number;
};

/**
 * Shrink the sample covariance towards constant correlation: the same variances, every correlation the mean of all
 * (Ledoit and Wolf, "Honey, I shrunk the sample covariance matrix", 2003/2004, appendix B). The intensity κ/T is
 * estimated from the data and held to [0, 1]. As in the source, the denominator is T, not T − 1.
 * With one or two assets the target is the sample itself and nothing is shrunk.
 */
export function ledoitWolf(returns: readonly (readonly number[])[]): Shrunk {
  const centred = centre(returns);
  const steps = at(centred, 0).length;
  const covariance = products(centred, (one, other) => dot(one, other) / steps);
  const correlation = meanCorrelation(covariance);
  const target = covariance.map((row, i) =>
    row.map((value, j) =>
      i === j ? value : correlation * Math.sqrt(entry(covariance, i, i) * entry(covariance, j, j)),
    ),
  );
  const distance = sum(covariance.flatMap((row, i) => row.map((value, j) => (entry(target, i, j) - value) ** 2)));
  const size = sum(covariance.flatMap((row) => row.map((value) => value ** 2)));
  if (centred.length < 3 || distance <= 1e-24 * size) return { covariance, intensity: 0, correlation };
  const kappa = (noise(centred, covariance) - overlap(centred, covariance, correlation)) / distance;
  const intensity = Math.min(1, Math.max(0, kappa / steps));
  const shrunk = covariance.map((row, i) =>
    row.map((value, j) => (i === j ? value : intensity * entry(target, i, j) + (1 - intensity) * value)),
  );
  return { covariance: shrunk, intensity, correlation };
}

/** Divide out the volatilities. Throws ForecastError on an asset of no variance. */
export function correlation(covariance: Covariance): Covariance {
  checkSquare(covariance, 'covariance');
  const deviations = covariance.map((row, i) => {
    const variance = at(row, i);
    if (variance > 0) return Math.sqrt(variance);
    throw new ForecastError(`covariance[${i}][${i}]`, `${variance}`, 'leave the asset out: it never moved');
  });
  return covariance.map((row, i) =>
    row.map((value, j) => (i === j ? 1 : value / (at(deviations, i) * at(deviations, j)))),
  );
}

/** Say whether no portfolio has a variance below zero, up to rounding: 1e-12 of the largest eigenvalue per asset. Errors name `path`. */
export function isPositiveSemidefinite(covariance: Covariance, path = 'covariance'): boolean {
  checkSquare(covariance, path);
  if (isClearlyPositive(covariance)) return true;
  const values = eigenvalues(covariance);
  const largest = Math.max(...values.map(Math.abs));
  return values.every((value) => value >= -1e-12 * largest * values.length);
}

/** Say whether elimination leaves every asset a part of its variance: true of nearly all, and far cheaper than eigenvalues. */
function isClearlyPositive(covariance: Covariance): boolean {
  const left = covariance.map((row) => [...row]);
  for (const [k, row] of left.entries()) {
    const pivot = at(row, k);
    if (!(pivot > 1e-9 * entry(covariance, k, k))) return false;
    for (const below of left.slice(k + 1)) {
      const factor = at(below, k) / pivot;
      for (let j = k + 1; j < row.length; j++) below[j] = at(below, j) - factor * at(row, j);
    }
  }
  return true;
}

/**
 * Compute the variance w'Σw of a portfolio in the units of Σ; of deviations from a target it is the tracking variance.
 * Throws ForecastError where it is negative by more than rounding.
 */
export function variance(covariance: Covariance, weights: readonly number[]): number {
  checkSquare(covariance, 'covariance');
  check(weights, 'weights', 1);
  checkSameLength(covariance, weights, 'weights');
  const found = sum(covariance.map((row, i) => at(weights, i) * dot(row, weights)));
  if (found < 0 && !isPositiveSemidefinite(covariance)) {
    throw new ForecastError('covariance', 'a portfolio of negative variance', 'estimate it with ledoitWolf');
  }
  return Math.max(0, found);
}

/** Compute the tracking error √(δ'Σδ), δ the weights held less those of the benchmark. */
export function trackingError(covariance: Covariance, held: readonly number[], benchmark: readonly number[]): number {
  check(held, 'held', 1);
  checkSameLength(covariance, held, 'held');
  check(benchmark, 'benchmark', 1);
  checkSameLength(covariance, benchmark, 'benchmark');
  const active = held.map((weight, index) => weight - at(benchmark, index));
  return Math.sqrt(variance(covariance, active));
}

/** π: how much the entries of the sample vary, summed. */
function noise(centred: readonly (readonly number[])[], covariance: Covariance): number {
  return sum(
    centred.flatMap((one, i) =>
      centred.map((other, j) => mean(one.map((value, t) => (value * at(other, t) - entry(covariance, i, j)) ** 2))),
    ),
  );
}

/** ρ: how much the entries of the target vary with those of the sample, summed. */
function overlap(centred: readonly (readonly number[])[], covariance: Covariance, common: number): number {
  const own = centred.map((one, i) => mean(one.map((value) => (value ** 2 - entry(covariance, i, i)) ** 2)));
  const theta = (i: number, j: number) =>
    mean(
      at(centred, i).map(
        (value, t) =>
          (value ** 2 - entry(covariance, i, i)) * (value * at(at(centred, j), t) - entry(covariance, i, j)),
      ),
    );
  // The two halves of the formula are each other's mirror image, so that one, counted twice, is the sum over all pairs.
  const pairs = centred.flatMap((_, i) =>
    centred.map((__, j) => (i === j ? 0 : Math.sqrt(entry(covariance, j, j) / entry(covariance, i, i)) * theta(i, j))),
  );
  return sum(own) + common * sum(pairs);
}

function meanCorrelation(covariance: Covariance): number {
  const assets = covariance.length;
  if (assets === 1) return 1;
  return (sum(correlation(covariance).flat()) - assets) / (assets * (assets - 1));
}

function centre(returns: readonly (readonly number[])[]): readonly (readonly number[])[] {
  checkReturns(returns, 2);
  return returns.map((values, asset) => {
    const middle = mean(values);
    const centred = values.map((value) => value - middle);
    if (dot(centred, centred) > 1e-24 * dot(values, values)) return centred;
    throw new ForecastError(
      `returns[${asset}]`,
      'the same return at every step',
      'leave the asset out: it never moved',
    );
  });
}

function products(
  lists: readonly (readonly number[])[],
  of: (one: readonly number[], other: readonly number[]) => number,
): Covariance {
  return lists.map((one) => lists.map((other) => of(one, other)));
}

function checkReturns(returns: readonly (readonly number[])[], least: number): void {
  if (returns.length === 0) throw new ForecastError('returns', 'no assets', 'give one list of returns per asset');
  for (const [asset, values] of returns.entries()) {
    check(values, `returns[${asset}]`, least);
    checkSameLength(at(returns, 0), values, `returns[${asset}]`);
  }
}

function checkSquare(matrix: Covariance, path: string): void {
  if (matrix.length === 0) throw new ForecastError(path, 'no rows', 'give one row per asset');
  for (const [i, row] of matrix.entries()) {
    check(row, `${path}[${i}]`, 1);
    checkSameLength(matrix, row, `${path}[${i}]`);
  }
  for (const [i, row] of matrix.entries()) {
    for (const [j, value] of row.entries()) {
      const mirrored = entry(matrix, j, i);
      if (Math.abs(value - mirrored) <= 1e-12 * (Math.abs(value) + Math.abs(mirrored))) continue;
      throw new ForecastError(`${path}[${i}][${j}]`, `${value} beside ${mirrored}`, 'give a symmetric matrix');
    }
  }
}
