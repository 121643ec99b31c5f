// Networks as they stand on chains: among the deep pools lie crumbs, whose prices are off by orders of magnitude and lead through tokens
// that nobody holds. A search goes on in spite of them, and where it is cut short it hands back what can be done.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const TOKENS = 8;
const GOAL = {
  kind: 'rebalance' as const,
  holdings: [8e4, 2e4, ...Array<number>(TOKENS - 2).fill(0)],
  prices: Array<number>(TOKENS).fill(1),
  weights: [0.5, 0.5, ...Array<number>(TOKENS - 2).fill(0)],
  kappa: 100,
  transit: Array.from({ length: TOKENS }, (_, token) => token > 1),
};

/** What doing nothing is worth {value}. */
const IDLE = 1e5 - (100 * 2 * 3e4 ** 2) / 2e5;

const digits = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((power) => 10 ** power);
/** A weighted pool of two that takes a share of its reserve at most. */
const crumb = fc
  .record({
    one: fc.nat(TOKENS - 1),
    step: fc.integer({ min: 1, max: TOKENS - 1 }),
    x: digits(-3, 3),
    y: digits(-3, 3),
  })
  .map(({ one, step, x, y }): Program.Model => ({
    kind: 'weighted',
    tokens: [one, (one + step) % TOKENS],
    reserves: [x, y],
    weights: [0.5, 0.5],
    fee: 0.003,
    most: 0.3,
  }));
const crumbs = fc.array(crumb, { minLength: 1, maxLength: 24 });
const deep: Program.Model = { kind: 'constant-product', tokens: [0, 1], reserves: [1e6, 1e6], fee: 0.003 };

/** What is left over or lacking of tokens that are only passed through {tok}, and of holdings. */
function left(net: Float64Array): number {
  return Math.min(...net.map((amount, token) => amount + (GOAL.holdings[token] ?? 0)));
}

describe('a network full of crumbs', () => {
  test('gains nearly all that its deep pool alone does, or more, in all of two hundred but one', () => {
    const alone = solveProgram(Program.of(TOKENS, [deep]), GOAL).value - IDLE;
    const gains = fc.sample(crumbs, { seed: 20_260_520, numRuns: 200 }).map((models) => {
      const found = solveProgram(Program.of(TOKENS, [deep, ...models]), GOAL, { gap: 1e-8, looks: 2_000 });
      expect(left(found.net)).toBeGreaterThanOrEqual(0);
      return found.value - IDLE;
    });
    expect(gains.filter((gain) => gain < 0.95 * alone).length).toBeLessThanOrEqual(1);
  });

  test('is worth no less than nothing done, and overdraws nothing, however early the search is cut short', () => {
    fc.assert(
      fc.property(crumbs, fc.integer({ min: 1, max: 30 }), (models, looks) => {
        const { value, net, bound } = solveProgram(Program.of(TOKENS, [deep, ...models]), GOAL, { gap: 1e-12, looks });
        expect(value).toBeGreaterThanOrEqual(IDLE);
        expect(bound).toBeGreaterThanOrEqual(value - 1e-6);
        expect(left(net)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });
});
