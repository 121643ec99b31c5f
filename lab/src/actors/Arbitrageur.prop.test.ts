import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Asset, Concentrated } from '@trimtab/core';
import * as Arbitrageur from './Arbitrageur.ts';

const WAD = 10n ** 18n;
const Q192 = 1n << 192n;
const assets: readonly Asset[] = [
  { id: 'weth', symbol: 'WETH', decimals: 18 },
  { id: 'wbtc', symbol: 'WBTC', decimals: 8 },
  { id: 'usdc', symbol: 'USDC', decimals: 6 },
];
const pairs = [
  ['weth', 'usdc'],
  ['wbtc', 'usdc'],
  ['wbtc', 'weth'],
] as const;

const pool = (pair: readonly [string, string], sqrtPriceX96: bigint, feePpm: number): Concentrated => ({
  kind: 'concentrated',
  id: pair.join('/'),
  assets: pair,
  sqrtPriceX96,
  tick: 0,
  liquidity: 1n,
  feePpm,
  tickSpacing: 1,
  ticks: [],
  known: [-887_272, 887_272],
});

const price = fc.bigInt({ min: WAD / 1_000n, max: 10n ** 6n * WAD });
const fee = fc.constantFrom(100, 500, 3_000, 10_000);
/** Move a square-root price by up to ±10 %. */
const nudge = fc.integer({ min: -100_000, max: 100_000 });

describe('an arbitrageur', () => {
  test('stops where the next atom would not pay: the edge squared, after the fee, is the fair price to one unit', () => {
    fc.assert(
      fc.property(fc.tuple(price, price, price), fc.constantFrom(...pairs), fee, (prices, pair, feePpm) => {
        const fair = Arbitrageur.fair(assets, prices);
        const [low, high] = Arbitrageur.feeBand(pool(pair, 1n, feePpm), fair);
        // The fair price in atoms is p0·10^d1 / (p1·10^d0); compare without dividing.
        const [first, second] = pair.map((id) => fair.get(id) ?? { price: 0n, decimals: 0 });
        const up = (first?.price ?? 0n) * 10n ** BigInt(second?.decimals ?? 0);
        const down = (second?.price ?? 0n) * 10n ** BigInt(first?.decimals ?? 0);
        const kept = BigInt(1_000_000 - feePpm);
        const below = (root: bigint): boolean => root * root * down * 1_000_000n <= up * kept * Q192;
        const above = (root: bigint): boolean => root * root * down * kept >= up * 1_000_000n * Q192;
        expect([below(low), below(low + 1n)]).toEqual([true, false]);
        expect([above(high), above(high - 1n)]).toEqual([true, false]);
      }),
    );
  });

  test('leaves every pool of a triangle inside its fee band, and then rests', () => {
    fc.assert(
      fc.property(fc.tuple(price, price, price), fc.tuple(nudge, nudge, nudge), fee, (prices, nudges, feePpm) => {
        const fair = Arbitrageur.fair(assets, prices);
        const pools = pairs.map((pair, i) => {
          const [low] = Arbitrageur.feeBand(pool(pair, 1n, feePpm), fair);
          return pool(pair, (low * BigInt(1_000_000 + (nudges[i] ?? 0))) / 1_000_000n, feePpm);
        });
        const moved = new Map(Arbitrageur.moves(pools, fair).map((move) => [move.market, move.sqrtPriceX96]));
        const after = pools.map((p) => ({ ...p, sqrtPriceX96: moved.get(p.id) ?? p.sqrtPriceX96 }));
        expect(Arbitrageur.moves(after, fair)).toEqual([]);
        for (const [i, p] of after.entries()) {
          const [low, high] = Arbitrageur.feeBand(p, fair);
          expect(p.sqrtPriceX96 >= low && p.sqrtPriceX96 <= high).toBe(true);
          // A pool already inside is left alone; one outside ends on the edge it came from.
          const before = pools[i]?.sqrtPriceX96 ?? 0n;
          const edge = before < low ? low : high;
          expect(p.sqrtPriceX96).toBe(before >= low && before <= high ? before : edge);
        }
      }),
    );
  });

  test('does not trade what it has no price for', () => {
    const fair = Arbitrageur.fair(assets.slice(0, 2), [WAD, WAD]);
    expect(() => Arbitrageur.moves([pool(['weth', 'usdc'], 1n, 500)], fair)).toThrow(/no fair price for usdc/);
  });
});
