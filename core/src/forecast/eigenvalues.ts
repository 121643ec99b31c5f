// The eigenvalues of a symmetric matrix, small enough that the oldest method is also the most exact one.

import { at } from './Numbers.ts';

/** Compute all eigenvalues by rotating the largest off-diagonal entries away (Jacobi, 1846), in no order. */
export function eigenvalues(symmetric: readonly (readonly number[])[]): readonly number[] {
  const matrix = symmetric.map((row) => [...row]);
  const size = Math.sqrt(symmetric.flat().reduce((total, value) => total + value ** 2, 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (let p = 0; p < matrix.length; p++) {
      for (let q = p + 1; q < matrix.length; q++) {
        rest = Math.max(rest, Math.abs(at(at(matrix, p), q)));
        rotate(matrix, p, q);
      }
    }
    if (rest <= 1e-16 * size) break;
  }
  return matrix.map((row, index) => at(row, index));
}

/** Turn the plane of axes p and q until their entry is zero. */
function rotate(matrix: readonly number[][], p: number, q: number): void {
  const off = at(at(matrix, p), q);
  if (off === 0) return;
  const slope = (at(at(matrix, q), q) - at(at(matrix, p), p)) / (2 * off);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(slope, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of matrix) mix(row, p, row, q, cosine, sine);
  const [one, other] = [at(matrix, p), at(matrix, q)];
  for (let k = 0; k < matrix.length; k++) mix(one, k, other, k, cosine, sine);
}

function mix(one: number[], i: number, other: number[], j: number, cosine: number, sine: number): void {
  const [a, b] = [at(one, i), at(other, j)];
  one[i] = cosine * a - sine * b;
  other[j] = sine * a + cosine * b;
}
