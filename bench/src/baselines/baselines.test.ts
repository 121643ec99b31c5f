// The baselines are as good as they should be: a split is never worse than one path, parts that share a pool see each other, and what
// they answer can be carried out to the atom.

import type { Asset, ConstantProduct, Market } from '@trimtab/core';
import { describe, expect, test } from 'vitest';
import { builtInPools, COIN, DOLLAR } from '../pools/builtInPools.ts';
import { priceTokens } from '../pools/priceTokens.ts';
import { drawRebalance } from './drawRebalance.ts';
import { match } from './match.ts';
import * as Paths from './Paths.ts';
import { percentageSplit } from './percentageSplit.ts';
import { carryOut, gasOf, OrderRefused, type Rebalance } from './Rebalance.ts';
import { rebalanceBy } from './rebalanceBy.ts';
import { singlePath } from './singlePath.ts';
import * as Split from './Split.ts';

const ASSETS: readonly Asset[] = ['a', 'b', 'c', 'd'].map((id) => ({ id, symbol: id, decimals: 6 }));
const MILLION = 10n ** 12n;

function pool(id: string, assets: readonly [string, string], depth = MILLION): ConstantProduct {
  return { kind: 'constant-product', id, assets, reserves: [depth, depth], feePpm: 3_000 };
}

/** Everything is worth a dollar; all is held of the first asset and wanted of the last. */
function task(markets: readonly Market[], hop = 0): Rebalance {
  return {
    markets: new Map(markets.map((market) => [market.id, market])),
    positions: ASSETS.map((asset, place) => ({
      asset,
      held: place === 0 ? 10n ** 10n : 0n,
      price: 1,
      weight: place === 3 ? 1 : 0,
    })),
    worths: new Map(ASSETS.map((asset) => [asset.id, { asset, usd: 1 }])),
    kappa: 1,
    gas: { price: 0n, native: 0n, authorise: 0n, swap: 0n, hop: 0n },
    charges: { plan: 1, order: 1, hop },
  };
}

const PAIR = { sell: 'a', buy: 'd', atoms: 10n ** 10n };

function routed(router: typeof singlePath, markets: readonly Market[], hop = 0): Split.Split | undefined {
  const asked = task(markets, hop);
  return router(asked, asked.markets, PAIR, Paths.find(Paths.of(asked), 'a', 'd', 1e4));
}

const ids = (split: Split.Split | undefined) =>
  split?.shares.map(({ path }) => path.map(({ market }) => market).join('>'));

describe('paths', () => {
  test('go through three markets at most, and never through a token twice', () => {
    const chain = [pool('ab', ['a', 'b']), pool('bc', ['b', 'c']), pool('cd', ['c', 'd']), pool('bd', ['b', 'd'])];
    const found = Paths.find(Paths.of(task(chain)), 'a', 'd', 1e4);
    expect(found.map((path) => path.map(({ market }) => market).join('>')).toSorted()).toStrictEqual([
      'ab>bc>cd',
      'ab>bd',
    ]);
  });

  test('leave out what cannot carry a part of the trade', () => {
    const found = Paths.find(Paths.of(task([pool('ad', ['a', 'd'], 10n ** 7n)])), 'a', 'd', 1e4);
    expect(found).toStrictEqual([]);
  });
});

describe('the best single path', () => {
  test('is the one that pays most after gas', () => {
    const markets = [pool('ad', ['a', 'd'], MILLION / 20n), pool('ab', ['a', 'b']), pool('bd', ['b', 'd'])];
    expect(ids(routed(singlePath, markets))).toStrictEqual(['ab>bd']);
    expect(ids(routed(singlePath, markets, 2_000))).toStrictEqual(['ad']);
  });

  test('is none where no path takes the amount', () => {
    expect(routed(singlePath, [pool('bc', ['b', 'c'])])).toBeUndefined();
  });
});

