// What is odd or empty is answered rightly or refused by name.

import { describe, expect, test } from 'vitest';
import { NetworkError } from '../network/index.ts';
import * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const pool = (tokens: readonly [number, number], reserves: readonly [number, number], fee = 0.003): Program.Model => ({
  kind: 'constant-product',
  tokens,
  reserves,
  fee,
});

const halves: Goal.Rebalance = {
  kind: 'rebalance',
  holdings: [600, 400],
  prices: [1, 1],
  weights: [0.5, 0.5],
  kappa: 100,
};

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof NetworkError) return error.message;
    throw error;
  }
  return 'none';
}

describe('what is answered', () => {
  test('no markets: nothing is traded, and nothing could be', () => {
    const { net, value, gap, closed } = solveProgram(Program.of(2, []), halves);
    expect([...net]).toEqual([0, 0]);
    expect(value).toBe(1_000 - (100 / 2_000) * 20_000);
    expect(gap).toBeLessThanOrEqual(1e-7);
    expect(closed).toBe(true);
  });

  test('a token that no market trades keeps its amount', () => {
    const program = Program.of(3, [pool([0, 1], [1e6, 1e6])]);
    const goal: Goal.Rebalance = {
      ...halves,
      holdings: [600, 390, 10],
      prices: [1, 1, 1],
      weights: [0.5, 0.49, 0.01],
    };
    const { net, closed } = solveProgram(program, goal);
    expect(net[2]).toBe(0);
    expect(net[0]).toBeLessThan(0);
    expect(closed).toBe(true);
  });

  test('two pools alike do what one of twice the depth does', () => {
    const [one, two] = [
      solveProgram(Program.of(2, [pool([0, 1], [2e3, 2e3])]), halves),
      solveProgram(Program.of(2, [pool([0, 1], [1e3, 1e3]), pool([0, 1], [1e3, 1e3])]), halves),
    ];
    expect(Math.abs(one.value - two.value)).toBeLessThanOrEqual(2e-7);
  });

  test('a pool of ranges at the end of its ranges pays one way', () => {
    const segments = [{ low: 1, high: 1.1, liquidity: 1e5 }];
    const program = Program.of(2, [{ kind: 'concentrated', tokens: [0, 1], sqrtPrice: 1, segments, fee: 0.0005 }]);
    expect(solveProgram(program, halves).net[0]).toBe(0);
    const { net, closed } = solveProgram(program, { ...halves, holdings: [400, 600] });
    expect(net[0]).toBeGreaterThan(50);
    expect(closed).toBe(true);
  });

  test('two islands: each keeps to itself, and the gap closes', () => {
    const program = Program.of(4, [pool([0, 1], [1e6, 1e6]), pool([2, 3], [1e6, 1e6])]);
    const goal: Goal.Rebalance = {
      ...halves,
      holdings: [300, 200, 300, 200],
      prices: [1, 1, 1, 1],
      weights: [0.25, 0.25, 0.25, 0.25],
    };
    const { net, closed } = solveProgram(program, goal);
    expect(closed).toBe(true);
    expect(Math.abs((net[0] ?? NaN) - (net[2] ?? NaN))).toBeLessThanOrEqual(1e-4);
    expect(net[0]).toBeLessThan(-40);
  });

  test('one wei of a token: nothing is overdrawn, and the gap is no more than the last digit of the pool', () => {
    const { net, value, gap } = solveProgram(Program.of(2, [pool([0, 1], [1e6, 1e6])]), {
      ...halves,
      holdings: [1e-18, 0],
    });
    expect(1e-18 + (net[0] ?? NaN)).toBeGreaterThanOrEqual(0);
    expect(net[1]).toBeGreaterThanOrEqual(0);
    expect(value).toBeGreaterThanOrEqual(1e-18 * (1 - 50 * 0.5));
    expect(gap).toBeLessThanOrEqual(1e-9);
  });

  test('pools 10^12 apart in depth', () => {
    const program = Program.of(3, [pool([0, 1], [1e15, 1e15]), pool([1, 2], [1e3, 1e3]), pool([0, 2], [1e6, 1e6])]);
    const goal: Goal.Rebalance = { ...halves, holdings: [600, 300, 100], prices: [1, 1, 1], weights: [0.4, 0.3, 0.3] };
    const { gap, net } = solveProgram(program, goal);
    expect(gap).toBeLessThanOrEqual(1e-3);
    expect(net[2]).toBeGreaterThan(0);
  });

  test('debts may grow to their limit and no further', () => {
    const program = Program.of(2, [pool([0, 1], [1e6, 1e6], 0)]);
    const goal: Goal.Rebalance = { ...halves, holdings: [1_100, -100], weights: [1, 0], least: [0, -100] };
    expect(solveProgram(program, goal).net[1]).toBeGreaterThan(99);
    const { net } = solveProgram(program, { ...goal, prices: [1, 0.99], least: [0, -150] });
    expect(-100 + (net[1] ?? NaN)).toBeGreaterThanOrEqual(-150);
  });

  test('few looks: what is best by then, with a gap that says so', () => {
    const program = Program.of(2, [pool([0, 1], [1e3, 1e3])]);
    const { gap, bound, closed, looks } = solveProgram(program, halves, { gap: 1e-15, looks: 1 });
    const best = solveProgram(program, halves);
    expect(closed).toBe(false);
    expect(looks).toBe(1);
    expect(bound).toBeGreaterThanOrEqual(best.value);
    expect(gap).toBeGreaterThan(0);
  });
});

