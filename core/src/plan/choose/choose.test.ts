// A published network with known best choices, what limits cost, what is odd or empty, and what is refused.

import { describe, expect, test } from 'vitest';
import type { Offer } from '../model/Offer.ts';
import { NetworkError } from '../network/index.ts';
import type { Rebalance } from '../program/Goal.ts';
import type { Model } from '../program/Program.ts';
import { chooseMarkets } from './chooseMarkets.ts';
import { dropSmallest } from './dropSmallest.ts';
import { eliminate } from './eliminate.ts';
import * as Inquiry from './Inquiry.ts';

const MODELS: readonly Model[] = [
  { kind: 'constant-product', tokens: [0, 1], reserves: [2e6, 1_000], fee: 0.003 },
  { kind: 'constant-product', tokens: [1, 2], reserves: [800, 40], fee: 0.003 },
  { kind: 'weighted', tokens: [3, 1], reserves: [8e5, 100], weights: [0.8, 0.2], fee: 0.01 },
  { kind: 'constant-product', tokens: [0, 3], reserves: [3e5, 3e5], fee: 0.003 },
  {
    kind: 'concentrated',
    tokens: [1, 0],
    sqrtPrice: Math.sqrt(2_000),
    segments: [{ low: Math.sqrt(1_800), high: Math.sqrt(2_200), liquidity: 2e5 }],
    fee: 0.0005,
  },
];

const GOAL: Rebalance = {
  kind: 'rebalance',
  holdings: [1e5, 50, 2.5, 0],
  prices: [1, 2_000, 40_000, 1],
  weights: [0.1, 0.5, 0.3, 0.1],
  kappa: 1,
};
const BUDGET = { gap: 1e-10, looks: 2_000 };

const offersAt = (fixed: number, models = MODELS): readonly Offer[] =>
  models.map((model) => ({ alternatives: [model], fixed }));

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof NetworkError) return error.message;
    throw error;
  }
  return 'none';
}

describe('what is chosen', () => {
  test.each([
    [15, 298_597.532, [0, 1, 2, 3, 4]],
    [40, 298_474.6633, [1, 2, 3, 4]],
    [100, 298_258.7112, [2, 3, 4]],
    [300, 297_770.4029, [3, 4]],
    [1_000, 296_588.076, [4]],
  ])('at a cost of %d a market, of five', (fixed, value, used) => {
    const choice = chooseMarkets(4, offersAt(fixed), GOAL, BUDGET);
    expect(choice.trades.flatMap((trade, offer) => (trade === undefined ? [] : [offer]))).toEqual(used);
    expect(Math.abs(choice.value - value)).toBeLessThanOrEqual(0.01);
    expect(choice.gap).toBeLessThanOrEqual(1e-4);
  });

  test('nothing where every market costs more than it could gain, and that is proved', () => {
    const { value, idle, gap, trades, net } = chooseMarkets(4, offersAt(1e6), GOAL, BUDGET);
    expect(value).toBe(idle);
    expect(gap).toBeLessThanOrEqual(1e-4);
    expect(trades).toEqual(MODELS.map(() => undefined));
    expect([...net]).toEqual([0, 0, 0, 0]);
  });

  test('nothing where nothing is offered', () => {
    const { value, idle, bound, gap } = chooseMarkets(4, [], GOAL);
    expect(value).toBe(idle);
    expect(bound).toBe(idle);
    expect(gap).toBe(0);
  });

  test('of two ways of one market the better one, and never both', () => {
    const [shallow, deep] = [1e5, 1e6].map((depth): Model => ({
      kind: 'constant-product',
      tokens: [0, 1],
      reserves: [depth, depth / 2_000],
      fee: 0.003,
    }));
    if (shallow === undefined || deep === undefined) throw new Error('two pools');
    const choose = (offers: readonly Offer[]) => chooseMarkets(4, offers, GOAL, BUDGET);
    const either = choose([{ alternatives: [shallow, deep], fixed: 10 }]);
    const alone = choose([{ alternatives: [deep], fixed: 10 }]);
    const both = choose([shallow, deep].map((model) => ({ alternatives: [model], fixed: 10 })));
    expect(either.trades[0]?.alternative).toBe(1);
    expect(Math.abs(either.value - alone.value)).toBeLessThanOrEqual(1e-4);
    expect(either.bound).toBeLessThan(both.value);
  });
});

