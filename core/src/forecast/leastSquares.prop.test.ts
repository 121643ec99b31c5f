import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leastSquares } from './leastSquares.ts';
import { at, ForecastError, mean, sum, variance } from './Numbers.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Points with an intercept and two columns that do not follow from each other. */
const points = fc
  .array(fc.tuple(real(-5, 5), real(-5, 5), real(-5, 5)), { minLength: 5, maxLength: 30 })
  .map((list) => ({
    rows: list.map(([x, z], index) => [1, x + index, z + (index % 3) * 20]),
    values: list.map(([, , y]) => y),
  }));

describe('least squares', () => {
  test('finds the line that points lie on', () => {
    fc.assert(
      fc.property(points, real(-10, 10), real(-10, 10), real(-10, 10), ({ rows }, a, b, c) => {
        const values = rows.map(([one = 0, x = 0, z = 0]) => a * one + b * x + c * z);
        const { coefficients, residual } = leastSquares(rows, values);
        for (const [k, wanted] of [a, b, c].entries()) expect(at(coefficients, k)).toBeCloseTo(wanted, 6);
        expect(residual).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  test('leaves nothing that any column could still explain', () => {
    fc.assert(
      fc.property(points, ({ rows, values }) => {
        const { coefficients } = leastSquares(rows, values);
        const rest = values.map((value, i) => value - sum(at(rows, i).map((x, k) => x * at(coefficients, k))));
        for (const k of [0, 1, 2]) {
          const column = rows.map((row) => at(row, k));
          const left = sum(rest.map((value, i) => value * at(column, i)));
          expect(Math.abs(left)).toBeLessThanOrEqual(1e-9 * Math.hypot(...column) * (1 + Math.hypot(...values)));
        }
      }),
    );
  });

  test('a column in another unit changes its own coefficient and error alone', () => {
    fc.assert(
      fc.property(points, real(1e-6, 1e6), ({ rows, values }, unit) => {
        const one = leastSquares(rows, values);
        const other = leastSquares(
          rows.map(([a = 0, b = 0, c = 0]) => [a, b * unit, c]),
          values,
        );
        expect(other.residual).toBeCloseTo(one.residual, 9);
        expect(at(other.errors, 1) * unit).toBeCloseTo(at(one.errors, 1), 6);
        expect(at(other.coefficients, 2)).toBeCloseTo(at(one.coefficients, 2), 6);
      }),
    );
  });

  test('of a column of ones is the mean, and its error that of a mean', () => {
    fc.assert(
      fc.property(fc.array(real(-10, 10), { minLength: 2, maxLength: 30 }), (values) => {
        const { coefficients, errors } = leastSquares(
          values.map(() => [1]),
          values,
        );
        expect(at(coefficients, 0)).toBeCloseTo(mean(values), 9);
        expect(at(errors, 0)).toBeCloseTo(Math.sqrt(variance(values) / values.length), 9);
      }),
    );
  });

  test.each([
    [
      'as many columns as rows',
      [
        [1, 2],
        [2, 1],
      ],
      [1, 2],
    ],
    [
      'a column twice',
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      [1, 2, 3],
    ],
    [
      'a column of zeros',
      [
        [1, 0],
        [2, 0],
        [3, 0],
      ],
      [1, 2, 3],
    ],
    ['a NaN', [[1], [Number.NaN], [3]], [1, 2, 3]],
    ['a value that is no number', [[1], [2], [3]], [1, Infinity, 3]],
    ['rows of unequal length', [[1], [2, 3], [3]], [1, 2, 3]],
    ['nothing', [], []],
  ])('refuses %s', (_, rows, values) => {
    expect(() => leastSquares(rows, values)).toThrow(ForecastError);
  });
});
