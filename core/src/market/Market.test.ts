import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BuyUnnamed, NotTraded } from './amm/Pair.ts';
import type * as StableSwap from './amm/StableSwap.ts';
import type * as Weighted from './amm/Weighted.ts';
import * as Market from './Market.ts';

const ONE = 10n ** 18n;
const reserves = [10n ** 24n, 4n * 10n ** 24n] as const;
const product = { kind: 'constant-product', id: 'p', assets: ['A', 'B'], reserves, feePpm: 3_000 } as const;
const weighted: Weighted.Weighted = {
  kind: 'weighted',
  id: 'w',
  assets: ['A', 'B', 'C'],
  reserves: [...reserves, 10n ** 24n],
  weights: [ONE / 2n, ONE / 4n, ONE / 4n],
  scales: [1n, 1n, 1n],
  fee: 3n * 10n ** 15n,
};
const curve: StableSwap.StableSwap = {
  kind: 'stable-swap',
  id: 's',
  rounding: 'curve',
  assets: ['A', 'B', 'C'],
  reserves: [10n ** 24n, 10n ** 24n, 10n ** 24n],
  rates: [ONE, ONE, ONE],
  amp: 100n,
  ampPrecision: 1n,
  fee: 4n * 10n ** 14n,
  adminFee: ONE / 2n,
};
const balancer = { ...curve, rounding: 'balancer', amp: 100_000n, ampPrecision: 1_000n } as const;

describe('price impact', () => {
  test('of a constant product is the share that the input has of the reserve after it, the fee apart', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 15n, max: 10n ** 25n }), (sold) => {
        const effective = 0.997 * Number(sold);
        expect(Market.impact(product, 'A', sold)).toBeCloseTo(effective / (1e24 + effective), 9);
      }),
    );
  });

  test.each([weighted, curve, balancer])(
    'vanishes with size, whatever the fee, and grows with it: $id $rounding',
    (pool) => {
      expect(Market.impact(pool, 'A', 10n ** 15n, 'B')).toBeLessThan(1e-6);
      const [small, large] = [10n ** 22n, 2n * 10n ** 23n].map((sold) => Market.impact(pool, 'A', sold, 'B'));
      expect(small).toBeGreaterThan(0);
      expect(large).toBeGreaterThan(small ?? NaN);
    },
  );

  test('leaves out what is charged whatever the size: a bridge has none', () => {
    const bridge: Market.Market = {
      kind: 'bridge',
      id: 'b',
      assets: ['A', 'B'],
      parity: [1n, 1n],
      capacity: [10n ** 12n, 10n ** 12n],
      fixedFee: [5_000_000n, 0n],
      feePpm: 500,
      delay: { expected: 60, longest: 600 },
    };
    fc.assert(
      fc.property(fc.bigInt({ min: 5_010_000n, max: 10n ** 11n }), (sold) => {
        // Up to the atom that what arrives is rounded by.
        expect(Market.impact(bridge, 'A', sold)).toBeLessThanOrEqual(1 / Number(sold - 5_005_000n));
      }),
    );
  });

  test('leaves out a fee on top of what is paid: on a book only worse levels count', () => {
    const book: Market.Market = {
      kind: 'book',
      id: 'k',
      assets: ['A', 'B'],
      bids: [],
      asks: [
        { ticks: 7n, lots: 1_000n },
        { ticks: 8n, lots: 1_000n },
      ],
      tick: { bought: 100n, sold: 1n },
      lot: 10n,
      feePpm: 300_000,
    };
    expect(Market.impact(book, 'B', 9_100_000n)).toBeCloseTo(0, 12);
    expect(Market.impact(book, 'B', 19_500_000n)).toBeCloseTo(1 - 7 / 7.5, 12);
  });

  test('of what the fee takes whole is none', () => {
    expect(Market.impact(product, 'A', 1n)).toBe(0);
  });

  test('of nothing is none', () => {
    expect(Market.impact(product, 'A', 0n)).toBe(0);
    expect(Market.impact({ ...product, reserves: [0n, 0n] }, 'A', 5n)).toBe(0);
  });
});

