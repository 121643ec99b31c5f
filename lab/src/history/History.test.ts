import { describe, expect, test } from 'vitest';
import * as History from './History.ts';

const history: History.History = {
  symbols: ['A', 'B'],
  times: [10, 20, 50],
  prices: [
    [1n, 2n, 3n],
    [4n, 5n, 6n],
  ],
  source: 'a test',
};

describe('a history', () => {
  test('gives series by symbol and rows by index, and says what it does not have', () => {
    expect(History.series(history, 'B')).toEqual([4n, 5n, 6n]);
    expect(History.row(history, 1)).toEqual([2n, 5n]);
    expect(() => History.series(history, 'C')).toThrow(/a test has A, B, but not C/);
    expect(() => History.row(history, 3)).toThrow(RangeError);
  });

  test('is cut to a span, both ends included', () => {
    expect(History.between(history, 11, 50)).toMatchObject({
      times: [20, 50],
      prices: [
        [2n, 3n],
        [5n, 6n],
      ],
    });
    expect(History.between(history, 0, 20).times).toEqual([10, 20]);
    expect(() => History.between(history, 21, 49)).toThrow(/nothing from 21 to 49/);
    expect(() => History.between(history, 51, 99)).toThrow(RangeError);
  });

  test('knows its longest step', () => {
    expect(History.longestStep(history)).toBe(30);
    expect(History.longestStep(History.between(history, 10, 10))).toBe(0);
  });
});
