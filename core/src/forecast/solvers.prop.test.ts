// Small solvers, each held against the equation that it solves.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagonalise } from './diagonalise.ts';
import { findRoot } from './findRoot.ts';
import { solveBanded } from './solveBanded.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('the axes of a symmetric matrix', () => {
  const matrices = fc
    .integer({ min: 1, max: 6 })
    .chain((n) =>
      fc
        .array(fc.array(real(-10, 10), { minLength: n, maxLength: n }), { minLength: n, maxLength: n })
        .map((raw) => raw.map((row, i) => row.map((value, j) => value + (raw[j]?.[i] ?? 0)))),
    );

  test('are of length one, at right angles, and carry the matrix', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const { values, vectors } = diagonalise(matrix);
        const dot = (one: readonly number[], other: readonly number[]) =>
          one.reduce((total, value, i) => total + value * (other[i] ?? 0), 0);
        vectors.forEach((one, i) => {
          vectors.forEach((other, j) => expect(dot(one, other)).toBeCloseTo(i === j ? 1 : 0, 10));
          const carried = matrix.map((row) => dot(row, one));
          carried.forEach((value, j) => expect(value).toBeCloseTo((values[i] ?? 0) * (one[j] ?? 0), 9));
        });
      }),
    );
  });
});

describe('where a curve crosses zero', () => {
  test('is found to the last digit, rising or falling', () => {
    fc.assert(
      fc.property(real(-5, 5), fc.constantFrom(1, -1), (root, sign) => {
        const found = findRoot((x) => sign * (x ** 3 - root ** 3), -10, 10);
        expect(Math.abs(found ** 3 - root ** 3)).toBeLessThanOrEqual(1e-12);
      }),
    );
  });

  test('is not guessed where the ends are on one side', () => {
    expect(() => findRoot((x) => x ** 2 + 1, -1, 1)).toThrow('forecast at [-1, 1]: 2 and 2 at the ends');
    expect(() => findRoot(() => NaN, 0, 1)).toThrow('forecast at [0, 1]');
  });
});

describe('equations of neighbours', () => {
  const chains = fc.integer({ min: 1, max: 12 }).chain((size) =>
    fc.record({
      width: fc.integer({ min: 1, max: 3 }),
      off: fc.array(real(-1, 0), { minLength: size * 7, maxLength: size * 7 }),
      sides: fc.array(fc.array(real(-5, 5), { minLength: size, maxLength: size }), { minLength: 1, maxLength: 2 }),
    }),
  );

  test('are solved for every right-hand side', () => {
    fc.assert(
      fc.property(chains, ({ width, off, sides }) => {
        const size = sides[0]?.length ?? 0;
        const entry = (i: number, j: number) =>
          i === j ? 7 : Math.abs(i - j) <= width && j >= 0 && j < size ? (off[i * 7 + j - i + 3] ?? 0) : 0;
        const stride = 2 * width + 1;
        const entries = Float64Array.from({ length: size * stride }, (_, at) => {
          const i = Math.floor(at / stride);
          return entry(i, i + (at % stride) - width);
        });
        const solved = sides.map((side) => Float64Array.from(side));
        solveBanded({ size, width, entries }, solved);
        solved.forEach((x, s) => {
          for (let i = 0; i < size; i++) {
            const left = x.reduce((total, value, j) => total + entry(i, j) * value, 0);
            expect(left).toBeCloseTo(sides[s]?.[i] ?? NaN, 9);
          }
        });
      }),
    );
  });

  test('without a solution are refused', () => {
    const nothing = { size: 1, width: 1, entries: new Float64Array(3) };
    expect(() => solveBanded(nothing, [new Float64Array(1)])).toThrow('forecast at matrix[0][0]');
  });
});