describe('what is refused', () => {
  const cases: readonly (readonly [string, () => unknown, string])[] = [
    ['no liquidity', () => Program.of(2, [pool([0, 1], [0, 0])]), 'markets[0].reserves[0]: 0'],
    ['one side only', () => Program.of(2, [pool([0, 1], [5, 0])]), 'markets[0].reserves[1]: 0'],
    ['a fee of all', () => Program.of(2, [pool([0, 1], [5, 5], 1)]), 'markets[0].fee: 1'],
    ['a token twice', () => Program.of(2, [pool([1, 1], [5, 5])]), 'markets[0].tokens: 1, 1'],
    ['a token that is not', () => Program.of(2, [pool([0, 2], [5, 5])]), 'markets[0].tokens: 2'],
    ['a price of zero', () => solve({ ...halves, prices: [1, 0] }), 'prices[1]: 0'],
    ['NaN held', () => solve({ ...halves, holdings: [NaN, 1] }), 'holdings[0]: NaN'],
    ['weights of more than one', () => solve({ ...halves, weights: [0.5, 0.6] }), 'weights: a sum of 1.1'],
    ['no kappa', () => solve({ ...halves, kappa: 0 }), 'kappa[0]: 0'],
    ['a debt beyond its limit', () => solve({ ...halves, holdings: [5, -1] }), 'holdings[1]: -1'],
    ['a passing token that is held', () => solve({ ...halves, transit: [false, true] }), 'holdings[1]: 400'],
    ['a list that is too short', () => solve({ ...halves, transit: [false] }), 'transit: 1 values'],
    ['nothing of value', () => solve({ ...halves, holdings: [0, 0] }), 'holdings: a worth of 0'],
    [
      'values of zero',
      () => solve({ kind: 'convert', holdings: [1, 1], values: [0, 0], prices: [1, 1] }),
      'values: only',
    ],
    ['no price to start at', () => solve({ kind: 'convert', holdings: [1, 1], values: [1, 0] }), 'prices[1]: 0'],
  ];
  test.each(cases)('%s', (_, run, named) => {
    expect(refusal(run)).toContain(named);
  });
});

function solve(goal: Goal.Goal): unknown {
  return solveProgram(Program.of(2, [pool([0, 1], [1e6, 1e6])]), goal);
}
