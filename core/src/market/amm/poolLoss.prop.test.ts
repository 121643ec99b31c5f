import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Market from '../Market.ts';
import { MarketError } from '../Terms.ts';
import * as ImpermanentLoss from './ImpermanentLoss.ts';
import * as Lvr from './Lvr.ts';
import type * as StableSwap from './StableSwap.ts';
import type * as Weighted from './Weighted.ts';

const ONE = 10n ** 18n;
const ratio = fc.double({ min: 0.05, max: 20, noNaN: true });

function stable(amp: bigint, units: readonly bigint[]): StableSwap.StableSwap {
  const shape = { kind: 'stable-swap', id: 's', rounding: 'curve', ampPrecision: 100n, fee: 10n ** 15n } as const;
  const assets = units.map((_, place) => `asset ${place}`);
  return { ...shape, assets, reserves: units, rates: units.map(() => ONE), amp, adminFee: 0n };
}

const pair = fc
  .tuple(
    fc.bigInt({ min: 200n, max: 100_000n }),
    fc.bigInt({ min: 10n ** 23n, max: 10n ** 24n }),
    fc.bigInt({ min: 10n ** 23n, max: 10n ** 24n }),
  )
  .map(([amp, x, y]) => stable(amp, [x, y]));

/** What an atom of each asset is worth at the pool's own price. */
function agreed(pool: StableSwap.StableSwap, off = 1): Market.Values {
  const [zero = '', one = ''] = pool.assets;
  const { bought, sold } = Market.spot(pool, zero, one);
  return { [zero]: (off * Number(bought)) / Number(sold), [one]: 1 };
}

describe('the impermanent loss of a pool', () => {
  test('is the closed form for two weighted assets, whatever the fee', () => {
    fc.assert(
      fc.property(ratio, fc.integer({ min: 1, max: 9 }), (moved, tenths) => {
        const weight = tenths / 10;
        const weights = [BigInt(tenths) * 10n ** 17n, BigInt(10 - tenths) * 10n ** 17n];
        const reserves = [BigInt(tenths) * 10n ** 24n, BigInt(10 - tenths) * 10n ** 24n];
        const shape = { id: 'w', assets: ['A', 'B'], scales: [1n, 1n], fee: 10n ** 15n } as const;
        const pool: Weighted.Weighted = { ...shape, kind: 'weighted', reserves, weights };
        const loss = ImpermanentLoss.ofPool(pool, { A: moved, B: 1 });
        expect(loss).toBeCloseTo(ImpermanentLoss.ofWeighted(weight, moved), 10);
      }),
    );
  });

  test('is the closed form for a constant product', () => {
    fc.assert(
      fc.property(ratio, (moved) => {
        const reserves = [10n ** 24n, 10n ** 24n] as const;
        const pool = { kind: 'constant-product', id: 'p', assets: ['A', 'B'], reserves, feePpm: 3_000 } as const;
        const loss = ImpermanentLoss.ofPool(pool, { A: moved, B: 1 });
        expect(loss).toBeCloseTo(ImpermanentLoss.ofWeighted(0.5, moved), 10);
      }),
    );
  });

  test('of a stable pool is never a gain, none where its price stays, and at least that of its amplification', () => {
    fc.assert(
      fc.property(pair, fc.double({ min: 0.8, max: 1.25, noNaN: true }), (pool, off) => {
        const loss = ImpermanentLoss.ofPool(pool, agreed(pool, off));
        expect(loss).toBeLessThanOrEqual(1e-9);
        expect(ImpermanentLoss.ofPool(pool, agreed(pool))).toBeCloseTo(0, 8);
        // From balance, where both curves stand at one price, the flatter loses more.
        const [even, flatter] = [pool.amp, pool.amp * 3n].map((amp) => stable(amp, [10n ** 24n, 10n ** 24n]));
        const values = { 'asset 0': off, 'asset 1': 1 };
        const losses = [even, flatter].map((each) => (each === undefined ? 0 : ImpermanentLoss.ofPool(each, values)));
        expect(losses[1]).toBeLessThanOrEqual((losses[0] ?? NaN) + 1e-9);
      }),
    );
  });

  test('is refused where an asset has no value or the pool holds nothing', () => {
    const pool = stable(1_000n, [ONE, ONE]);
    expect(() => ImpermanentLoss.ofPool(pool, { 'asset 0': 1 })).toThrow(/asset 1/);
    expect(() => ImpermanentLoss.ofPool({ ...pool, reserves: [0n, 0n] }, agreed(pool))).toThrow(MarketError);
  });
});

describe('the loss of a stable pool versus rebalancing', () => {
  test('is half the variance of price times the bend of its value', () => {
    fc.assert(
      fc.property(pair, (pool) => {
        // The curve bends within a width that shrinks with the amplification.
        const step = 0.02 / (1 + Number(pool.amp) / 100);
        // Value along the curve: that of the reserves at new values less what is taken on the way there.
        const value = (off: number): number => {
          const values = agreed(pool, off);
          const held = pool.assets.reduce(
            (sum, name, place) => sum + (values[name] ?? NaN) * Number(pool.reserves[place]),
            0,
          );
          return held * (1 + ImpermanentLoss.ofPool(pool, values));
        };
        const bend = (value(1 + step) - 2 * value(1) + value(1 - step)) / step ** 2;
        const expected = -bend / 2 / value(1);
        expect(Math.abs(Lvr.ofStable(1, pool) / expected - 1)).toBeLessThan(0.01);
      }),
    );
  });

  test('is near that of a constant product where there is hardly any amplification, and grows with it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 100n, max: 100_000n }), (amp) => {
        const even = [10n ** 24n, 10n ** 24n];
        const rate = Lvr.ofStable(0.5, stable(amp, even));
        expect(rate).toBeGreaterThan(Lvr.ofWeighted(0.5));
        expect(Lvr.ofStable(0.5, stable(amp * 2n, even))).toBeGreaterThan(rate);
        // In balance the closed form is σ²/8·(1 + A), A as the contract counts it.
        expect(rate / (Lvr.ofWeighted(0.5) * (1 + Number(amp) / 100))).toBeCloseTo(1, 9);
      }),
    );
  });

  test('is refused for three assets and for an empty reserve', () => {
    expect(() => Lvr.ofStable(0.5, stable(100n, [ONE, ONE, ONE]))).toThrow(MarketError);
    expect(() => Lvr.ofStable(0.5, stable(100n, [ONE, 0n]))).toThrow(MarketError);
    expect(() => Lvr.ofStable(Number.NaN, stable(100n, [ONE, ONE]))).toThrow(MarketError);
  });
});
