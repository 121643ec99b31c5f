import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Market, SqrtPrice } from '@trimtab/core';
import type { Asset, Concentrated, ConstantProduct, Tick } from '@trimtab/core';
import * as Arbitrageur from '../actors/Arbitrageur.ts';
import { pushPool } from './pushPool.ts';

const WAD = 10n ** 18n;
const assets: readonly Asset[] = [
  { id: 'a', symbol: 'A', decimals: 18 },
  { id: 'b', symbol: 'B', decimals: 18 },
];
const L = 10n ** 24n;

/** Positions one inside the other around a price of one, so that a move crosses ticks and each crossing changes the liquidity. */
const layered = (): Concentrated => {
  const widths = [600, 1_200, 3_000, 120_000];
  const ticks: readonly Tick[] = [
    ...widths.toReversed().map((w) => ({ index: -w, liquidityNet: L })),
    ...widths.map((w) => ({ index: w, liquidityNet: -L })),
  ];
  const pool = {
    kind: 'concentrated',
    id: 'p',
    assets: ['a', 'b'],
    feePpm: 3_000,
    tickSpacing: 60,
    known: [-120_000, 120_000],
  } as const;
  return { ...pool, sqrtPriceX96: SqrtPrice.Q96, tick: 0, liquidity: 4n * L, ticks };
};

describe('pushing a pool to the market', () => {
  test('ends with the price and liquidity that a trade of that size would leave', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4_000, max: 25_000 }), (bps) => {
        const fair = Arbitrageur.fair(assets, [(WAD * BigInt(bps)) / 10_000n, WAD]);
        const before = layered();
        const pushed = pushPool(before, fair) as Concentrated;
        // Spend without end: the trade stops where the range that is known ends, and that is moved to the target.
        const known: Concentrated['known'] = pushed.tick < 0 ? [pushed.tick, 120_000] : [-120_000, pushed.tick];
        const limited = { ...before, known };
        const traded = Market.swap(limited, pushed.tick < 0 ? 'a' : 'b', 10n ** 40n).after as Concentrated;
        expect(pushed.liquidity).toBe(traded.liquidity);
        expect(Math.abs(pushed.tick - traded.tick)).toBeLessThanOrEqual(1);
        expect(Arbitrageur.target(pushed, fair)).toBeUndefined();
      }),
    );
  });

  test('leaves the reserves of a constant-product pool on its curve and inside the fee band', () => {
    const reserve = fc.bigInt({ min: 10n ** 15n, max: 10n ** 26n });
    fc.assert(
      fc.property(reserve, reserve, fc.integer({ min: 1_000, max: 100_000 }), (x, y, bps) => {
        const fair = Arbitrageur.fair(assets, [(WAD * y * BigInt(bps)) / (x * 10_000n) + 1n, WAD]);
        const before: ConstantProduct = {
          kind: 'constant-product',
          id: 'p',
          assets: ['a', 'b'],
          reserves: [x, y],
          feePpm: 3_000,
        };
        const after = pushPool(before, fair) as ConstantProduct;
        const [x2, y2] = after.reserves;
        const gap = x2 * y2 - x * y;
        expect(gap < 3n * (x2 + y2) && gap > -3n * (x2 + y2)).toBe(true);
        const [low, high] = Arbitrageur.feeBand({ ...before, sqrtPriceX96: 0n }, fair).map((root) => root * root);
        const price = (y2 << 192n) / x2;
        const off = (edge: bigint) => Number(((price - edge) * 10n ** 9n) / edge) / 1e9;
        expect(off(low ?? 1n)).toBeGreaterThan(-1e-6);
        expect(off(high ?? 1n)).toBeLessThan(1e-6);
      }),
    );
  });
});
