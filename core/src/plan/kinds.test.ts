// A plan goes through every kind of market where that is the best there is.

import { describe, expect, test } from 'vitest';
import { judge } from '../guard/judge.ts';
import type { Market } from '../market/Market.ts';
import { ONE } from '../money/Fixed.ts';
import type { Weights } from '../portfolio/Drift.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import * as Trial from '../Trial.ts';
import { compose } from './compose.ts';

// $60,000 of WETH at $2,000, $30,000 of WBTC at $30,000 and $10,000 of USDC; and three coins of a dollar, of which one is all that is held.
// The sample's pools are $10,000,000 deep and charge 0.05 % or 0.3 %.
const coins = Sample.snapshot();
const dollars = Sample.snapshot(
  ['USDA', 'USDB', 'USDC'].map((symbol, index) => ({
    symbol,
    decimals: 6,
    price: '1',
    tokens: index === 2 ? '0' : '9000',
  })),
);
const M = 10n ** 6n;
const RAY = 10n ** 27n;

/** Plan, check that the guard lets it pass and that it replays to the atom, and list its routes: each market with what comes out of it. */
function waysOf(snapshot: Snapshot, weights: Weights): readonly string[] {
  const portfolio = Portfolio.of(snapshot);
  const plan = compose(snapshot, portfolio, weights, Sample.STRATEGY.trading);
  expect(judge({ snapshot, portfolio, targets: weights, plan }, [])).toEqual({ kind: 'pass' });
  const state = Trial.start(snapshot);
  return Trial.swapsOf(plan).flatMap((swap) => {
    expect(Trial.make(state, swap)).toEqual(swap.routes.map(({ expected }) => expected));
    return swap.routes.map(({ markets, through }) => {
      const stops = markets.map((id, hop) => `${id} → ${through[hop] ?? swap.buy}`);
      return `${swap.sell} → ${stops.join(' → ')}`;
    });
  });
}

type Trying = { readonly snapshot: Snapshot; readonly weights: Weights; readonly market: Market; readonly way: string };

const [toUsdc, toWbtc] = [
  { weth: 0.5, wbtc: 0.3, usdc: 0.2 },
  { weth: 0.5, wbtc: 0.4, usdc: 0.1 },
];
const toUsdb = { usda: 0.25, usdb: 0.75, usdc: 0 };
const pair = { id: 'best', assets: ['weth', 'usdc'] } as const;
const pool = { ...pair, kind: 'constant-product', reserves: [10n ** 24n, 2_000_000_000n * M], feePpm: 1 } as const;
const fall: Omit<Trying, 'market'> = { snapshot: coins, weights: toUsdc, way: 'weth → best → usdc' };
const turn: Omit<Trying, 'market'> = { snapshot: dollars, weights: toUsdb, way: 'usda → best → usdb' };

const kinds: Readonly<Record<string, Trying>> = {
  'a constant product': { ...fall, market: pool },
  'a batch': {
    ...fall,
    market: { ...pair, kind: 'batch', reserves: [10n ** 25n, 20_000_000_000n * M], net: 0n },
  },
  'a time-weighted maker': { ...fall, market: { ...pair, kind: 'twamm', pool, selling: [0n, 0n] } },
  'a weighted pool of three': {
    snapshot: coins,
    weights: toWbtc,
    way: 'weth → best → wbtc',
    market: {
      kind: 'weighted',
      id: 'best',
      assets: ['weth', 'wbtc', 'usdc'],
      reserves: [500_000n * ONE, 1_000_000_000_000n, 700_000_000n * M],
      weights: [ONE / 2n, (3n * ONE) / 20n, (7n * ONE) / 20n],
      scales: [1n, 10n ** 10n, 10n ** 12n],
      fee: ONE / M,
    },
  },
  'a stable pool of three': {
    ...turn,
    market: {
      kind: 'stable-swap',
      id: 'best',
      rounding: 'curve',
      assets: ['usda', 'usdb', 'usdc'],
      reserves: [M, M, M].map((one) => one * M),
      rates: [10n ** 30n, 10n ** 30n, 10n ** 30n],
      amp: 1_000n,
      ampPrecision: 1n,
      fee: ONE / M,
      adminFee: ONE / 2n,
    },
  },
  'an order book': {
    ...fall,
    market: {
      ...pair,
      kind: 'book',
      // Ten cents a tick, a hundredth of a coin a lot: 1999.9 for a hundred coins.
      bids: [{ ticks: 19_999n, lots: 10_000n }],
      asks: [{ ticks: 20_001n, lots: 10_000n }],
      tick: { bought: M / 10n, sold: ONE },
      lot: ONE / 100n,
      feePpm: 10,
    },
  },
  'a Dutch auction': {
    ...fall,
    market: {
      ...pair,
      kind: 'auction',
      paid: { price: 2_000n * ONE, decimals: 18 },
      given: { price: ONE, decimals: 6 },
      sellable: 100_000n * M,
      buyable: 50n * ONE,
      terms: { notBefore: coins.at - 600, deadline: coins.at + 600, decay: 300, startPremium: 500, floorDiscount: 10 },
      at: coins.at,
    },
  },
  'a gradual auction': {
    ...fall,
    market: {
      ...pair,
      kind: 'gradual-auction',
      start: { bought: 2_000n * M, sold: ONE },
      decay: ONE / 1_000n,
      supply: { kind: 'continuous', emission: M * M, available: M * M },
    },
  },
  'a lending pool': {
    ...turn,
    market: {
      kind: 'lending',
      id: 'best',
      assets: ['usda', 'usdb'],
      supplied: 50n * M * M,
      borrowed: 20n * M * M,
      receipts: { kind: 'index', index: RAY },
      curve: {
        kind: 'kinked',
        base: 0n,
        slopeBelow: RAY / 25n,
        slopeAbove: RAY,
        kink: (9n * RAY) / 10n,
        reserveFactor: 1_000,
      },
    },
  },
  'a vault': {
    ...turn,
    market: {
      kind: 'vault-4626',
      id: 'best',
      assets: ['usda', 'usdb'],
      totalAssets: 50n * M * M,
      totalShares: 50n * M * M,
      offset: 0,
      maxDeposit: M * M,
      maxWithdraw: M * M,
      entryPpm: 0,
      exitPpm: 10,
    },
  },
  'a bridge': {
    ...turn,
    market: {
      kind: 'bridge',
      id: 'best',
      assets: ['usda', 'usdb'],
      parity: [1n, 1n],
      capacity: [M * M, M * M],
      fixedFee: [M / 10n, M / 10n],
      feePpm: 10,
      delay: { expected: 60, longest: 600 },
    },
  },
};

