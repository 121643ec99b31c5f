// What is peculiar to venues that are no pools: interest to come, whole lots, fees that are fixed.

import { describe, expect, test } from 'vitest';
import { judge } from '../guard/judge.ts';
import type { Market } from '../market/Market.ts';
import type { Weights } from '../portfolio/Drift.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import * as Trial from '../Trial.ts';
import { compose } from './compose.ts';
import type { Plan } from './Plan.ts';

const M = 10n ** 6n;
const RAY = 10n ** 27n;
const DAY = 86_400;
const KAPPA = 100;

/** Three coins of a dollar, $9,000 of each of the first two; no markets but these. */
function world(markets: readonly Market[]): Snapshot {
  const coins = ['USDA', 'USDB', 'USDC'].map((symbol, index) => ({
    symbol,
    decimals: 6,
    price: '1',
    tokens: index === 2 ? '0' : '9000',
  }));
  return { ...Sample.snapshot(coins), markets };
}

/** $100 million lent to nine tenths, at a kink beyond which nobody borrows: suppliers get 3.6 %, less what more supply brings it down by. */
const pool: Market = {
  kind: 'lending',
  id: 'pool',
  assets: ['usda', 'usdb'],
  supplied: 100n * M * M,
  borrowed: 90n * M * M,
  receipts: { kind: 'index', index: RAY },
  curve: {
    kind: 'kinked',
    base: 0n,
    slopeBelow: RAY / 25n,
    slopeAbove: RAY,
    kink: (95n * RAY) / 100n,
    reserveFactor: 0,
  },
};

function plan(snapshot: Snapshot, weights: Weights, horizon: number): Plan {
  const portfolio = Portfolio.of(snapshot);
  const made = compose(snapshot, portfolio, weights, { ...Sample.STRATEGY.trading, horizon });
  expect(judge({ snapshot, portfolio, targets: weights, plan: made }, [])).toEqual({ kind: 'pass' });
  const state = Trial.start(snapshot);
  for (const swap of Trial.swapsOf(made)) {
    expect(Trial.make(state, swap)).toEqual(swap.routes.map(({ expected }) => expected));
  }
  return made;
}

/** What a portfolio of three counts for {USD}, all of them worth a dollar. */
function worth(held: readonly number[], weights: readonly number[]): number {
  const total = held.reduce((sum, one) => sum + one, 0);
  const start = 18_000;
  const squared = held.reduce((sum, one, index) => sum + (one - (weights[index] ?? 0) * total) ** 2, 0);
  return total - (KAPPA / (2 * start)) * squared;
}

describe('interest', () => {
  test.each([
    ['a deposit', { usda: 0.25, usdb: 0.75, usdc: 0 }, 'usda'],
    ['a withdrawal', { usda: 0.75, usdb: 0.25, usdc: 0 }, 'usdb'],
  ] as const)('of %s counts in what a plan is worth, so that its proof closes', (_, weights, sell) => {
    const made = plan(world([pool]), weights, 365 * DAY);
    const [swap, ...more] = Trial.swapsOf(made);
    if (swap === undefined || more.length > 0) throw new Error('one swap was expected');
    expect(swap.sell).toBe(sell);
    expect(made.proof.gapBps).toBeLessThan(0.05);
    // 90 % lent out at 0.04·0.9/0.95 for a year; the deposit is too small to change that by more than a thousandth.
    const sold = Number(swap.sold) / 1e6;
    const earned = sold * 0.9 * 0.04 * (0.9 / 0.95) * (sell === 'usda' ? 1 : -1);
    const [a, b] = sell === 'usda' ? [9_000 - sold, 9_000 + sold + earned] : [9_000 + sold + earned, 9_000 - sold];
    const gas = Number(made.cost.gas) / 1e18;
    const all = worth([a, b, 0], [weights.usda, weights.usdb, 0]) - gas;
    expect(Math.abs(made.proof.objective - all)).toBeLessThan(0.02);
  });

  test('is nothing to a plan whose deposits stay for no time', () => {
    const made = plan(world([pool]), { usda: 0.25, usdb: 0.75, usdc: 0 }, 0);
    const [swap] = Trial.swapsOf(made);
    expect(swap?.expected).toBe(swap?.sold);
    expect(made.proof.gapBps).toBeLessThan(0.05);
  });
});

