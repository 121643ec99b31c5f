// Choices for goals beside a rebalance: exact targets, which most choices may miss, and baskets that are tendered.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, sum } from '../../forecast/Numbers.ts';
import type { Offer } from '../model/Offer.ts';
import { NetworkError } from '../network/index.ts';
import type * as Goal from '../program/Goal.ts';
import * as Program from '../program/Program.ts';
import { solveProgram } from '../program/solveProgram.ts';
import { chooseMarkets } from './chooseMarkets.ts';

const PRICES = [1, 2_000, 0.3, 40];
const WORTH = 1e5;
const BUDGET = { gap: 1e-8, looks: 5_000 };
const RUNS = { numRuns: 40 };

const pool = (one: number, other: number, depth: number, fee: number, fixed: number): Offer => ({
  alternatives: [
    {
      kind: 'constant-product',
      tokens: [one, other],
      reserves: [depth / at(PRICES, one), depth / at(PRICES, other)],
      fee,
    },
  ],
  fixed,
});

const offer: fc.Arbitrary<Offer> = fc
  .record({
    one: fc.nat(3),
    step: fc.integer({ min: 1, max: 3 }),
    depth: fc.double({ min: 5, max: 7, noNaN: true }),
    fee: fc.constantFrom(0.0005, 0.003, 0.01),
    fixed: fc.constantFrom(0, 1, 30, 300),
  })
  .map(({ one, step, depth, fee, fixed }) => pool(one, (one + step) % 4, 10 ** depth, fee, fixed));
const offers = fc.array(offer, { minLength: 1, maxLength: 5 });
/** Some way leads from any token to any other: where none does, what cannot be sold has no price. */
const joined = offers.map((list) => [...[0, 1, 2].map((token) => pool(token, token + 1, 2e5, 0.003, 5)), ...list]);
const parts = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 })
  .filter((list) => sum(list) > 0)
  .map((list) => list.map((one) => one / sum(list)));

/** Give what comes of a search, or undefined where it is refused. */
function orRefused<Found>(run: () => Found): Found | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof NetworkError) return undefined;
    throw error;
  }
}

/** Value the best of all choices, those that are refused apart: undefined where all are. */
function enumerate(list: readonly Offer[], goal: Goal.Goal): number | undefined {
  const values = Array.from({ length: 2 ** list.length }, (_, choice) => {
    const used = list.filter((_one, index) => ((choice >> index) & 1) === 1);
    const models = used.flatMap(({ alternatives }) => alternatives);
    const found = orRefused(() => solveProgram(Program.of(4, models), goal, { gap: 1e-10, looks: 400 }));
    return found === undefined ? undefined : found.value - sum(used.map(({ fixed }) => fixed));
  });
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

describe('an exact target', () => {
  test('is reached by the best choice that reaches it, or refused', () => {
    fc.assert(
      fc.property(offers, parts, parts, (list, held, weights) => {
        const holdings = held.map((share, token) => (share * WORTH) / at(PRICES, token));
        const goal: Goal.Exact = { kind: 'exact', holdings, prices: PRICES, weights };
        const best = enumerate(list, goal);
        const choice = orRefused(() => chooseMarkets(4, list, goal, BUDGET));
        expect(choice === undefined).toBe(best === undefined);
        if (choice === undefined || best === undefined) return;
        const { value, bound, gap, net } = choice;
        expect(bound).toBeGreaterThanOrEqual(best - 1e-8 * WORTH);
        expect(value).toBeGreaterThanOrEqual(best - gap - 1e-8 * WORTH);
        const after = holdings.map((amount, token) => (amount + (net[token] ?? NaN)) * at(PRICES, token));
        for (const [token, amount] of after.entries()) {
          expect(Math.abs(amount - at(weights, token) * sum(after))).toBeLessThanOrEqual(1e-9 * WORTH);
        }
      }),
      RUNS,
    );
  });
});

describe('a basket', () => {
  test('is given for the most that any choice receives for it', () => {
    fc.assert(
      fc.property(joined, fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)), (list, given) => {
        const give = [...given.map((part, token) => (part * 100) / at(PRICES, token)), 0];
        const goal: Goal.Tender = { kind: 'tender', give, values: [0, 0, 0, 40], prices: PRICES };
        const best = enumerate(list, goal) ?? NaN;
        const { value, bound, idle, net } = chooseMarkets(4, list, goal, BUDGET);
        expect(idle).toBe(0);
        expect(bound).toBeGreaterThanOrEqual(best - 1e-8 * (1 + best));
        expect(value).toBeGreaterThanOrEqual(best - 1e-6 * (1 + best));
        for (const [token, amount] of give.entries()) {
          expect(amount + (net[token] ?? NaN)).toBeGreaterThanOrEqual(-1e-12 * amount);
        }
      }),
      RUNS,
    );
  });
});