describe('a fee', () => {
  test('is taken from what is sold, rounded up', () => {
    expect(Market.swap(weighted, 'A', 1_001n, 'B')).toMatchObject({ fee: 4n, feeIn: 'A', sold: 1_001n });
    expect(Market.swap(balancer, 'A', 10_001n, 'B')).toMatchObject({ fee: 5n, feeIn: 'A', sold: 10_001n });
    expect(Market.swap(product, 'B', 1_001n)).toMatchObject({ fee: 4n, feeIn: 'B' });
  });

  test('is held back from what is bought on Curve, and half of it leaves the pool here', () => {
    const sold = 10n ** 21n;
    const { bought, fee, feeIn, after } = Market.swap(curve, 'A', sold, 'B');
    const free = Market.swap({ ...curve, fee: 0n }, 'A', sold, 'B');
    expect(feeIn).toBe('B');
    expect(bought + fee).toBe(free.bought);
    expect(fee).toBe((free.bought * 4n) / 10_000n);
    expect((after as StableSwap.StableSwap).reserves).toEqual([
      10n ** 24n + sold,
      10n ** 24n - bought - fee / 2n,
      10n ** 24n,
    ]);
  });

  test('leaves its share', () => {
    expect(Market.keep(product)).toBeCloseTo(0.997, 15);
    expect(Market.keep(weighted)).toBeCloseTo(0.997, 15);
    expect(Market.keep(curve)).toBeCloseTo(0.9996, 15);
  });
});

describe('a pool that has run dry or is full', () => {
  const empty = [0n, 10n ** 24n, 10n ** 24n];

  test.each([weighted, curve, balancer])('takes nothing: $id $rounding', (pool) => {
    const dry = { ...pool, reserves: empty };
    expect(Market.swap(dry, 'A', 10n ** 20n, 'B')).toMatchObject({ sold: 0n, bought: 0n, fee: 0n });
    expect(Market.swap(dry, 'B', 10n ** 20n, 'A')).toMatchObject({ sold: 0n, bought: 0n });
    expect(Market.swapOut(dry, 'A', 10n ** 20n, 'B')).toMatchObject({ sold: 0n, bought: 0n });
    const full = { ...pool, reserves: [(1n << 112n) - 1n, 10n ** 33n, 10n ** 33n] };
    expect(Market.swap(full, 'A', 5n, 'B')).toMatchObject({ sold: 0n, bought: 0n });
  });

  test.each([weighted, curve, balancer])(
    'has no best response, nor has one with a worthless asset: $id $rounding',
    (pool) => {
      expect(Market.arb({ ...pool, reserves: empty }, { A: 1, B: 2, C: 1 })).toBeUndefined();
      expect(Market.arb(pool, { A: 1, B: 1, C: 0 })).toBeUndefined();
      expect(Market.arb(pool, { A: 1, B: 1, C: -1 })).toBeUndefined();
      expect(Market.arb(pool, { A: 1, B: 1, C: 1.5 })).toBeDefined();
    },
  );

  test('has no stable price', () => {
    expect(Market.spot({ ...curve, reserves: empty }, 'B', 'C')).toEqual({ bought: 0n, sold: 0n });
  });
});

describe('what a market is asked', () => {
  test('must be of its assets, and complete', () => {
    expect(() => Market.spot(weighted, 'A')).toThrow(new BuyUnnamed(weighted, 'A'));
    expect(() => Market.spot(weighted, 'A')).toThrow(/name the asset to buy/);
    expect(() => Market.spot(curve, 'A', 'Z')).toThrow(new NotTraded(curve, 'Z', 'A'));
    expect(() => Market.spot(curve, 'A', 'Z')).toThrow(/Z for A.*A and B and C/);
    expect(() => Market.swap({ ...weighted, weights: [ONE] }, 'A', 5n, 'B')).toThrow('weights: 1 values found; give 3');
    expect(() => Market.spot({ ...curve, rates: [] }, 'A', 'B')).toThrow('rates: 0 values found; give 3');
  });

  test('says what a trade changes, paid below zero', () => {
    expect(Market.changes({ sell: 'A', buy: 'B', sold: 3, bought: 5 })).toEqual({ A: -3, B: 5 });
    const basket = {
      paid: [{ asset: 'A', atoms: 1 }],
      got: [
        { asset: 'B', atoms: 2 },
        { asset: 'C', atoms: 3 },
      ],
    };
    expect(Market.changes(basket)).toEqual({ A: -1, B: 2, C: 3 });
  });

  test('routes through pools of two whose state says all', () => {
    expect([product, weighted, curve].map(Market.isPool)).toEqual([true, false, false]);
    expect(Market.other(product, 'A')).toBe('B');
    expect(Market.other(product, 'B')).toBe('A');
  });
});
