// Linear equations of a symmetric matrix that may be singular: a price that nothing trades on has no curvature.

import { at } from '../../forecast/Numbers.ts';

/** A pivot below this share of its diagonal entry is rounding. */
const ROUNDING = 1e-15;

/** Solve matrix·x = b by L·D·L', of the matrix only its lower half; along a direction without curvature x stays where it is. */
export function solveSemidefinite(matrix: readonly (readonly number[])[], b: readonly number[]): readonly number[] {
  const lower: (readonly number[])[] = [];
  const inverses: number[] = [];
  const x: number[] = [];
  for (const [i, row] of matrix.entries()) {
    const own: number[] = [];
    const scaled: number[] = [];
    let pivot = at(row, i);
    let right = at(b, i);
    for (let j = 0; j < i; j++) {
      const above = at(lower, j);
      let entry = at(row, j);
      for (let k = 0; k < j; k++) entry -= at(scaled, k) * at(above, k);
      const share = entry * at(inverses, j);
      own.push(share);
      scaled.push(at(inverses, j) === 0 ? 0 : entry);
      pivot -= share * entry;
      right -= share * at(x, j);
    }
    inverses.push(pivot > ROUNDING * at(row, i) ? 1 / pivot : 0);
    lower.push(own);
    x.push(right);
  }
  return backward(
    lower,
    x.map((right, i) => right * at(inverses, i)),
  );
}

/** Solve L'·x = y. */
function backward(lower: readonly (readonly number[])[], y: readonly number[]): readonly number[] {
  const x = [...y];
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = 0; j < i; j++) x[j] = at(x, j) - at(at(lower, i), j) * at(x, i);
  }
  return x;
}
