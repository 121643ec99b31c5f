// Optimality as a definition, on a thousand random networks of every kind of pool: the bound meets the value, every market stands where the
// prices of the proof leave it, and no change of what markets do is worth more.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frame as layOut } from './frame.ts';
import * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import type { Solution } from './Solution.ts';
import { solveProgram } from './solveProgram.ts';

const PRICES = [1, 2_000, 0.3, 40, 1.05];
const TOKENS = PRICES.length;
const WORTH = 1e5;
const SEARCH = { gap: 1e-10, looks: 400 };
/** One in ten thousand takes more looks than that. */
const PATIENT = { gap: 1e-10, looks: 1_000 };

const priceOf = (token: number) => PRICES[token] ?? NaN;
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

const unit = fc.double({ min: -1, max: 1, noNaN: true });
const drawn = fc.record({
  tokens: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2, maxLength: 4 }),
  kind: fc.constantFrom('product', 'weighted', 'basket', 'stable', 'stables', 'ranges'),
  digits: fc.double({ min: 4, max: 8, noNaN: true }),
  offs: fc.array(unit, { minLength: 5, maxLength: 5 }),
  shape: fc.integer({ min: 1, max: 9 }),
  fee: fc.constantFrom(0.0005, 0.003, 0.01),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer Kind> ? Kind : never;

function modelOf({ tokens, kind, digits, offs, shape, fee }: Drawn): Program.Model {
  const deep = 10 ** digits;
  const [a = 0, b = 1] = tokens;
  const amount = (token: number, index: number, weight = 1) =>
    ((weight * deep) / priceOf(token)) * (1 + 0.04 * (offs[index] ?? NaN));
  const two = [amount(a, 0), amount(b, 1)] as const;
  switch (kind) {
    case 'product':
      return { kind: 'constant-product', tokens: [a, b], reserves: two, fee };
    case 'weighted':
      return { kind: 'weighted', tokens: [a, b], reserves: [shape * two[0], two[1]], weights: [shape, 1], fee };
    case 'basket': {
      const weights = tokens.map((_, index) => 1 + ((shape * (index + 1)) % 5));
      return {
        kind: 'weighted',
        tokens,
        reserves: tokens.map((token, j) => amount(token, j, weights[j])),
        weights,
        fee,
      };
    }
    case 'stable':
    case 'stables': {
      const coins = kind === 'stable' ? [a, b] : tokens;
      const reserves = coins.map((token, j) => (deep / priceOf(token)) * Math.exp(0.5 * (offs[j] ?? NaN)));
      const rates = coins.map((token, j) => priceOf(token) * (1 + 0.02 * (offs[j + 1] ?? NaN)));
      return {
        kind: 'stable',
        tokens: coins,
        reserves,
        rates,
        ann: 20 * shape,
        fee,
        feeIn: shape > 4 ? 'input' : 'output',
      };
    }
    default: {
      const sqrtPrice = Math.sqrt(priceOf(a) / priceOf(b)) * (1 + 0.02 * (offs[0] ?? NaN));
      const liquidity = deep / Math.sqrt(priceOf(a) * priceOf(b));
      const low = { low: 0.95 * sqrtPrice, high: 1.01 * sqrtPrice, liquidity: shape * liquidity };
      const high = { low: 1.02 * sqrtPrice, high: 1.05 * sqrtPrice, liquidity };
      return { kind: 'concentrated', tokens: [a, b], sqrtPrice, segments: [low, high], fee };
    }
  }
}

/** Some way leads from any token to any other: what cannot be sold may be worth less than nothing to a goal. */
const WAYS: readonly Program.Model[] = [0, 1, 2, 3].map((token) => ({
  kind: 'constant-product',
  tokens: [token, token + 1],
  reserves: [2e5 / priceOf(token), 2e5 / priceOf(token + 1)],
  fee: 0.003,
}));
const network = fc.array(drawn, { maxLength: 10 }).map((list) => [...WAYS, ...list.map(modelOf)]);

const pairs = network.map((models) => models.filter(({ tokens }) => tokens.length === 2));

const parts = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: TOKENS, maxLength: TOKENS })
  .filter((list) => sum(list) > 0)
  .map((list) => list.map((part) => part / sum(list)));
const rebalance: fc.Arbitrary<Goal.Rebalance> = fc
  .record({ held: parts, weights: parts, kappa: fc.constantFrom(1, 10, 100) })
  .map(({ held, weights, kappa }) => ({
    kind: 'rebalance',
    holdings: held.map((share, token) => (share * WORTH) / priceOf(token)),
    prices: PRICES,
    weights,
    kappa,
  }));

function tradesOf(program: Program.Program, { answer, share }: Pick<Solution, 'answer' | 'share'>) {
  return Array.from({ length: program.markets }, (_, market) =>
    Program.trade(program, answer, market).map((got) => share * got),
  );
}

