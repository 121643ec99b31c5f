// Small dense matrices by rows: as much linear algebra as the forecasts need, exact to rounding and refusing what has no
// answer.

import { at, check, checkSameLength, ForecastError, sum } from './Numbers.ts';

/** Hold numbers by rows of equal length. */
export type Matrix = readonly (readonly number[])[];

/** Refuse what is not a matrix of finite numbers with as many rows as columns. Throws ForecastError. */
export function checkSquare(matrix: Matrix, path: string): void {
  if (!Array.isArray(matrix) || matrix.length === 0) {
    throw new ForecastError(path, 'no rows', 'give one row per asset');
  }
  for (const [i, row] of matrix.entries()) {
    check(row, `${path}[${i}]`, 1);
    checkSameLength(matrix, row, `${path}[${i}]`);
  }
}

/** Take one entry. Throws ForecastError where there is none. */
export function entry(matrix: Matrix, row: number, column: number): number {
  return at(at(matrix, row), column);
}

/** Multiply two lists of one length entry by entry and add up. */
export function dot(one: readonly number[], other: readonly number[]): number {
  let total = 0;
  for (let index = 0; index < one.length; index++) total += at(one, index) * at(other, index);
  return total;
}

/** Make the identity of a size from 1. */
export function identity(size: number): Matrix {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
}

/** Add two matrices of one shape. */
export function add(one: Matrix, other: Matrix): Matrix {
  return one.map((row, i) => row.map((value, j) => value + entry(other, i, j)));
}

/** Multiply; as many columns in `one` as rows in `other`. */
export function multiply(one: Matrix, other: Matrix): Matrix {
  const width = at(other, 0).length;
  return one.map((row) => {
    const product: number[] = Array.from({ length: width }, () => 0);
    for (const [k, value] of row.entries()) {
      const line = at(other, k);
      for (let j = 0; j < width; j++) product[j] = (product[j] ?? NaN) + value * (line[j] ?? NaN);
    }
    return product;
  });
}

/** Turn rows into columns. */
export function transpose(matrix: Matrix): Matrix {
  return at(matrix, 0).map((_, j) => matrix.map((row) => at(row, j)));
}

/** Multiply each row with a list of numbers and add up. */
export function times(matrix: Matrix, values: readonly number[]): readonly number[] {
  return matrix.map((row) => sum(row.map((value, j) => value * at(values, j))));
}

/**
 * Solve Ax = b by elimination with the largest pivot of each column. Throws ForecastError where A is singular: a pivot
 * below 1e-13 of its largest entry.
 */
export function solve(matrix: Matrix, values: readonly number[]): readonly number[] {
  checkSquare(matrix, 'matrix');
  checkSameLength(matrix, values, 'values');
  const size = matrix.length;
  const largest = Math.max(...matrix.flat().map(Math.abs));
  const rows = matrix.map((row, i) => [...row, at(values, i)]);
  for (let column = 0; column < size; column++) {
    const pivot = pivotOf(rows, column);
    if (!(Math.abs(entry(rows, pivot, column)) > 1e-13 * largest)) {
      throw new ForecastError('matrix', 'a singular matrix', 'leave out what follows from the rest');
    }
    [rows[column], rows[pivot]] = [at(rows, pivot), at(rows, column)];
    for (let below = column + 1; below < size; below++) eliminate(at(rows, below), at(rows, column), column);
  }
  const solved: number[] = Array.from({ length: size }, () => 0);
  for (let i = size - 1; i >= 0; i--) {
    const row = at(rows, i);
    const known = sum(solved.slice(i + 1).map((value, k) => value * at(row, i + 1 + k)));
    solved[i] = (at(row, size) - known) / at(row, i);
  }
  return solved;
}

function pivotOf(rows: Matrix, column: number): number {
  let best = column;
  for (let row = column + 1; row < rows.length; row++) {
    if (Math.abs(entry(rows, row, column)) > Math.abs(entry(rows, best, column))) best = row;
  }
  return best;
}

function eliminate(row: number[], by: readonly number[], column: number): void {
  const share = at(row, column) / at(by, column);
  for (let k = column; k < row.length; k++) row[k] = at(row, k) - share * at(by, k);
}
