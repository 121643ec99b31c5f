// A line through noisy points, with how far off it may be: the workhorse behind every fitted coefficient.

import * as Matrix from './Matrix.ts';
import { at, check, checkSameLength, ForecastError } from './Numbers.ts';

/** Hold the coefficients, their standard errors, and the standard deviation of what they leave unexplained. */
export type Line = {
  readonly coefficients: readonly number[];
  readonly errors: readonly number[];
  readonly residual: number;
};

/**
 * Fit y ≈ Xb by least squares (Gauss, 1809), `rows` the rows of X; give a column of ones for an intercept. Standard errors
 * are √(s²(X'X)⁻¹), right for equal and independent noise. Columns are scaled to length one, so that units do not matter.
 * Throws ForecastError below one row more than columns, and on columns that follow from each other.
 */
export function leastSquares(rows: Matrix.Matrix, values: readonly number[]): Line {
  const width = at(rows, 0).length;
  check(values, 'values', width + 1);
  checkSameLength(values, rows, 'rows');
  for (const [index, row] of rows.entries()) {
    check(row, `rows[${index}]`, 1);
    checkSameLength(at(rows, 0), row, `rows[${index}]`);
  }
  const columns = Matrix.transpose(rows);
  const lengths = columns.map((column) => Math.hypot(...column));
  if (lengths.includes(0)) throw new ForecastError('rows', 'a column of zeros', 'leave it out');
  const scaled = columns.map((column, k) => column.map((value) => value / at(lengths, k)));
  const products = scaled.map((one) => scaled.map((other) => Matrix.dot(one, other)));
  const found = Matrix.solve(
    products,
    scaled.map((column) => Matrix.dot(column, values)),
  );
  const coefficients = found.map((value, k) => value / at(lengths, k));
  const rest = values.map((value, index) => value - Matrix.dot(at(rows, index), coefficients));
  const variance = Matrix.dot(rest, rest) / (values.length - width);
  const errors = lengths.map((length, k) => {
    const unit = lengths.map((_, other) => (other === k ? 1 : 0));
    return Math.sqrt(variance * Math.max(0, at(Matrix.solve(products, unit), k))) / length;
  });
  return { coefficients, errors, residual: Math.sqrt(variance) };
}
