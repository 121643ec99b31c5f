// Laws of the program of many markets: it answers as the small program does, what it answers is feasible and best, and nothing depends on
// how tokens, markets and money are counted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Network, solveRouting } from '../network/index.ts';
import { frame as layOut } from './frame.ts';
import * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import type { Solution } from './Solution.ts';
import { solveProgram } from './solveProgram.ts';

type Model = Program.Model;
type Rebalance = Goal.Rebalance;

const TOKENS = 4;
const PRICES = [1, 2_000, 0.3, 40];

const fee = fc.constantFrom(0, 0.0005, 0.003, 0.01);
const value = fc.double({ min: 5, max: 8, noNaN: true }).map((digits) => 10 ** digits);
const off = fc.double({ min: -0.05, max: 0.05, noNaN: true });
const pair = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 2, maxLength: 2 }).map(([a = 0, b = 1]) => [a, b] as const);
const priceOf = (token: number) => PRICES[token] ?? NaN;

const product: fc.Arbitrary<Model> = fc
  .record({ pair, value, off, fee })
  .map(({ pair: [a, b], value: v, off: o, fee: f }) => ({
    kind: 'constant-product',
    tokens: [a, b],
    reserves: [(v / priceOf(a)) * (1 + o), v / priceOf(b)],
    fee: f,
  }));

const weighted: fc.Arbitrary<Model> = fc
  .record({
    tokens: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 2, maxLength: 4 }),
    weights: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 4, maxLength: 4 }),
    offs: fc.array(off, { minLength: 4, maxLength: 4 }),
    value,
    fee,
  })
  .map(({ tokens, weights, offs, value: v, fee: f }) => ({
    kind: 'weighted',
    tokens,
    weights: tokens.map((_, j) => weights[j] ?? 1),
    reserves: tokens.map((token, j) => ((v * (weights[j] ?? 1)) / priceOf(token)) * (1 + (offs[j] ?? 0))),
    fee: f,
  }));

const ranges: fc.Arbitrary<Model> = fc
  .record({
    pair,
    value,
    off,
    fee,
    steps: fc.array(
      fc.record({ width: fc.double({ min: 0.001, max: 0.05, noNaN: true }), share: fc.integer({ min: 0, max: 9 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ pair: [a, b], value: v, off: o, fee: f, steps, at }) => {
    const sqrtPrice = Math.sqrt(priceOf(a) / priceOf(b)) * (1 + o);
    const ends = steps.reduce<readonly number[]>((all, { width }) => [...all, (all.at(-1) ?? 1) * (1 + width)], [1]);
    const lowest = sqrtPrice / (1 + at * ((ends.at(-1) ?? 1) - 1));
    const segments = steps.flatMap(({ share }, index) =>
      share === 0 && index > 0 && index < steps.length - 1
        ? []
        : [
            {
              low: lowest * (ends[index] ?? NaN),
              high: lowest * (ends[index + 1] ?? NaN),
              liquidity: (1 + share) * (v / Math.sqrt(priceOf(a) * priceOf(b))),
            },
          ],
    );
    const [bottom, top] = [segments[0]?.low ?? NaN, segments.at(-1)?.high ?? NaN];
    return {
      kind: 'concentrated',
      tokens: [a, b],
      sqrtPrice: Math.min(top, Math.max(bottom, sqrtPrice)),
      segments,
      fee: f,
    };
  });

const stable: fc.Arbitrary<Model> = fc
  .record({
    pair,
    value,
    off,
    skew: fc.double({ min: -1, max: 1, noNaN: true }),
    fee,
    ann: fc.constantFrom(2, 40, 400, 4_000),
  })
  .map(({ pair: [a, b], value: v, off: o, skew, fee: f, ann }) => ({
    kind: 'stable',
    tokens: [a, b],
    reserves: [(v / priceOf(a)) * Math.exp(skew), (v / priceOf(b)) * Math.exp(-skew)],
    rates: [priceOf(a) * (1 + o), priceOf(b)],
    ann,
    fee: f,
    feeIn: ann > 100 ? 'input' : 'output',
  }));

/** Some way leads from any token to any other: a token that cannot be sold may be worth less than nothing to a goal. */
const ways: readonly Model[] = [0, 1, 2].map((token) => ({
  kind: 'constant-product',
  tokens: [token, token + 1],
  reserves: [2e5 / priceOf(token), 2e5 / priceOf(token + 1)],
  fee: 0.003,
}));
const pooled = fc.oneof(product, weighted, ranges);
const known = fc.array(pooled, { maxLength: 6 }).map((models) => [...ways, ...models]);
const any = fc.array(fc.oneof(pooled, stable), { maxLength: 6 }).map((models) => [...ways, ...models]);
/** Pools of two coins. Flat ones far deeper than the portfolio can take more looks than are allowed here. */
const pairs = any.map((models) => models.filter(({ kind, tokens }) => tokens.length === 2 && kind !== 'stable'));

const rebalance: fc.Arbitrary<Rebalance> = fc
  .record({
    held: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: TOKENS, maxLength: TOKENS }),
    wanted: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: TOKENS, maxLength: TOKENS }),
    worth: fc.constantFrom(1e4, 1e5),
    kappa: fc.constantFrom(1, 10, 100),
  })
  .filter(({ held, wanted }) => held.some((part) => part > 0) && wanted.some((part) => part > 0))
  .map(({ held, wanted, worth, kappa }) => {
    const [all, target] = [sum(held), sum(wanted)];
    return {
      kind: 'rebalance',
      holdings: held.map((part, token) => ((part / all) * worth) / priceOf(token)),
      prices: PRICES,
      weights: wanted.map((part) => part / target),
      kappa,
    };
  });

