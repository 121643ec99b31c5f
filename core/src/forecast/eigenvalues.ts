// The eigenvalues alone: whether a matrix is a covariance needs no more.

import { diagonalise } from './diagonalise.ts';

/** Compute all eigenvalues of a symmetric matrix, in no order. */
export function eigenvalues(symmetric: readonly (readonly number[])[]): readonly number[] {
  return diagonalise(symmetric).values;
}
