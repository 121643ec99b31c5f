// Laws of giving a basket for what is wanted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetworkError } from '../network/index.ts';
import type * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const pool = (one: number, other: number, depth: number, fee = 0.003): Program.Model => ({
  kind: 'constant-product',
  tokens: [one, other],
  reserves: [depth, depth],
  fee,
});

const depth = fc.double({ min: 4, max: 7, noNaN: true }).map((digits) => 10 ** digits);
const gives = fc.double({ min: 1, max: 1e5, noNaN: true });

const tender = (give: readonly number[], values: readonly number[]): Goal.Tender => ({
  kind: 'tender',
  give,
  values,
  prices: give.map(() => 1),
});

describe('a tender', () => {
  test('through one pool receives what the pool gives', () => {
    fc.assert(
      fc.property(depth, gives, (deep, given) => {
        const { net, value, closed } = solveProgram(Program.of(2, [pool(0, 1, deep)]), tender([given, 0], [0, 1]));
        const due = (deep * 0.997 * given) / (deep + 0.997 * given);
        expect(closed).toBe(true);
        expect(Math.abs(value - due)).toBeLessThanOrEqual(1e-9 * due);
        expect(-(net[0] ?? NaN)).toBeLessThanOrEqual(given);
      }),
      { numRuns: 100 },
    );
  });

  test('of more, or through more pools, never receives less; nothing of what it passes through is left or owed', () => {
    fc.assert(
      fc.property(fc.tuple(depth, depth, depth), gives, gives, (deep, one, other) => {
        const models = [pool(0, 2, deep[0]), pool(1, 2, deep[1]), pool(2, 3, deep[2])];
        const ask = (give: readonly number[], more: readonly Program.Model[]) =>
          solveProgram(Program.of(4, [...models, ...more]), tender(give, [0, 0, 0, 1]));
        const [less, more] = [ask([one, 0, 0, 0], []), ask([one, other, 0, 0], [])];
        const wide = ask([one, other, 0, 0], [pool(0, 3, 1e5), pool(1, 3, 1e5, 0.01)]);
        expect(more.value).toBeGreaterThanOrEqual(less.value * (1 - 1e-9));
        expect(wide.value).toBeGreaterThanOrEqual(more.value * (1 - 1e-9));
        for (const { net, prices, gap } of [less, more, wide]) {
          expect(net[2]).toBeGreaterThanOrEqual(0);
          // What is left is part of the gap, at the prices that prove it.
          expect((net[2] ?? NaN) * (prices[2] ?? NaN)).toBeLessThanOrEqual(gap + 1e-9 * one);
          expect(net[0]).toBeGreaterThanOrEqual(-one);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('keeps what no market gives anything for', () => {
    const { net, closed } = solveProgram(Program.of(3, [pool(0, 1, 1e6)]), tender([10, 0, 10], [0, 1, 0]));
    expect(net[2]).toBe(0);
    expect(closed).toBe(true);
  });

  test('of what it wants is refused', () => {
    expect(() => solveProgram(Program.of(2, [pool(0, 1, 1e6)]), tender([1, 1], [0, 1]))).toThrow(NetworkError);
    expect(() => solveProgram(Program.of(2, [pool(0, 1, 1e6)]), tender([1, 1], [0, 1]))).toThrow('give[1]: 1');
    expect(() => solveProgram(Program.of(2, [pool(0, 1, 1e6)]), tender([1, -1], [0, 1]))).toThrow('give[1]: -1');
    expect(() => solveProgram(Program.of(2, [pool(0, 1, 1e6)]), tender([1, 0], [0, 0]))).toThrow('only zeros');
  });
});
