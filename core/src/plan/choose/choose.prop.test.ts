// Laws of a choice of markets: it is the best of all choices, it is feasible and worth what it says, no budget makes it worse than doing
// nothing, and nothing depends on how offers are counted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, sum } from '../../forecast/Numbers.ts';
import type { Offer } from '../model/Offer.ts';
import { frame as layOut } from '../program/frame.ts';
import * as Goal from '../program/Goal.ts';
import * as Program from '../program/Program.ts';
import { solveProgram } from '../program/solveProgram.ts';
import type { Budget, Choice } from './Choice.ts';
import { chooseMarkets } from './chooseMarkets.ts';

type Model = Program.Model;

const TOKENS = 4;
const PRICES = [1, 2_000, 0.3, 40];
const WORTH = 1e5;
const BUDGET: Budget = { gap: 1e-9, looks: 5_000 };
const RUNS = { numRuns: 60 };

const fee = fc.constantFrom(0.0005, 0.003, 0.01);
const depth = fc.double({ min: 4, max: 6.5, noNaN: true }).map((digits) => 10 ** digits);
const off = fc.double({ min: -0.05, max: 0.05, noNaN: true });
const pair = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 2, maxLength: 2 }).map(([a = 0, b = 1]) => [a, b] as const);

const product: fc.Arbitrary<Model> = fc.record({ pair, depth, off, fee }).map(({ pair: [a, b], ...pool }) => ({
  kind: 'constant-product',
  tokens: [a, b],
  reserves: [(pool.depth / at(PRICES, a)) * (1 + pool.off), pool.depth / at(PRICES, b)],
  fee: pool.fee,
}));

const basket: fc.Arbitrary<Model> = fc.record({ depth, off, fee }).map((pool) => ({
  kind: 'weighted',
  tokens: [0, 1, 3],
  weights: [1, 2, 1],
  reserves: [0, 1, 3].map((token, j) => ((pool.depth * at([1, 2, 1], j)) / at(PRICES, token)) * (1 + j * pool.off)),
  fee: pool.fee,
}));

const range: fc.Arbitrary<Model> = fc.record({ pair, depth, off, fee }).map(({ pair: [a, b], ...pool }) => {
  const root = Math.sqrt(at(PRICES, a) / at(PRICES, b)) * (1 + pool.off / 2);
  const liquidity = (5 * pool.depth) / Math.sqrt(at(PRICES, a) * at(PRICES, b));
  const segments = [
    { low: root * 0.98, high: root * 0.995, liquidity },
    { low: root * 0.995, high: root * 1.02, liquidity: 3 * liquidity },
  ];
  return { kind: 'concentrated', tokens: [a, b], sqrtPrice: root, segments, fee: pool.fee };
});

/** Steps about a middle price, in one way or both, some of them without an end. */
const book: fc.Arbitrary<Model> = fc
  .record({
    pair,
    off,
    falls: fc.array(fc.record({ worse: fc.integer({ min: 1, max: 80 }), depth }), { minLength: 1, maxLength: 3 }),
    rises: fc.array(fc.record({ worse: fc.integer({ min: 1, max: 80 }), depth }), { maxLength: 3 }),
    endless: fc.constantFrom(false, false, true),
  })
  .map(({ pair: [a, b], off: away, falls, rises, endless }) => {
    const middle = (at(PRICES, a) / at(PRICES, b)) * (1 + away);
    const steps = (of: typeof falls, rate: number, price: number) =>
      of.map((step, index) => ({
        rate: rate * (1 - sum(of.slice(0, index + 1).map(({ worse }) => worse)) / 1e4),
        most: endless && index === of.length - 1 ? Infinity : step.depth / 30 / price,
      }));
    return {
      kind: 'ladder',
      tokens: [a, b],
      falls: steps(falls, middle, at(PRICES, a)),
      rises: steps(rises, 1 / middle, at(PRICES, b)),
    };
  });

