import { describe, expect, test } from 'vitest';
import { cycleTrade } from './cycleTrade.ts';
import * as Network from './Network.ts';
import * as Purpose from './Purpose.ts';
import { selectMarkets } from './selectMarkets.ts';
import { relaxRouting, solveRouting } from './solveRouting.ts';
import { splitTrade } from './splitTrade.ts';
import * as Transfer from './Transfer.ts';

const pool: Network.Market = { kind: 'constant-product', tokens: [0, 1], reserves: [10, 10], fee: 0.003 };
const network: Network.Network = { tokens: 2, markets: [pool] };
const ranges: Network.Market = {
  kind: 'concentrated',
  tokens: [0, 1],
  sqrtPrice: 1,
  segments: [{ low: 0.5, high: 2, liquidity: 1 }],
  fee: 0,
};
const target = { kind: 'rebalance', holdings: [1, 1], prices: [1, 1], weights: [0.5, 0.5], kappa: 1 } as const;

/** Run, and read where it was refused. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Network.NetworkError) return error.path;
    throw error;
  }
  return 'nowhere';
}

describe('a network is refused', () => {
  const markets: readonly (readonly [string, unknown, string])[] = [
    ['without reserves', { ...pool, reserves: [0, 10] }, 'markets[0].reserves[0]'],
    ['with reserves that are no number', { ...pool, reserves: [1, NaN] }, 'markets[0].reserves[1]'],
    ['with a fee of everything', { ...pool, fee: 1 }, 'markets[0].fee'],
    ['with a fee that is no number', { ...pool, fee: NaN }, 'markets[0].fee'],
    ['with a token that is not there', { ...pool, tokens: [0, 2] }, 'markets[0].tokens'],
    ['with the same token twice', { ...pool, tokens: [1, 1] }, 'markets[0].tokens'],
    ['with a weight of zero', { ...pool, kind: 'weighted', weights: [1, 0] }, 'markets[0].weights[1]'],
    ['with weights for fewer tokens', { ...pool, kind: 'weighted', weights: [1] }, 'markets[0].weights'],
    ['with no range', { ...ranges, segments: [] }, 'markets[0].segments'],
    ['with no liquidity', { ...ranges, segments: [{ low: 1, high: 2, liquidity: 0 }] }, 'markets[0].segments[0][2]'],
    [
      'with a range turned round',
      { ...ranges, segments: [{ low: 2, high: 1, liquidity: 1 }] },
      'markets[0].segments[0]',
    ],
    ['with a price outside its ranges', { ...ranges, sqrtPrice: 3 }, 'markets[0].sqrtPrice'],
  ];
  test.each(markets)('%s', (_, market, path) => {
    const broken = { tokens: 2, markets: [market] } as Network.Network;
    expect(refusal(() => solveRouting(broken, Purpose.arbitrage([1, 1])))).toBe(path);
    expect(refusal(() => selectMarkets(broken, target, [1]))).toBe(path);
  });

  test('without markets, tokens, or a market for a token', () => {
    const solve = (one: Network.Network) => refusal(() => solveRouting(one, Purpose.arbitrage([1, 1])));
    expect(solve({ tokens: 2, markets: [] })).toBe('markets');
    expect(solve({ tokens: 1, markets: [pool] })).toBe('tokens');
    expect(solve({ tokens: 3, markets: [pool] })).toBe('tokens[2]');
  });
});

describe('a purpose is refused', () => {
  const purposes: readonly (readonly [string, Purpose.Purpose, string])[] = [
    ['that holds less than nothing', Purpose.liquidate([-1, 0], 1), 'holdings[0]'],
    ['that holds what is no number', Purpose.liquidate([Infinity, 0], 1), 'holdings[0]'],
    ['of another size', Purpose.liquidate([1, 1, 1], 1), 'holdings'],
    ['that values nothing', Purpose.liquidate([1, 1], 5), 'values'],
    ['at a price of zero', { ...target, prices: [1, 0] }, 'prices[1]'],
    ['with weights that do not sum to one', { ...target, weights: [0.5, 0.4] }, 'weights'],
    ['with a negative weight', { ...target, weights: [1.5, -0.5] }, 'weights[1]'],
    ['without a penalty', { ...target, kappa: 0 }, 'kappa[0]'],
    ['that holds nothing', { ...target, holdings: [0, 0] }, 'holdings'],
  ];
  test.each(purposes)('%s', (_, purpose, path) => {
    expect(refusal(() => solveRouting(network, purpose))).toBe(path);
  });

  test('at a market value of zero, or that no market leads to', () => {
    expect(refusal(() => Purpose.arbitrage([1, 0]))).toBe('values[1]');
    const apart: Network.Network = { tokens: 4, markets: [pool, { ...pool, tokens: [2, 3] }] };
    expect(refusal(() => solveRouting(apart, Purpose.liquidate([1, 0, 0, 0], 1)))).toBe('tokens[2]');
  });
});

describe('a question is refused', () => {
  test('whose costs, trades, pools or hops make no sense', () => {
    expect(refusal(() => selectMarkets(network, target, []))).toBe('fixed');
    expect(refusal(() => relaxRouting(network, target, [-1]))).toBe('fixed[0]');
    expect(refusal(() => Network.trade(pool, 0, 0, 1))).toBe('trade');
    expect(refusal(() => Network.trade(pool, 0, 1, NaN))).toBe('trade');
    expect(refusal(() => splitTrade([], 1))).toBe('pools');
    expect(refusal(() => splitTrade([{ sold: 1, bought: 1, fee: 2 }], 1))).toBe('pools[0].fee');
    expect(refusal(() => splitTrade([{ sold: 1, bought: 1, fee: 0 }], -1))).toBe('amount[0]');
    expect(refusal(() => cycleTrade([{ sold: 1, bought: 1, fee: 0 }]))).toBe('hops');
    expect(refusal(() => cycleTrade([1, 0].map((sold) => ({ sold, bought: 1, fee: 0 }))))).toBe('hops[1][0]');
  });

  test('whose transfer cannot be made', () => {
    const way = { from: 0, to: 1, rate: 0, fixed: 0, capacity: 1 };
    const move = (supplies: readonly number[], ways: readonly Transfer.Crossing[]) =>
      [Transfer.cheapest, Transfer.throughAll].map((find) => refusal(() => find(supplies, ways)));
    const twice = (path: string) => [path, path];
    expect(move([1, -2], [way])).toEqual(twice('supplies'));
    expect(move([NaN, -2], [way])).toEqual(twice('supplies[0]'));
    expect(move([2, -2], [way])).toEqual(twice('crossings'));
    expect(move([-1, 1], [way])).toEqual(twice('supplies[0]'));
    expect(move([1, -1], [{ ...way, to: 2 }])).toEqual(twice('crossings[0]'));
    expect(move([1, -1], [{ ...way, rate: -1 }])).toEqual(twice('crossings[0][0]'));
    expect(move([1, -1], [{ ...way, capacity: NaN }])).toEqual(twice('crossings[0].capacity'));
  });
});
