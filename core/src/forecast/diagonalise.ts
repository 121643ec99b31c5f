// A symmetric matrix in its own axes, small enough that the oldest method is also the most exact one.

import { at } from './Numbers.ts';

/** Hold the eigenvalues of a symmetric matrix, in no order, and for each its eigenvector of length one. */
export type Diagonal = {
  readonly values: readonly number[];
  readonly vectors: readonly (readonly number[])[];
};

/** An entry that is no larger beside the matrix (by the sum of its squares) is rounding. */
const ROUNDING = 1e-16;

/** Find all eigenvalues and eigenvectors by rotating the off-diagonal entries away (Jacobi, 1846). */
export function diagonalise(symmetric: readonly (readonly number[])[]): Diagonal {
  const matrix = symmetric.map((row) => [...row]);
  const vectors = symmetric.map((_, i) => symmetric.map((__, j) => (i === j ? 1 : 0)));
  const size = Math.sqrt(symmetric.flat().reduce((total, value) => total + value ** 2, 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (let p = 0; p < matrix.length; p++) {
      for (let q = p + 1; q < matrix.length; q++) {
        const off = Math.abs(at(at(matrix, p), q));
        rest = Math.max(rest, off);
        if (off > ROUNDING * size) rotate(matrix, vectors, p, q);
      }
    }
    if (rest <= ROUNDING * size) break;
  }
  return { values: matrix.map((row, index) => at(row, index)), vectors };
}

/** Turn the plane of axes p and q until their entry is zero. */
function rotate(matrix: readonly number[][], vectors: readonly number[][], p: number, q: number): void {
  const off = at(at(matrix, p), q);
  const slope = (at(at(matrix, q), q) - at(at(matrix, p), p)) / (2 * off);
  // Not Math.hypot, which takes ten times as long; a slope whose square is infinite is a turn by nothing either way.
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(slope ** 2 + 1));
  const cosine = 1 / Math.sqrt(tangent ** 2 + 1);
  const sine = tangent * cosine;
  for (const row of matrix) mix(row, p, row, q, cosine, sine);
  for (const rows of [matrix, vectors]) {
    const one = at(rows, p);
    const other = at(rows, q);
    for (let k = 0; k < rows.length; k++) mix(one, k, other, k, cosine, sine);
  }
}

function mix(one: number[], i: number, other: number[], j: number, cosine: number, sine: number): void {
  const a = at(one, i);
  const b = at(other, j);
  one[i] = cosine * a - sine * b;
  other[j] = sine * a + cosine * b;
}