describe('whole lots', () => {
  test('are what is sold: a swap says how much, and its routes add up', () => {
    const book: Market = {
      kind: 'book',
      id: 'book',
      assets: ['usda', 'usdb'],
      bids: [{ ticks: 9_999n, lots: 10n }],
      asks: [{ ticks: 10_001n, lots: 10n }],
      tick: { bought: 1n, sold: 10_000n },
      lot: 700n * M,
      feePpm: 10,
    };
    const made = plan(world([book]), { usda: 0.25, usdb: 0.75, usdc: 0 }, 0);
    const swaps = Trial.swapsOf(made);
    // $4,500 is six lots of $700 and a part of one.
    expect(swaps.map(({ sold }) => sold)).toEqual([4_200n * M]);
    for (const { sold, routes } of swaps) expect(routes.reduce((sum, route) => sum + route.sold, 0n)).toBe(sold);
  });
});

/** From the first coin to the third, at hardly a fee. */
const onward: Market = {
  kind: 'constant-product',
  id: 'onward',
  assets: ['usda', 'usdc'],
  reserves: [100n * M * M, 100n * M * M],
  feePpm: 10,
};

describe('what comes later on a way', () => {
  test('is no book: what another market pays is never whole lots, and a dearer pool goes all the way', () => {
    const book: Market = {
      kind: 'book',
      id: 'book',
      assets: ['usdc', 'usdb'],
      bids: [{ ticks: 9_999n, lots: 1_000n }],
      asks: [{ ticks: 10_001n, lots: 1_000n }],
      tick: { bought: 1n, sold: 10_000n },
      lot: 70n * M,
      feePpm: 10,
    };
    const direct: Market = { ...onward, id: 'direct', assets: ['usda', 'usdb'], feePpm: 3_000 };
    const made = plan(world([onward, book, direct]), { usda: 0.25, usdb: 0.75, usdc: 0 }, 0);
    expect(Trial.swapsOf(made).flatMap(({ routes }) => routes.map(({ markets }) => markets))).toEqual([['direct']]);
  });

  test('may be used to its end, to a millionth', () => {
    const vault: Market = {
      kind: 'vault-4626',
      id: 'vault',
      assets: ['usdc', 'usdb'],
      totalAssets: 50n * M * M,
      totalShares: 50n * M * M,
      offset: 0,
      maxDeposit: 500n * M + 7n,
      maxWithdraw: M * M,
      entryPpm: 0,
      exitPpm: 10,
    };
    const made = plan(world([onward, vault]), { usda: 0.47, usdb: 0.53, usdc: 0 }, 0);
    const bought = Trial.swapsOf(made).flatMap(({ buy, routes }) =>
      routes.map(({ expected }) => (buy === 'usdb' ? expected : 0n)),
    );
    expect(bought.reduce((sum, one) => sum + one, 0n)).toBeGreaterThan(499n * M);
  });
});

describe('a fixed fee', () => {
  const bridge: Market = {
    kind: 'bridge',
    id: 'bridge',
    assets: ['usda', 'usdb'],
    parity: [1n, 1n],
    capacity: [M * M, M * M],
    fixedFee: [3n * M, 3n * M],
    feePpm: 100,
    delay: { expected: 60, longest: 600 },
  };

  test('of a bridge is part of what it costs, and of what has to be gained', () => {
    const made = plan(world([bridge]), { usda: 0.25, usdb: 0.75, usdc: 0 }, 0);
    const [swap] = Trial.swapsOf(made);
    if (swap === undefined) throw new Error('a swap was expected');
    const fee = 3n * M + (swap.sold + 9_999n) / 10_000n;
    expect(swap.sold - swap.expected).toBe(fee);
    expect(made.cost.bridge).toBe(fee * 10n ** 12n);
    expect(made.proof.gapBps).toBeLessThan(0.05);
    // To move $200 gains less than $300.
    const dear = { ...bridge, fixedFee: [300n * M, 300n * M] } as const;
    const weights = { usda: 8_800 / 18_000, usdb: 9_200 / 18_000, usdc: 0 };
    expect(plan(world([bridge]), weights, 0).steps.length).toBeGreaterThan(0);
    expect(plan(world([dear]), weights, 0).steps).toEqual([]);
  });
});
