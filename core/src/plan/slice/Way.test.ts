import { describe, expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import type * as Market from '../../market/Market.ts';
import { attack } from './attack.ts';
import * as Way from './Way.ts';

describe('a way', () => {
  const many: Market.Market = {
    kind: 'weighted',
    id: 'many',
    assets: ['in', 'mid', 'out'],
    reserves: [10n ** 24n, 10n ** 24n, 10n ** 24n],
    weights: [ONE / 2n, ONE / 4n, ONE / 4n],
    scales: [1n, 1n, 1n],
    fee: 0n,
  };
  const pair = (id: string, assets: readonly [string, string]): Market.Market => ({
    kind: 'constant-product',
    id,
    assets,
    reserves: [10n ** 24n, 10n ** 24n],
    feePpm: 0,
  });

  test('sells to each market what the one before it paid', () => {
    const path = [
      { market: many, buy: 'mid' },
      { market: pair('next', ['mid', 'end']), buy: 'end' },
    ];
    const [way] = Way.of([{ path, quote: { sold: 1n } }], 'in');
    expect(way?.hops.map(({ sell, buy }) => [sell, buy])).toEqual([
      ['in', 'mid'],
      ['mid', 'end'],
    ]);
  });

  test('worth is counted at the price before the attack, of the intermediate asset too', () => {
    // Two of mid for each in: what is gained in mid is worth half as many in.
    const first = { ...pair('first', ['in', 'mid']), reserves: [10n ** 30n, 2n * 10n ** 30n] } as Market.Market;
    const path = [
      { market: first, buy: 'mid' },
      { market: pair('second', ['mid', 'out']), buy: 'out' },
    ];
    const ways = Way.of([{ path, quote: { sold: 10n ** 22n } }], 'in');
    const expected = Way.received(Way.play(ways, new Map()) ?? []);
    const found = attack(ways, (expected * 99n) / 100n).find(({ market }) => market === 'second');
    expect(found?.asset).toBe('mid');
    expect(found?.gain).toBeGreaterThan(0n);
    expect(Math.abs(Number(found?.worth) / Number(found?.gain) - 0.5)).toBeLessThan(1e-9);
  });
});