describe('rules of thumb', () => {
  const after = (rule: typeof eliminate, fixed: number, models = MODELS, goal = GOAL): number => {
    const inquiry = Inquiry.begin(4, offersAt(fixed, models), goal, BUDGET);
    rule(inquiry, Inquiry.attempt(inquiry, new Int32Array(models.length)));
    return inquiry.best.value;
  };

  test('dropping the smallest loses where what a market gains is not what it is worth to the others', () => {
    expect(after(eliminate, 60) - after(dropSmallest, 60)).toBeGreaterThan(10);
    expect(after(eliminate, 1_000) - after(dropSmallest, 1_000)).toBeGreaterThan(200);
  });

  test('elimination loses where the first step that gains most leads away', () => {
    const pool = (one: number, other: number, depth: number): Model => ({
      kind: 'constant-product',
      tokens: [one, other],
      reserves: [depth, depth],
      fee: 0.003,
    });
    const models = [
      pool(1, 3, 1e6),
      pool(2, 0, 2e5),
      pool(1, 2, 2e6),
      pool(2, 0, 3e5),
      pool(2, 0, 5e4),
      pool(3, 0, 3e6),
    ];
    const goal: Rebalance = {
      kind: 'rebalance',
      holdings: [5e4, 3e4, 1.5e4, 5e3],
      prices: [1, 1, 1, 1],
      weights: [0.1, 0.2, 0.3, 0.4],
      kappa: 2,
    };
    expect(after(dropSmallest, 100, models, goal) - after(eliminate, 100, models, goal)).toBeGreaterThan(20);
    const { value } = chooseMarkets(4, offersAt(100, models), goal, BUDGET);
    expect(Math.abs(value - after(dropSmallest, 100, models, goal))).toBeLessThanOrEqual(1e-3);
  });
});

