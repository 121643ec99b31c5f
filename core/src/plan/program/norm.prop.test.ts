// Laws of deviations that count together.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetworkError } from '../network/index.ts';
import type * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const PRICES = [1, 2_000, 0.3, 40];
const WORTH = 1e5;
const SEARCH = { gap: 1e-10, looks: 400 };

const edge = fc.record({
  one: fc.nat(3),
  step: fc.integer({ min: 1, max: 3 }),
  depth: fc.double({ min: 4, max: 7, noNaN: true }),
  fee: fc.constantFrom(0, 0.0005, 0.003, 0.01),
});
const pool = (one: number, other: number, value: number, fee: number): Program.Model => ({
  kind: 'constant-product',
  tokens: [one, other],
  reserves: [value / (PRICES[one] ?? NaN), value / (PRICES[other] ?? NaN)],
  fee,
});
const network = fc
  .array(edge, { maxLength: 8 })
  .map((edges) => [
    ...[0, 1, 2].map((token) => pool(token, token + 1, 2e5, 0.003)),
    ...edges.map(({ one, step, depth, fee }) => pool(one, (one + step) % 4, 10 ** depth, fee)),
  ]);
const parts = fc.array(fc.integer({ min: 5, max: 100 }), { minLength: 4, maxLength: 4 });
const shares = (list: readonly number[]) => list.map((one) => one / sum(list));
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

/** A covariance of four: of so many factors, with or without risks of its own. */
const covariance = fc
  .record({
    factors: fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 3,
    }),
    own: fc.constantFrom(0, 1e-6, 0.1, 1),
  })
  .filter(({ factors: [first = []] }) => Math.max(...first) - Math.min(...first) > 0.1)
  .map(({ factors, own }) =>
    PRICES.map((_, j) =>
      PRICES.map((__, k) => sum(factors.map((one) => (one[j] ?? NaN) * (one[k] ?? NaN))) + (j === k ? own : 0)),
    ),
  );

const goal = (held: readonly number[], wanted: readonly number[], kappa: number): Goal.Rebalance => ({
  kind: 'rebalance',
  holdings: shares(held).map((share, token) => (share * WORTH) / (PRICES[token] ?? NaN)),
  prices: PRICES,
  weights: shares(wanted),
  kappa,
});

const solve = (models: readonly Program.Model[], asked: Goal.Goal) =>
  solveProgram(Program.of(4, models), asked, SEARCH);

describe('a norm', () => {
  test('of one of each token changes nothing, and of c of each does what c times kappa does', () => {
    fc.assert(
      fc.property(network, parts, parts, fc.constantFrom(1, 0.01, 30), (models, held, wanted, c) => {
        const asked = goal(held, wanted, 10);
        const norm = PRICES.map((_, j) => PRICES.map((__, k) => (j === k ? c : 0)));
        const [one, other] = [solve(models, { ...asked, norm }), solve(models, { ...asked, kappa: 10 * c })];
        expect(Math.abs(one.value - other.value)).toBeLessThanOrEqual(3e-10 * WORTH);
        expect(one.closed).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('of a covariance closes the gap, and prices are what a holding is worth beside the deviation', () => {
    fc.assert(
      fc.property(network, parts, parts, covariance, fc.constantFrom(1, 30), (models, held, wanted, norm, kappa) => {
        const asked = goal(held, wanted, kappa);
        const { net, prices, gap } = solve(models, { ...asked, norm });
        // A direction that counts for nothing counts 1e-8 all the same: its inverse takes digits off the gap.
        expect(gap).toBeLessThanOrEqual(1e-8 * WORTH);
        const after = asked.holdings.map((amount, j) => (amount + (net[j] ?? NaN)) * (PRICES[j] ?? NaN));
        const off = after.map((amount, j) => amount - (asked.weights[j] ?? NaN) * sum(after));
        const felt = norm.map((row) => (kappa / WORTH) * sum(row.map((one, k) => one * (off[k] ?? NaN))));
        const mean = sum(felt.map((one, j) => one * (asked.weights[j] ?? NaN)));
        for (const [j, amount] of after.entries()) {
          if (amount < 1e-3 * WORTH) continue;
          // At a gap of 1e-10 of the worth, what a deviation is felt as is right to about √(1e-10·κ·the norm's size).
          const price = (prices[j] ?? NaN) / (PRICES[j] ?? NaN);
          expect(Math.abs(price - (1 - (felt[j] ?? NaN) + mean))).toBeLessThanOrEqual(2e-4 * Math.sqrt(kappa));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('that makes two tokens one leaves how much of each is held to the costs', () => {
    // The last two move as one: nothing is gained by trading between them.
    const norm = [
      [0, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 2, 2],
      [0, 0, 2, 2],
    ];
    const models = [pool(0, 1, 1e6, 0.003), pool(1, 2, 1e6, 0.003), pool(2, 3, 1e6, 0.003)];
    const { net } = solve(models, { ...goal([25, 25, 40, 10], [25, 25, 25, 25], 100), norm });
    expect(sum([...net].map((amount, j) => Math.abs(amount) * (PRICES[j] ?? NaN)))).toBeLessThanOrEqual(1e-3 * WORTH);
  });

  test('that makes no sense is refused', () => {
    const models = [pool(0, 1, 1e6, 0.003)];
    const asked = goal([1, 1, 1, 1], [1, 2, 3, 4], 1);
    const square = (value: (j: number, k: number) => number) =>
      PRICES.map((_, j) => PRICES.map((__, k) => value(j, k)));
    const cases: readonly (readonly [readonly (readonly number[])[], string])[] = [
      [square((j, k) => (j === k ? -1 : 0)), 'norm: a trace of -3'],
      [square((j, k) => (j === k ? (j === 0 ? -0.5 : 1) : 0)), 'norm: an eigenvalue of'],
      [square((j, k) => (j < k ? 1 : 0)), 'norm[0][1]: 1 across from 0'],
      [square(() => NaN), 'norm[0][0]: NaN'],
      [square(() => 1), 'norm: a trace of 0'],
      [[[1]], 'norm: 1 rows'],
    ];
    for (const [norm, named] of cases) {
      expect(() => solve(models, { ...asked, norm })).toThrow(NetworkError);
      expect(() => solve(models, { ...asked, norm })).toThrow(named);
    }
  });
});