/** Value what is held after trades, or nothing where they overdraw. */
function worthOf(goal: Goal.Goal, models: readonly Program.Model[], trades: readonly (readonly number[])[]): number {
  const frame = layOut(goal, TOKENS);
  const after = frame.held.slice();
  for (const [market, { tokens }] of models.entries()) {
    for (const [coin, token] of tokens.entries()) {
      after[token] = (after[token] ?? NaN) + (frame.first[token] ?? NaN) * (trades[market]?.[coin] ?? NaN);
    }
  }
  return Goal.lack(frame, after) > 1e-9 ? -Infinity : Goal.worth(frame, after);
}

describe('a thousand networks', () => {
  test('of pools of two coins close their gaps to 1e-8 of what is held', () => {
    fc.assert(
      fc.property(pairs, rebalance, (models, goal) => {
        const { gap, value, bound } = solveProgram(Program.of(TOKENS, models), goal, SEARCH);
        expect(gap).toBeLessThanOrEqual(1e-8 * WORTH);
        expect(bound).toBeGreaterThanOrEqual(value - 1e-9 * WORTH);
      }),
      { numRuns: 1_000 },
    );
  });

  test('with pools of three and four coins as well do so too', () => {
    fc.assert(
      fc.property(network, rebalance, (models, goal) => {
        const { gap, value, bound, closed } = solveProgram(Program.of(TOKENS, models), goal, PATIENT);
        expect(gap).toBeLessThanOrEqual(1e-8 * WORTH);
        expect(bound).toBeGreaterThanOrEqual(value - 1e-9 * WORTH);
        expect(closed).toBe(gap <= PATIENT.gap * WORTH);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the best flow', () => {
  test('is, market by market, what gains most at the prices of the proof, to the gap', () => {
    fc.assert(
      fc.property(network, rebalance, (models, goal) => {
        const program = Program.of(TOKENS, models);
        const found = solveProgram(program, goal, SEARCH);
        const trades = tradesOf(program, found);
        const best = Program.answer(program);
        Program.respond(program, found.prices, best);
        let forgone = 0;
        for (const [market, { tokens }] of models.entries()) {
          const gain = (trade: readonly number[]) =>
            sum(trade.map((got, coin) => got * (found.prices[tokens[coin] ?? -1] ?? NaN)));
          const less = gain(Program.trade(program, best, market)) - gain(trades[market] ?? []);
          expect(less).toBeGreaterThanOrEqual(-1e-9 * WORTH);
          forgone += less;
        }
        expect(forgone).toBeLessThanOrEqual(found.gap + 1e-9 * WORTH);
      }),
      { numRuns: 200 },
    );
  });

  test('leaves the marginal price of every constant product within its fee of the prices of the proof', () => {
    fc.assert(
      fc.property(network, rebalance, (models, goal) => {
        const program = Program.of(TOKENS, models);
        const found = solveProgram(program, goal, SEARCH);
        fc.pre(found.closed);
        const trades = tradesOf(program, found);
        for (const [market, model] of models.entries()) {
          if (model.kind !== 'constant-product') continue;
          const [one = NaN, other = NaN] = model.reserves.map((reserve, coin) => {
            const got = trades[market]?.[coin] ?? NaN;
            return reserve - (got < 0 ? (1 - model.fee) * got : got);
          });
          const ratio = (found.prices[model.tokens[0]] ?? NaN) / (found.prices[model.tokens[1]] ?? NaN);
          expect(ratio).toBeGreaterThanOrEqual((other / one) * (1 - model.fee) * (1 - 1e-3));
          expect(ratio).toBeLessThanOrEqual((other / one / (1 - model.fee)) * (1 + 1e-3));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('is not improved by doing something else with any market, or a little of it', () => {
    const changes = fc.array(
      fc.record({
        market: fc.nat(),
        share: fc.constantFrom(1e-4, 0.01, 0.3, 1),
        offs: fc.array(unit, { minLength: TOKENS, maxLength: TOKENS }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(network, rebalance, changes, (models, goal, list) => {
        const program = Program.of(TOKENS, models);
        const found = solveProgram(program, goal, SEARCH);
        const trades = [...tradesOf(program, found)];
        expect(worthOf(goal, models, trades)).toBeGreaterThanOrEqual(found.value - 1e-9 * WORTH);
        const other = Program.answer(program);
        for (const { market, share, offs } of list) {
          // What a market would do at other prices it can do, and so it can any mixture with what it does.
          const at = Float64Array.from(PRICES, (price, token) => price * (1 + 0.05 * (offs[token] ?? NaN)));
          Program.respond(program, at, other);
          const index = market % models.length;
          const would = Program.trade(program, other, index);
          trades[index] = (trades[index] ?? []).map((got, coin) => (1 - share) * got + share * (would[coin] ?? NaN));
          expect(worthOf(goal, models, trades)).toBeLessThanOrEqual(found.value + found.gap + 1e-9 * WORTH);
        }
      }),
      { numRuns: 200 },
    );
  });
});