const model = fc.oneof(product, product, range, basket, book, book);
const fixed = fc.oneof(
  fc.constant(0),
  fc.double({ min: 0, max: 3.5, noNaN: true }).map((digits) => 10 ** digits),
);
const offer: fc.Arbitrary<Offer> = fc.record({
  alternatives: fc.oneof(
    { weight: 4, arbitrary: model.map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(model, model) },
  ),
  fixed,
});
/** Some way leads from any token to any other: a token that cannot be sold may be worth less than nothing to a goal. */
const ways: fc.Arbitrary<readonly Offer[]> = fc.tuple(fixed, fixed, fixed).map((costs) =>
  costs.map((cost, token) => ({
    alternatives: [
      {
        kind: 'constant-product',
        tokens: [token, token + 1],
        reserves: [2e5 / at(PRICES, token), 2e5 / at(PRICES, token + 1)],
        fee: 0.003,
      },
    ],
    fixed: cost,
  })),
);
const few = fc.tuple(ways, fc.array(offer, { maxLength: 4 })).map(([one, other]) => [...one, ...other]);
const many = fc.array(offer, { minLength: 14, maxLength: 18 });

const rebalance: fc.Arbitrary<Goal.Rebalance> = fc
  .record({
    held: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: TOKENS, maxLength: TOKENS }),
    wanted: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: TOKENS, maxLength: TOKENS }),
    kappa: fc.constantFrom(1, 10),
  })
  .filter(({ held, wanted }) => sum(held) > 0 && sum(wanted) > 0)
  .map(({ held, wanted, kappa }) => ({
    kind: 'rebalance',
    holdings: held.map((part, token) => ((part / sum(held)) * WORTH) / at(PRICES, token)),
    prices: PRICES,
    weights: wanted.map((part) => part / sum(wanted)),
    kappa,
  }));

/** Value every choice of ways by itself. */
function enumerate(offers: readonly Offer[], goal: Goal.Goal): number {
  const choices = offers.reduce<readonly (readonly (Model | undefined)[])[]>(
    (all, { alternatives }) => all.flatMap((picked) => [undefined, ...alternatives].map((one) => [...picked, one])),
    [[]],
  );
  return Math.max(
    ...choices.map((picked) => {
      const models = picked.filter((one) => one !== undefined);
      const costs = sum(offers.map((one, index) => (picked[index] === undefined ? 0 : one.fixed)));
      return solveProgram(Program.of(TOKENS, models), goal, { gap: 1e-10, looks: 200 }).value - costs;
    }),
  );
}

function worthOf(goal: Goal.Goal, net: Float64Array): number {
  const frame = layOut(goal, TOKENS);
  return Goal.worth(
    frame,
    frame.held.map((amount, token) => amount + (net[token] ?? NaN) * (frame.first[token] ?? NaN)),
  );
}

/** Expect that a choice is feasible, worth what it says, certified, and no worse than doing nothing. */
function expectSound(offers: readonly Offer[], goal: Goal.Rebalance, choice: Choice): void {
  const { net, trades, value, bound, gap, idle } = choice;
  const costs = sum(offers.map((one, index) => (trades[index] === undefined ? 0 : one.fixed)));
  expect(Math.abs(worthOf(goal, net) - costs - value)).toBeLessThanOrEqual(1e-11 * WORTH);
  expect(value).toBeGreaterThanOrEqual(idle);
  expect(gap).toBeGreaterThanOrEqual(0);
  expect(bound - value).toBe(gap);
  for (const [token, held] of goal.holdings.entries()) {
    expect(held + (net[token] ?? NaN)).toBeGreaterThanOrEqual(-1e-12 * held);
    const got = offers.flatMap((one, index) => {
      const trade = trades[index];
      if (trade === undefined) return [];
      return trade.got.filter((_, coin) => one.alternatives[trade.alternative]?.tokens[coin] === token);
    });
    expect(Math.abs(sum(got) - (net[token] ?? NaN))).toBeLessThanOrEqual(1e-12 * (1 + sum(got.map(Math.abs))));
  }
}