const SEARCH = { gap: 1e-10, looks: 400 };

function solve(models: readonly Model[], goal: Goal.Goal, tokens = TOKENS): Solution {
  return solveProgram(Program.of(tokens, models), goal, SEARCH);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}

function worthBefore({ holdings }: Rebalance): number {
  return sum(holdings.map((amount, token) => amount * priceOf(token)));
}

function worthOf(goal: Goal.Goal, net: readonly number[]): number {
  const frame = layOut(goal, net.length);
  return Goal.worth(
    frame,
    frame.held.map((amount, token) => amount + (net[token] ?? NaN) * (frame.first[token] ?? NaN)),
  );
}

describe('a rebalance', () => {
  test('is worth what the small program finds, within both gaps', () => {
    fc.assert(
      fc.property(known, rebalance, (models, goal) => {
        const fast = solve(models, goal);
        const small = solveRouting({ tokens: TOKENS, markets: models as Network['markets'] }, goal);
        const worth = worthBefore(goal);
        expect(fast.value).toBeLessThanOrEqual(small.bound + 1e-9 * worth);
        expect(small.value).toBeLessThanOrEqual(fast.bound + 1e-9 * worth);
      }),
      { numRuns: 100 },
    );
  });

  test('closes its gap where pools have two coins', () => {
    fc.assert(
      fc.property(pairs, rebalance, (models, goal) => {
        expect(solve(models, goal).closed).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('overdraws nothing, and is worth what it says', () => {
    fc.assert(
      fc.property(any, rebalance, (models, goal) => {
        const program = Program.of(TOKENS, models);
        const { net, answer, value: stated, bound, gap, share } = solveProgram(program, goal, SEARCH);
        const worth = worthBefore(goal);
        expect(gap).toBe(Math.max(0, bound - stated));
        expect(Math.abs(worthOf(goal, [...net]) - stated)).toBeLessThanOrEqual(1e-12 * worth);
        for (const [token, amount] of goal.holdings.entries()) {
          expect(amount + (net[token] ?? NaN)).toBeGreaterThanOrEqual(-1e-15 * amount);
          // The markets' trades add up to the flow.
          const traded = models.flatMap((model, index) =>
            Program.trade(program, answer, index).filter((_, j) => model.tokens[j] === token),
          );
          const size = sum(traded.map(Math.abs));
          expect(Math.abs(share * sum(traded) - (net[token] ?? NaN))).toBeLessThanOrEqual(1e-12 * size);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('meets the conditions of the best: prices are marginal values, and limits are met or cost nothing', () => {
    fc.assert(
      fc.property(pairs, rebalance, (models, goal) => {
        const { net, prices, closed } = solve(models, goal);
        fc.pre(closed);
        const worth = worthBefore(goal);
        const after = goal.holdings.map((amount, token) => (amount + (net[token] ?? NaN)) * priceOf(token));
        const total = sum(after);
        const off = after.map((amount, token) => amount - (goal.weights[token] ?? NaN) * total);
        const hold = sum(off.map((amount, token) => amount * (goal.weights[token] ?? NaN)));
        for (const [token, amount] of after.entries()) {
          const marginal = 1 - (goal.kappa / worth) * ((off[token] ?? NaN) - hold);
          const price = (prices[token] ?? NaN) / priceOf(token);
          // At a gap of 1e-10 of the worth a deviation is right to about √(1e-10/κ) of it.
          const near = 1e-4 * Math.sqrt(goal.kappa);
          expect(price).toBeGreaterThanOrEqual(marginal - near);
          // A token that runs out may be worth more than its place in the target says.
          expect(price).toBeLessThanOrEqual(amount > 1e-3 * worth ? marginal + near : Infinity);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('depends neither on the order of markets nor on that of tokens', () => {
    fc.assert(
      fc.property(pairs, rebalance, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (models, goal, order) => {
        const renamed = models.toReversed().map((model): Model => {
          const tokens = model.tokens.map((token) => order.indexOf(token));
          return { ...model, tokens } as Model;
        });
        const reorder = (values: readonly number[]) => order.map((token) => values[token] ?? NaN);
        const other = solve(renamed, {
          ...goal,
          holdings: reorder(goal.holdings),
          prices: reorder(goal.prices),
          weights: reorder(goal.weights),
        });
        const one = solve(models, goal);
        expect(Math.abs(one.value - other.value)).toBeLessThanOrEqual(3e-10 * worthBefore(goal));
      }),
      { numRuns: 50 },
    );
  });

  test('scales with the money that prices are counted in', () => {
    fc.assert(
      fc.property(pairs, rebalance, fc.constantFrom(1e-12, 1e-3, 1e6, 1e15), (models, goal, unit) => {
        const one = solve(models, goal);
        const other = solve(models, { ...goal, prices: goal.prices.map((price) => price * unit) });
        expect(Math.abs(other.value / unit - one.value)).toBeLessThanOrEqual(3e-10 * worthBefore(goal));
      }),
      { numRuns: 50 },
    );
  });
});

describe('arbitrage', () => {
  test('gains what the small program finds, within both gaps, and tenders nothing in the end', () => {
    fc.assert(
      fc.property(known, (models) => {
        const fast = solve(models, Goal.arbitrage(PRICES));
        const small = solveRouting(
          { tokens: TOKENS, markets: models as Network['markets'] },
          {
            kind: 'convert',
            holdings: PRICES.map(() => 0),
            values: PRICES,
          },
        );
        expect(fast.value).toBeLessThanOrEqual(small.bound * (1 + 1e-9) + 1e-6);
        expect(small.value).toBeLessThanOrEqual(fast.bound * (1 + 1e-9) + 1e-6);
        for (const amount of fast.net) expect(amount).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });
});
