// A positive definite matrix as L·L', L lower triangular: how a covariance is solved against without ever inverting it,
// and the cheapest proof that no portfolio in it is without variance.

import { at, ForecastError } from '../../forecast/Numbers.ts';

/** Hold L by rows, each up to its diagonal. */
export type Cholesky = readonly (readonly number[])[];

/** A pivot below this share of its diagonal entry is rounding, not variance. */
const SINGULAR = 1e-10;

/** Factorise a symmetric matrix. Throws ForecastError where it is not positive definite, up to a share of 1e-10. */
export function of(matrix: readonly (readonly number[])[], path: string): Cholesky {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const own: number[] = [];
    let pivot = at(row, i);
    for (let j = 0; j < i; j++) {
      const above = at(lower, j);
      const entry = (at(row, j) - dot(own, above)) / at(above, j);
      own.push(entry);
      pivot -= entry * entry;
    }
    if (!(pivot > SINGULAR * at(row, i))) {
      const found = 'a combination of assets without variance, or with a negative one,';
      throw new ForecastError(`${path}[${i}][${i}]`, found, 'estimate it with ledoitWolf, or leave out duplicates');
    }
    own.push(Math.sqrt(pivot));
    lower.push(own);
  }
  return lower;
}

/** Solve L·y = b. */
export function forward(lower: Cholesky, b: readonly number[]): readonly number[] {
  const y: number[] = [];
  for (const [i, row] of lower.entries()) y.push((at(b, i) - dot(y, row)) / at(row, i));
  return y;
}

/** Solve L'·x = y. */
export function backward(lower: Cholesky, y: readonly number[]): readonly number[] {
  const x = [...y];
  for (let i = lower.length - 1; i >= 0; i--) {
    const row = at(lower, i);
    const own = at(x, i) / at(row, i);
    x[i] = own;
    for (let j = 0; j < i; j++) x[j] = (x[j] ?? NaN) - own * (row[j] ?? NaN);
  }
  return x;
}

/** Refuse a correlation matrix in which some portfolio has a negative variance; assets that follow from others pass. Throws ForecastError. */
export function checkSemidefinite(correlation: readonly (readonly number[])[]): void {
  of(
    correlation.map((row, i) => row.map((value, j) => (i === j ? value + 10 * SINGULAR : value))),
    'covariance',
  );
}

/** Multiply the shorter list into the longer one's first entries. */
function dot(shorter: readonly number[], longer: readonly number[]): number {
  let total = 0;
  for (let index = 0; index < shorter.length; index++) total += (shorter[index] ?? NaN) * (longer[index] ?? NaN);
  return total;
}