describe('the percentage split', () => {
  test('halves a trade between equal pools', () => {
    const split = routed(percentageSplit, [pool('one', ['a', 'd']), pool('two', ['a', 'd'])]);
    expect(split?.shares.map(({ sold }) => sold)).toStrictEqual([PAIR.atoms / 2n, PAIR.atoms / 2n]);
  });

  test('keeps to one pool where the other does not earn its gas', () => {
    const split = routed(percentageSplit, [pool('one', ['a', 'd']), pool('two', ['a', 'd'])], 1_000);
    expect(split?.shares).toHaveLength(1);
  });

  test('sees what its own parts do to a pool that paths share', () => {
    const markets = [pool('ab', ['a', 'b']), pool('bd1', ['b', 'd']), pool('bd2', ['b', 'd'])];
    const split = routed(percentageSplit, markets);
    if (split === undefined) throw new RangeError('a split was to be found');
    expect(ids(split)?.toSorted()).toStrictEqual(['ab>bd1', 'ab>bd2']);
    expect(carryOut(task(markets), [Split.order('a', 'd', split)]).bought).toStrictEqual([split.bought]);
  });
});

test('what is over is matched with what is under, and nothing else', () => {
  const pairs = match(task([]).positions);
  expect(pairs).toStrictEqual([{ sell: 'a', buy: 'd', atoms: 10n ** 10n }]);
  expect(match(task([]).positions.map((position) => ({ ...position, held: 1n, weight: 0.25 })))).toStrictEqual([]);
});

describe('carrying orders out', () => {
  const asked = task([pool('ad', ['a', 'd'])]);
  const route = { markets: ['ad'], through: [], sold: 10n ** 9n };

  test('moves what is held, and charges gas for it', () => {
    const { held, value, gas, penalty, objective } = carryOut(asked, [{ sell: 'a', buy: 'd', routes: [route] }]);
    expect(held.get('a')).toBe(9n * 10n ** 9n);
    expect(value).toBeLessThan(1e4);
    expect(gas).toBe(2);
    expect(objective).toBe(value - penalty - gas);
    expect(gasOf({ plan: 1, order: 2, hop: 3 }, [{ sell: 'a', buy: 'd', routes: [route, route] }])).toBe(6);
    expect(carryOut(asked, []).gas).toBe(0);
  });

  test.each([
    [{ sell: 'a', buy: 'd', routes: [{ ...route, sold: 10n ** 11n }] }],
    [{ sell: 'a', buy: 'd', routes: [{ ...route, markets: ['nowhere'] }] }],
    [{ sell: 'a', buy: 'c', routes: [{ ...route, markets: [] }] }],
  ])('refuses what cannot be done', (order) => {
    expect(() => carryOut(asked, [order])).toThrow(OrderRefused);
  });
});

describe.each([1, 2])('a drawn rebalance (%i)', (seed) => {
  const { markets, assets } = builtInPools(seed);
  const worths = priceTokens(markets, assets, DOLLAR);
  const drawn = drawRebalance(seed, markets, worths, { worth: 1e6, tokens: 20, drift: 0.1, kappa: 100, native: COIN });
  const idle = carryOut(drawn, []);

  test('is worth what was wished for', () => {
    expect(idle.value / 1e6).toBeCloseTo(1, 9);
    expect(drawn.positions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  test('leaves nobody worse off than doing nothing, and every trade no worse split than not', () => {
    for (const router of [singlePath, percentageSplit]) {
      expect(rebalanceBy(router, drawn).outcome.objective).toBeGreaterThan(idle.objective);
    }
    const index = Paths.of(drawn);
    for (const pair of match(drawn.positions)) {
      const paths = Paths.find(index, pair.sell, pair.buy, 1e3);
      const single = singlePath(drawn, drawn.markets, pair, paths)?.worth ?? -Infinity;
      expect(percentageSplit(drawn, drawn.markets, pair, paths)?.worth ?? -Infinity).toBeGreaterThanOrEqual(single);
    }
  });
});
