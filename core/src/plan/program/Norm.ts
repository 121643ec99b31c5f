// How deviations from a target are measured together: by a covariance, two that cancel count for less than two alone. Deviations sum to
// zero, so only what the matrix does to such lists matters, and there it must be invertible: prices answer deviations.

import { diagonalise } from '../../forecast/diagonalise.ts';
import { at, sum } from '../../forecast/Numbers.ts';
import { NetworkError } from '../network/Network.ts';
import { real, whole } from './Flat.ts';

/** Hold a norm and its inverse on lists that sum to zero {1}, row by row; zero for tokens that a target does not count. */
export type Norm = { readonly matrix: Float64Array; readonly inverse: Float64Array };

/** What a deviation counts for at least {1} of what the worst of the same size does. */
const LEAST = 1e-8;
/** Eigenvalues below zero by more than this {1} of the largest are no rounding. */
const ROUNDING = 1e-12;

/** Lay out a symmetric matrix that is positive on lists that sum to zero. Throws NetworkError where it is not. */
export function of(rows: readonly (readonly number[])[], tracked: Int32Array): Norm {
  const size = tracked.length;
  check(rows, size);
  const own = Array.from(tracked.keys()).filter((j) => whole(tracked, j) === 1);
  const centred = centre(own.map((j) => own.map((k) => at(at(rows, j), k))));
  const trace = sum(centred.map((row, j) => at(row, j)));
  if (!(trace > 0)) throw new NetworkError('norm', `a trace of ${trace}`, 'give a covariance, or leave the norm out');
  // Lists of one number all through get a place of their own among the eigenvalues, and leave again when all is centred.
  const { values, vectors } = diagonalise(centred.map((row) => row.map((value) => value + trace / own.length ** 2)));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least < -ROUNDING * most) {
    throw new NetworkError('norm', `an eigenvalue of ${least}`, 'give a matrix that makes no deviation negative');
  }
  const lifted = values.map((value) => Math.max(value, LEAST * most));
  const spread = (factors: readonly number[]) =>
    flat(
      centre(
        own.map((_, j) =>
          own.map((__, k) =>
            sum(factors.map((one, index) => one * at(at(vectors, index), j) * at(at(vectors, index), k))),
          ),
        ),
      ),
      own,
      size,
    );
  return { matrix: spread(lifted), inverse: spread(lifted.map((value) => 1 / value)) };
}

/** Take the mean off every row and column. */
function centre(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const means = rows.map((row) => sum(row) / row.length);
  const mean = sum(means) / means.length;
  return rows.map((row, j) => row.map((value, k) => value - at(means, j) - at(means, k) + mean));
}

/** Lay rows out one after another, each entry at the place of its tokens. */
function flat(rows: readonly (readonly number[])[], own: readonly number[], size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (const [row, j] of own.entries()) {
    for (const [column, k] of own.entries()) matrix[j * size + k] = at(at(rows, row), column);
  }
  return matrix;
}

/** Multiply a flat matrix into a list. */
export function multiply(matrix: Float64Array, list: Float64Array, into: Float64Array): void {
  const size = list.length;
  for (let j = 0; j < size; j++) {
    let total = 0;
    for (let k = 0; k < size; k++) total += real(matrix, j * size + k) * real(list, k);
    into[j] = total;
  }
}

function check(rows: readonly (readonly number[])[], size: number): void {
  if (rows.length !== size) throw new NetworkError('norm', `${rows.length} rows`, `give ${size}`);
  for (const [j, row] of rows.entries()) {
    if (row.length !== size) throw new NetworkError(`norm[${j}]`, `${row.length} values`, `give ${size}`);
    for (const [k, value] of row.entries()) {
      const mirrored = at(at(rows, k), j);
      if (!Number.isFinite(value) || value !== mirrored) {
        throw new NetworkError(`norm[${j}][${k}]`, `${value} across from ${mirrored}`, 'give finite numbers, mirrored');
      }
    }
  }
}
