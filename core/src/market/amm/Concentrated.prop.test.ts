import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Concentrated from './Concentrated.ts';
import * as SqrtPrice from './SqrtPrice.ts';

const SPACING = 60;

/** Two deep positions, one inside the other, with the price in both; `known` reaches as far as the outer one. */
const pools: fc.Arbitrary<Concentrated.Concentrated> = fc
  .record({
    tick: fc.integer({ min: -100_000, max: 100_000 }),
    fraction: fc.bigInt({ min: 0n, max: 999n }),
    inner: fc.integer({ min: 1, max: 20 }),
    outer: fc.integer({ min: 21, max: 100 }),
    wide: fc.bigInt({ min: 1n << 90n, max: 1n << 100n }),
    narrow: fc.bigInt({ min: 1n << 90n, max: 1n << 100n }),
    feePpm: fc.constantFrom(100, 500, 3_000, 10_000),
  })
  .map(({ tick, fraction, inner, outer, wide, narrow, feePpm }) => {
    const centre = Math.floor(tick / SPACING);
    const [low, high] = [SqrtPrice.atTick(tick), SqrtPrice.atTick(tick + 1)];
    return {
      kind: 'concentrated',
      id: 'pool',
      assets: ['A', 'B'],
      sqrtPriceX96: low + ((high - low) * fraction) / 1_000n,
      tick,
      liquidity: wide + narrow,
      feePpm,
      tickSpacing: SPACING,
      ticks: [
        { index: (centre - outer) * SPACING, liquidityNet: wide },
        { index: (centre - inner) * SPACING, liquidityNet: narrow },
        { index: (centre + inner) * SPACING, liquidityNet: -narrow },
        { index: (centre + outer) * SPACING, liquidityNet: -wide },
      ],
      known: [(centre - outer) * SPACING, (centre + outer) * SPACING],
    };
  });

const asset = fc.constantFrom('A', 'B');
/** What part of the whole way to the end of what is known an amount goes, in thousandths. */
const part = fc.bigInt({ min: 1n, max: 999n });
const most = (pool: Concentrated.Concentrated, sell: string) => Concentrated.swap(pool, sell, 1n << 200n);

const root = (price: bigint) => Number(price) / Number(SqrtPrice.Q96);

describe('the best response to a price', () => {
  test('ends where the price after the fee is that price, or at the end of what is known', () => {
    fc.assert(
      fc.property(pools, fc.double({ min: -1, max: 1, noNaN: true }), (pool, away) => {
        const keep = 1 - pool.feePpm / 1e6;
        const ratio = root(pool.sqrtPriceX96) ** 2 * Math.exp(away);
        const trade = Concentrated.arb(pool, { A: ratio, B: 1 });
        const gains = { A: away < Math.log(keep), B: away > -Math.log(keep) };
        expect(trade?.sell).toBe(gains.A ? 'A' : gains.B ? 'B' : undefined);
        fc.pre(trade !== undefined);
        const { sell, sold, bought } = trade ?? { sell: 'A', sold: NaN, bought: NaN };
        const paid = Concentrated.swap(pool, sell, BigInt(Math.round(sold)));
        expect(Number(paid.bought) / bought).toBeCloseTo(1, 6);
        const end = root(SqrtPrice.atTick(pool.known[sell === 'A' ? 0 : 1]));
        const wanted = Math.sqrt(sell === 'A' ? ratio / keep : ratio * keep);
        const expected = sell === 'A' ? Math.max(wanted, end) : Math.min(wanted, end);
        expect(root(paid.after.sqrtPriceX96) / expected).toBeCloseTo(1, 6);
      }),
    );
  });

  test('is none where an asset has no value or the pool stands at the end of what is known', () => {
    fc.assert(
      fc.property(pools, asset, (pool, sell) => {
        expect(Concentrated.arb(pool, { A: 1 })).toBeUndefined();
        expect(Concentrated.arb(pool, { B: 1 })).toBeUndefined();
        const { after } = most(pool, sell);
        const further = sell === 'A' ? { A: 1, B: 1e30 } : { A: 1e30, B: 1 };
        expect(Concentrated.arb(after, further)).toBeUndefined();
        expect(Concentrated.swap(after, sell, 1n << 100n)).toMatchObject({ sold: 0n, bought: 0n });
        expect(Concentrated.swapOut(after, sell, 1n << 100n)).toMatchObject({ sold: 0n, bought: 0n });
      }),
    );
  });
});

describe('a swap part of the way', () => {
  test('leaves the tick that its price lies in', () => {
    fc.assert(
      fc.property(pools, asset, part, (pool, sell, thousandths) => {
        const sold = (most(pool, sell).sold * thousandths) / 1_000n;
        const { after } = Concentrated.swap(pool, sell, sold);
        const exact = SqrtPrice.tickAt(after.sqrtPriceX96);
        const crossed = sell === 'A' && SqrtPrice.atTick(exact) === after.sqrtPriceX96;
        expect(crossed ? [exact, exact - 1] : [exact]).toContain(after.tick);
      }),
    );
  });

  test('for an exact output takes no more than it must', () => {
    fc.assert(
      fc.property(pools, asset, part, (pool, sell, thousandths) => {
        const wanted = (most(pool, sell).bought * thousandths) / 1_000n;
        const { sold, bought, after } = Concentrated.swapOut(pool, sell, wanted);
        expect(bought).toBe(wanted);
        expect(Concentrated.swap(pool, sell, sold).bought >= wanted).toBe(true);
        expect(Concentrated.swap(pool, sell, sold - sold / 1_000_000n).bought < wanted).toBe(true);
        // Both ways to the same place.
        const there = Concentrated.swap(pool, sell, sold).after.sqrtPriceX96;
        expect(root(there) / root(after.sqrtPriceX96)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('that does not move the price leaves the tick, also where the price is one that was crossed', () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const { index } = pool.ticks[1] ?? { index: NaN };
        // Falling onto a tick crosses it: the pool then stands below it, at its price.
        const crossed = {
          ...pool,
          sqrtPriceX96: SqrtPrice.atTick(index),
          tick: index - 1,
          liquidity: pool.ticks[0]?.liquidityNet ?? 0n,
        };
        const { after } = Concentrated.swap(crossed, 'A', 1n);
        expect([after.sqrtPriceX96, after.tick]).toEqual([crossed.sqrtPriceX96, crossed.tick]);
      }),
    );
  });
});

test('a pool that is known to the ends of all prices stops one short of them', () => {
  const { MIN, MAX, MIN_TICK, MAX_TICK } = SqrtPrice;
  const pool: Concentrated.Concentrated = {
    kind: 'concentrated',
    id: 'pool',
    assets: ['A', 'B'],
    sqrtPriceX96: SqrtPrice.Q96,
    tick: 0,
    liquidity: 1_000n,
    feePpm: 3_000,
    tickSpacing: 200,
    ticks: [],
    known: [MIN_TICK - 1, MAX_TICK + 1],
  };
  expect(most(pool, 'A').after.sqrtPriceX96).toBe(MIN + 1n);
  expect(most(pool, 'B').after.sqrtPriceX96).toBe(MAX - 1n);
});
