// A symmetric matrix in its own axes, small enough that the oldest method is also the most exact one.

import { at } from './Numbers.ts';

/** Hold the eigenvalues of a symmetric matrix, in no order, and for each its eigenvector of length one. */
export type Diagonal = {
  readonly values: readonly number[];
  readonly vectors: readonly (readonly number[])[];
};

/** Find all eigenvalues and eigenvectors by rotating the off-diagonal entries away (Jacobi, 1846). */
export function diagonalise(symmetric: readonly (readonly number[])[]): Diagonal {
  const matrix = symmetric.map((row) => [...row]);
  const vectors = symmetric.map((_, i) => symmetric.map((__, j) => (i === j ? 1 : 0)));
  const size = Math.sqrt(symmetric.flat().reduce((total, value) => total + value ** 2, 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (let p = 0; p < matrix.length; p++) {
      for (let q = p + 1; q < matrix.length; q++) {
        rest = Math.max(rest, Math.abs(at(at(matrix, p), q)));
        rotate(matrix, vectors, p, q);
      }
    }
    if (rest <= 1e-16 * size) break;
  }
  return { values: matrix.map((row, index) => at(row, index)), vectors };
}

/** Turn the plane of axes p and q until their entry is zero. */
function rotate(matrix: readonly number[][], vectors: readonly number[][], p: number, q: number): void {
  const off = at(at(matrix, p), q);
  if (off === 0) return;
  const slope = (at(at(matrix, q), q) - at(at(matrix, p), p)) / (2 * off);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(slope, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of matrix) mix(row, p, row, q, cosine, sine);
  for (const rows of [matrix, vectors]) {
    const [one, other] = [at(rows, p), at(rows, q)];
    for (let k = 0; k < rows.length; k++) mix(one, k, other, k, cosine, sine);
  }
}

function mix(one: number[], i: number, other: number[], j: number, cosine: number, sine: number): void {
  const [a, b] = [at(one, i), at(other, j)];
  one[i] = cosine * a - sine * b;
  other[j] = sine * a + cosine * b;
}