describe('a choice of markets', () => {
  test('of a few is the best of all choices, and says so', () => {
    fc.assert(
      fc.property(few, rebalance, (offers, goal) => {
        const choice = chooseMarkets(TOKENS, offers, goal, BUDGET);
        expectSound(offers, goal, choice);
        const best = enumerate(offers, goal);
        expect(choice.bound).toBeGreaterThanOrEqual(best - 1e-9 * WORTH);
        expect(choice.value).toBeGreaterThanOrEqual(best - choice.gap - 1e-9 * WORTH);
        // Among steps a gap may stay open that prices have no digits for.
        expect(choice.gap).toBeLessThanOrEqual(1e-5 * WORTH);
      }),
      RUNS,
    );
  });

  test('of many is feasible, worth what it says, and bounded by no less than what all of them come to', () => {
    fc.assert(
      fc.property(many, rebalance, (offers, goal) => {
        const choice = chooseMarkets(TOKENS, offers, goal, { gap: 1e-7, looks: 1_500 });
        expectSound(offers, goal, choice);
        const single = offers.filter(({ alternatives }) => alternatives.length === 1);
        const all = solveProgram(
          Program.of(
            TOKENS,
            single.flatMap(({ alternatives }) => alternatives),
          ),
          goal,
          { gap: 1e-9, looks: 200 },
        );
        expect(choice.bound).toBeGreaterThanOrEqual(all.value - sum(single.map((one) => one.fixed)) - 1e-9 * WORTH);
        expect(choice.value + choice.gap).toBeGreaterThanOrEqual(choice.idle);
      }),
      { numRuns: 20 },
    );
  });

  test('does not depend on the order of offers', () => {
    fc.assert(
      fc.property(few, rebalance, (offers, goal) => {
        const [one, other] = [offers, offers.toReversed()].map((list) => chooseMarkets(TOKENS, list, goal, BUDGET));
        expect(Math.abs((one?.value ?? NaN) - (other?.value ?? NaN))).toBeLessThanOrEqual(
          Math.max(one?.gap ?? NaN, other?.gap ?? NaN) + 1e-9 * WORTH,
        );
      }),
      RUNS,
    );
  });

  test('is worth no more the dearer its markets are to use', () => {
    fc.assert(
      fc.property(few, rebalance, fc.double({ min: 1, max: 10, noNaN: true }), (offers, goal, times) => {
        const cheap = chooseMarkets(TOKENS, offers, goal, BUDGET);
        const dearer = offers.map((one) => ({ ...one, fixed: times * one.fixed }));
        const dear = chooseMarkets(TOKENS, dearer, goal, BUDGET);
        expect(dear.value).toBeLessThanOrEqual(cheap.bound + 1e-9 * WORTH);
        const markets = ({ trades }: Choice) => trades.map((trade) => trade !== undefined);
        const paid = sum(offers.map((one, index) => (markets(cheap)[index] === true ? one.fixed : 0)));
        // What the cheap choice uses could be used at the dearer price.
        expect(dear.bound).toBeGreaterThanOrEqual(cheap.value - (times - 1) * paid - 1e-9 * WORTH);
      }),
      RUNS,
    );
  });

  test('is feasible and certified however small the budget', () => {
    fc.assert(
      fc.property(few, rebalance, fc.integer({ min: 1, max: 300 }), (offers, goal, looks) => {
        const choice = chooseMarkets(TOKENS, offers, goal, { gap: 1e-12, looks });
        // A program that the budget ends takes a few looks more to end with.
        expect(choice.looks).toBeLessThanOrEqual(looks + 5);
        expectSound(offers, goal, choice);
        expect(choice.bound).toBeGreaterThanOrEqual(chooseMarkets(TOKENS, offers, goal, BUDGET).value - 1e-9 * WORTH);
      }),
      RUNS,
    );
  });

  test('gains from what markets give away where nothing is held', () => {
    fc.assert(
      fc.property(few, (offers) => {
        const goal = Goal.arbitrage(PRICES);
        const { value, bound, idle, net } = chooseMarkets(TOKENS, offers, goal, BUDGET);
        const best = enumerate(offers, goal);
        expect(idle).toBe(0);
        expect(bound).toBeGreaterThanOrEqual(best * (1 - 1e-8) - 1e-6);
        expect(value).toBeGreaterThanOrEqual(best * (1 - 1e-7) - 1e-4);
        for (const amount of net) expect(amount).toBeGreaterThanOrEqual(0);
      }),
      RUNS,
    );
  });
});