describe('limits', () => {
  test('cost what one more of a token that ran out would gain', () => {
    const goal: Rebalance = { ...GOAL, holdings: [2e4, 100, 2.5, 0], weights: [0, 0.9, 0.1, 0], kappa: 10 };
    const offers = offersAt(20);
    const { shadows, value } = chooseMarkets(4, offers, goal, BUDGET);
    expect(shadows.limits[0]).toBeGreaterThan(0);
    // Nothing counts for less than before if it may be owed a little instead.
    const loose = chooseMarkets(4, offers, { ...goal, least: [-100, 0, 0, 0] }, BUDGET);
    const gain = (loose.value - value) / 100;
    expect(Math.abs(gain / (shadows.limits[0] ?? NaN) - 1)).toBeLessThanOrEqual(0.1);
  });

  test('cost what one more would gain at the last rate of a market that is used to its end', () => {
    const narrow: Model = {
      kind: 'concentrated',
      tokens: [1, 0],
      sqrtPrice: Math.sqrt(2_000),
      segments: [{ low: Math.sqrt(1_980), high: Math.sqrt(2_002), liquidity: 2e4 }],
      fee: 0.0005,
    };
    const { shadows, trades } = chooseMarkets(4, offersAt(1, [...MODELS.slice(0, 4), narrow]), GOAL, BUDGET);
    expect(shadows.capacities.map(({ offer }) => offer)).toEqual([4]);
    // It sold WETH for USDC until no more of it was there.
    const all = 2e4 * (1 / Math.sqrt(2_000) - 1 / Math.sqrt(2_002));
    expect(Math.abs((trades[4]?.got[0] ?? NaN) / all - 1)).toBeLessThanOrEqual(1e-9);
    expect(shadows.capacities[0]?.price).toBeGreaterThan(0);
  });

  test.each<readonly [string, Model, number, readonly number[]]>([
    [
      'a pool with an end',
      { kind: 'weighted', tokens: [0, 1], reserves: [1e5, 50], weights: [0.5, 0.5], fee: 0.003, most: 0.01 },
      1e3 / 0.997,
      [1e5, 49, 0, 0],
    ],
    [
      'a deposit',
      { kind: 'deposit', tokens: [0, 1], rate: 1 / 2_000, supplied: 1e5, earns: [0.05, 0], most: 2_000 },
      2_000,
      [95_150, 52.4, 0, 0],
    ],
    [
      'a book',
      {
        kind: 'ladder',
        tokens: [0, 1],
        falls: [
          { rate: 1 / 2_001, most: 1_500 },
          { rate: 1 / 2_010, most: 500 },
        ],
        rises: [],
      },
      2_000,
      [50_300, 24.85, 0, 0],
    ],
  ])('have a price where %s took all it takes, and none where it did not', (_, model, most, nearly) => {
    const goal: Rebalance = { ...GOAL, holdings: [1e5, 0, 0, 0], weights: [0.5, 0.5, 0, 0] };
    const { shadows, trades } = chooseMarkets(4, offersAt(1, [model]), goal, BUDGET);
    expect(Math.abs(-(trades[0]?.got[0] ?? NaN) / most - 1)).toBeLessThanOrEqual(1e-6);
    expect(shadows.capacities.map(({ offer }) => offer)).toEqual([0]);
    const near: Rebalance = { ...goal, holdings: nearly };
    const little = chooseMarkets(4, offersAt(0, [model]), near, BUDGET);
    expect(little.trades[0]?.got[0]).toBeLessThan(0);
    expect(little.shadows.capacities).toEqual([]);
  });
});

describe('a budget', () => {
  test('of one look is enough for a choice that is feasible and bounded', () => {
    const best = chooseMarkets(4, offersAt(40), GOAL, BUDGET);
    const { value, bound, idle } = chooseMarkets(4, offersAt(40), GOAL, { gap: 1e-10, looks: 1 });
    expect(value).toBeGreaterThanOrEqual(idle);
    expect(bound).toBeGreaterThanOrEqual(best.value);
  });

  test('ends by a clock that its owner hands in', () => {
    let ticks = 0;
    const clock = { now: () => (ticks += 1), until: 3 };
    const { gap, looks } = chooseMarkets(4, offersAt(60), GOAL, { ...BUDGET, clock });
    expect(looks).toBeLessThan(chooseMarkets(4, offersAt(60), GOAL, BUDGET).looks);
    expect(gap).toBeGreaterThan(0);
  });
});

describe('what is refused', () => {
  const [pool] = offersAt(1);
  test.each([
    ['no way of using an offer', () => chooseMarkets(4, [{ alternatives: [], fixed: 1 }], GOAL), 'offers[0]'],
    ['a cost below zero', () => chooseMarkets(4, offersAt(-1), GOAL), 'fixed'],
    ['a cost that is no number', () => chooseMarkets(4, offersAt(NaN), GOAL), 'fixed'],
    ['a market of tokens that there are not', () => chooseMarkets(1, pool === undefined ? [] : [pool], GOAL), 'tokens'],
    ['a goal of other tokens', () => chooseMarkets(5, offersAt(1), GOAL), 'prices'],
    ['no looks', () => chooseMarkets(4, offersAt(1), GOAL, { gap: 1e-8, looks: 0 }), 'budget.looks'],
    ['no gap', () => chooseMarkets(4, offersAt(1), GOAL, { gap: NaN, looks: 10 }), 'budget.gap'],
  ])('%s', (_, run, path) => {
    expect(refusal(run)).toContain(path);
  });
});
