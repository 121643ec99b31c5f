// A symmetric matrix in its own axes, small enough that the oldest method is also the most exact one.

/** Hold the eigenvalues of a symmetric matrix, in no order, and for each its eigenvector of length one. */
export type Diagonal = {
  readonly values: readonly number[];
  readonly vectors: readonly (readonly number[])[];
};

/** An entry that is no larger beside the matrix (by the sum of its squares) is rounding. */
const ROUNDING = 1e-16;

/** Find all eigenvalues and eigenvectors by rotating the off-diagonal entries away (Jacobi, 1846). */
export function diagonalise(symmetric: readonly (readonly number[])[]): Diagonal {
  const size = symmetric.length;
  // Flat and of one kind: every entry is read and written a hundred times.
  const matrix = Float64Array.from(symmetric.flat());
  const vectors = Float64Array.from({ length: size * size }, (_, place) => (place % (size + 1) === 0 ? 1 : 0));
  const small = ROUNDING * Math.sqrt(matrix.reduce((total, value) => total + value ** 2, 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const off = Math.abs(matrix[p * size + q] ?? NaN);
        rest = Math.max(rest, off);
        if (off > small) rotate(matrix, vectors, size, p, q);
      }
    }
    if (rest <= small) break;
  }
  return {
    values: symmetric.map((_, axis) => matrix[axis * (size + 1)] ?? NaN),
    vectors: symmetric.map((_, axis) => [...vectors.subarray(axis * size, (axis + 1) * size)]),
  };
}

/** Turn the plane of axes p and q until their entry is zero. */
function rotate(matrix: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const off = matrix[p * size + q] ?? NaN;
  const slope = ((matrix[q * (size + 1)] ?? NaN) - (matrix[p * (size + 1)] ?? NaN)) / (2 * off);
  // Not Math.hypot, which takes ten times as long; a slope whose square is infinite is a turn by nothing either way.
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(slope ** 2 + 1));
  const cosine = 1 / Math.sqrt(tangent ** 2 + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) mix(matrix, k * size + p, k * size + q, cosine, sine);
  for (let k = 0; k < size; k++) {
    mix(matrix, p * size + k, q * size + k, cosine, sine);
    mix(vectors, p * size + k, q * size + k, cosine, sine);
  }
}

function mix(values: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const a = values[i] ?? NaN;
  const b = values[j] ?? NaN;
  values[i] = cosine * a - sine * b;
  values[j] = sine * a + cosine * b;
}