describe('a plan goes through', () => {
  test.each(Object.entries(kinds))('%s where it is the best there is', (_, { snapshot, weights, market, way }) => {
    const ways = waysOf({ ...snapshot, markets: [...snapshot.markets, market] }, weights);
    expect(ways).toEqual([way]);
  });

  test.each(Object.entries(kinds))('pools it knows where %s has nothing left', (_, { snapshot, weights, market }) => {
    const ways = waysOf({ ...snapshot, markets: [...snapshot.markets, drained(market)] }, weights);
    expect(ways.length).toBeGreaterThan(0);
    for (const way of ways) expect(way).not.toContain('best');
  });
});

describe('a plan says of a market whose own arithmetic gives up', () => {
  const broken: Readonly<Record<string, Market>> = {
    'a price that fell for too long': {
      ...pair,
      kind: 'gradual-auction',
      start: { bought: 2_000n * M, sold: ONE },
      decay: ONE,
      supply: { kind: 'continuous', emission: 1n, available: 201n },
    },
    'an invariant that does not settle': {
      ...pair,
      kind: 'stable-swap',
      rounding: 'curve',
      reserves: [2n ** 128n - 1n, 19_360_555n],
      rates: [2_000n * ONE, 10n ** 30n],
      amp: M,
      ampPrecision: 100n,
      fee: 0n,
      adminFee: 0n,
    },
  };

  test.each(Object.entries(broken))('that it has no price: %s', (_, market) => {
    const snapshot = { ...coins, markets: [...coins.markets, market] };
    const plan = compose(snapshot, Portfolio.of(snapshot), toUsdc, Sample.STRATEGY.trading);
    expect(plan.passed).toContainEqual({ market: 'best', why: expect.stringContaining('has no price') });
    expect(Trial.swapsOf(plan).length).toBeGreaterThan(0);
  });
});

/** Take out of a market all that it could pay. */
function drained(market: Market): Market {
  switch (market.kind) {
    case 'constant-product':
      return { ...market, reserves: [0n, 0n] };
    case 'twamm':
      return { ...market, pool: { ...market.pool, reserves: [0n, 0n] } };
    case 'weighted':
    case 'stable-swap':
      return { ...market, reserves: market.reserves.map(() => 0n) };
    case 'batch':
      return { ...market, reserves: [10n, 10n] };
    case 'book':
      return { ...market, bids: [], asks: [] };
    case 'auction':
      return { ...market, sellable: 0n };
    case 'gradual-auction':
      return { ...market, supply: { kind: 'continuous', emission: 1n, available: 0n } };
    case 'lending':
      return { ...market, supplyCap: market.supplied };
    case 'vault-4626':
      return { ...market, maxDeposit: 0n };
    case 'bridge':
      return { ...market, capacity: [0n, 0n] };
    case 'concentrated':
      return { ...market, liquidity: 0n, ticks: [] };
  }
}
