// Linear equations of neighbours on a grid: nothing but a band around the diagonal is stored, and nothing else is touched.

import { ForecastError } from './Numbers.ts';

/** Hold a square matrix of `size` rows whose entries lie within `width` of the diagonal: entry (i, j) at i(2·width + 1) + j − i + width. */
export type Banded = { readonly size: number; readonly width: number; readonly entries: Float64Array };

/**
 * Solve for several right-hand sides at once, in place: matrix and right-hand sides are overwritten. Eliminates without exchanging
 * rows, which is stable for the matrices of Markov chains (diagonally dominant). Throws ForecastError on a zero pivot.
 */
export function solveBanded({ size, width, entries }: Banded, sides: readonly Float64Array[]): void {
  const stride = 2 * width;
  for (let pivot = 0; pivot < size; pivot++) {
    const row = pivot * (stride + 1) + width;
    const diagonal = entries[row] ?? 0;
    if (diagonal === 0)
      throw new ForecastError(`matrix[${pivot}][${pivot}]`, '0', 'give a matrix that can be inverted');
    const last = Math.min(width, size - 1 - pivot);
    for (let below = 1; below <= last; below++) {
      const start = row + below * stride;
      const factor = (entries[start] ?? 0) / diagonal;
      if (factor === 0) continue;
      for (let k = 1; k <= last; k++) entries[start + k] = (entries[start + k] ?? 0) - factor * (entries[row + k] ?? 0);
      for (const side of sides) side[pivot + below] = (side[pivot + below] ?? 0) - factor * (side[pivot] ?? 0);
    }
  }
  for (const side of sides) substitute({ size, width, entries }, side);
}

function substitute({ size, width, entries }: Banded, side: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const row = i * (2 * width + 1) + width;
    let value = side[i] ?? 0;
    for (let k = Math.min(width, size - 1 - i); k >= 1; k--) value -= (entries[row + k] ?? 0) * (side[i + k] ?? 0);
    side[i] = value / (entries[row] ?? 1);
  }
}
