import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Market from '../Market.ts';
import * as Concentrated from './Concentrated.ts';
import * as ConstantProduct from './ConstantProduct.ts';
import { BadInput, NotTraded } from './Pair.ts';
import * as SqrtPrice from './SqrtPrice.ts';

const fee = fc.constantFrom(0, 100, 500, 3_000, 10_000, 100_000);

const product: fc.Arbitrary<ConstantProduct.ConstantProduct> = fc.record({
  kind: fc.constant('constant-product' as const),
  id: fc.constant('product'),
  assets: fc.constant(['A', 'B'] as const),
  reserves: fc.tuple(fc.bigInt({ min: 1_000n, max: 1n << 111n }), fc.bigInt({ min: 1_000n, max: 1n << 111n })),
  feePpm: fee,
});

/** Nested positions around a price: liquidity is what the ticks below have added, as in a real pool. */
const concentrated: fc.Arbitrary<Concentrated.Concentrated> = fc
  .record({
    tick: fc.integer({ min: -300_000, max: 300_000 }),
    fraction: fc.bigInt({ min: 0n, max: 999n }),
    feePpm: fee,
    tickSpacing: fc.constantFrom(1, 10, 60, 200),
    positions: fc.array(
      fc.record({
        below: fc.integer({ min: 0, max: 400 }),
        above: fc.integer({ min: 1, max: 400 }),
        liquidity: fc.bigInt({ min: 1n, max: 1n << 100n }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ tick, fraction, feePpm, tickSpacing, positions }) => {
    const compressed = Math.floor(tick / tickSpacing);
    const net = new Map<number, bigint>();
    for (const { below, above, liquidity } of positions) {
      const [low, high] = [(compressed - below) * tickSpacing, (compressed + above) * tickSpacing];
      net.set(low, (net.get(low) ?? 0n) + liquidity);
      net.set(high, (net.get(high) ?? 0n) - liquidity);
    }
    const [low, high] = [SqrtPrice.atTick(tick), SqrtPrice.atTick(tick + 1)];
    return {
      kind: 'concentrated',
      id: 'concentrated',
      assets: ['A', 'B'] as const,
      sqrtPriceX96: low + ((high - low) * fraction) / 1_000n,
      tick,
      liquidity: positions.reduce((sum, position) => sum + position.liquidity, 0n),
      feePpm,
      tickSpacing,
      ticks: [...net]
        .map(([index, liquidityNet]) => ({ index, liquidityNet }))
        .filter(({ liquidityNet }) => liquidityNet !== 0n)
        .toSorted((a, b) => a.index - b.index),
      known: [(compressed - 500) * tickSpacing, (compressed + 500) * tickSpacing] as const,
    };
  });

const market: fc.Arbitrary<Market.Pool> = fc.oneof(product, concentrated);
const asset = fc.constantFrom('A', 'B');
const input = fc.oneof(fc.constantFrom(0n, 1n, 2n, 1n << 128n), fc.bigInt({ min: 0n, max: 1n << 110n }));

describe('every pool', () => {
  test('takes no more than it is offered, pays no more than it has, and keeps the fee it states', () => {
    fc.assert(
      fc.property(market, asset, input, (pool, sell, atoms) => {
        const { sold, bought, fee: charged, buy } = Market.swap(pool, sell, atoms);
        expect(sold >= 0n && sold <= atoms && bought >= 0n).toBe(true);
        expect(buy).toBe(Market.other(pool, sell));
        // The fee is the stated share of what was taken; a pool that rounds at each step may keep an atom more of each.
        expect(charged * 1_000_000n >= sold * BigInt(pool.feePpm)).toBe(true);
        expect(charged <= sold).toBe(true);
      }),
    );
  });

  test('pays no better than its spot price', () => {
    fc.assert(
      fc.property(market, asset, input, (pool, sell, atoms) => {
        const { sold, bought } = Market.swap(pool, sell, atoms);
        const spot = Market.spot(pool, sell);
        expect(bought * spot.sold <= sold * spot.bought).toBe(true);
      }),
    );
  });

  test('pays at least as much for more', () => {
    fc.assert(
      fc.property(market, asset, input, input, (pool, sell, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(Market.swap(pool, sell, less).bought <= Market.swap(pool, sell, more).bought).toBe(true);
      }),
    );
  });

  test('never pays a profit for a round trip', () => {
    fc.assert(
      fc.property(market, asset, input, (pool, sell, atoms) => {
        const there = Market.swap(pool, sell, atoms);
        const back = Market.swap(there.after, there.buy, there.bought);
        expect(back.bought <= there.sold).toBe(true);
      }),
    );
  });

  test('pays no more when its fee rises', () => {
    fc.assert(
      fc.property(market, asset, input, fc.integer({ min: 1, max: 100_000 }), (pool, sell, atoms, more) => {
        const dearer = { ...pool, feePpm: pool.feePpm + more };
        expect(Market.swap(dearer, sell, atoms).bought <= Market.swap(pool, sell, atoms).bought).toBe(true);
      }),
    );
  });

  test('answers the same question the same way and leaves the question untouched', () => {
    fc.assert(
      fc.property(market, asset, input, (pool, sell, atoms) => {
        const before = structuredClone(pool);
        expect(Market.swap(pool, sell, atoms)).toEqual(Market.swap(pool, sell, atoms));
        expect(pool).toEqual(before);
      }),
    );
  });

  test('knows its assets and refuses others, and negative amounts', () => {
    fc.assert(
      fc.property(market, (pool) => {
        expect(() => Market.spot(pool, 'C')).toThrow(NotTraded);
        expect(() => Market.swap(pool, 'C', 1n)).toThrow(NotTraded);
        expect(() => Market.swap(pool, 'A', -1n)).toThrow(BadInput);
      }),
    );
  });
});

describe('constant product', () => {
  test('the product of its reserves never falls', () => {
    fc.assert(
      fc.property(product, asset, input, (pool, sell, atoms) => {
        const { after } = ConstantProduct.swap(pool, sell, atoms);
        expect(after.reserves[0] * after.reserves[1] >= pool.reserves[0] * pool.reserves[1]).toBe(true);
      }),
    );
  });

  test('holds what it was paid and no longer what it paid', () => {
    fc.assert(
      fc.property(product, input, (pool, atoms) => {
        const { sold, bought, after } = ConstantProduct.swap(pool, 'A', atoms);
        expect(after.reserves).toEqual([pool.reserves[0] + sold, pool.reserves[1] - bought]);
      }),
    );
  });

  test('two halves never beat one whole: the fee that stays moves the curve', () => {
    fc.assert(
      fc.property(product, asset, input, input, (pool, sell, a, b) => {
        const first = ConstantProduct.swap(pool, sell, a);
        const second = ConstantProduct.swap(first.after, sell, b);
        expect(first.bought + second.bought <= ConstantProduct.swap(pool, sell, a + b).bought).toBe(true);
      }),
    );
  });

  test('takes only what its 112-bit reserve has room for', () => {
    const full = { kind: 'constant-product', id: 'full', assets: ['A', 'B'], feePpm: 3_000 } as const;
    const pool = { ...full, reserves: [(1n << 112n) - 11n, 10n ** 18n] } as const;
    expect(ConstantProduct.swap(pool, 'A', 100n).sold).toBe(10n);
  });

  test('without reserves takes and pays nothing', () => {
    const empty = { kind: 'constant-product', id: 'empty', assets: ['A', 'B'], feePpm: 3_000 } as const;
    for (const reserves of [
      [0n, 0n],
      [0n, 5n],
      [5n, 0n],
    ] as const) {
      expect(ConstantProduct.swap({ ...empty, reserves }, 'A', 100n)).toMatchObject({ sold: 0n, bought: 0n, fee: 0n });
    }
  });
});

describe('concentrated', () => {
  test('ends in a state that agrees with itself: tick, price and liquidity', () => {
    fc.assert(
      fc.property(concentrated, asset, input, (pool, sell, atoms) => {
        const { after } = Concentrated.swap(pool, sell, atoms);
        // A price exactly on a crossed tick may belong to the tick below it: the contract leaves it so when falling.
        const exact = SqrtPrice.tickAt(after.sqrtPriceX96);
        expect([exact, exact - 1]).toContain(after.tick);
        const active = pool.ticks.reduce((sum, tick) => (tick.index <= after.tick ? sum + tick.liquidityNet : sum), 0n);
        expect(after.liquidity).toBe(active);
        expect(after.sqrtPriceX96 >= SqrtPrice.atTick(pool.known[0])).toBe(true);
        expect(after.sqrtPriceX96 <= SqrtPrice.atTick(pool.known[1])).toBe(true);
      }),
    );
  });

  test('takes less than offered only when it stands at the end of what is known', () => {
    fc.assert(
      fc.property(concentrated, asset, input, (pool, sell, atoms) => {
        const { sold, after } = Concentrated.swap(pool, sell, atoms);
        const end = SqrtPrice.atTick(pool.known[sell === 'A' ? 0 : 1]);
        expect(sold === atoms || after.sqrtPriceX96 === end).toBe(true);
      }),
    );
  });

  test('every tick is found again from its own price', () => {
    fc.assert(
      fc.property(fc.integer({ min: -887_272, max: 887_271 }), (tick) => {
        expect(SqrtPrice.tickAt(SqrtPrice.atTick(tick))).toBe(tick);
        expect(SqrtPrice.tickAt(SqrtPrice.atTick(tick + 1) - 1n)).toBe(tick);
      }),
    );
  });
});

describe('arb', () => {
  const values = fc.double({ min: 0.5, max: 2, noNaN: true });

  /** Value what a pool gives for what it takes, at these values. */
  const gain = (pool: Market.Pool, trade: Market.Trade, nu: Market.Values, share: number): number => {
    const wide = BigInt(Math.max(0, Math.round(trade.sold * share)));
    const { sold, bought } = Market.swap(pool, trade.sell, wide);
    return Number(bought) * (nu[trade.buy] ?? NaN) - Number(sold) * (nu[trade.sell] ?? NaN);
  };

  test('gains, and no larger or smaller trade gains more', () => {
    fc.assert(
      fc.property(market, values, (pool, factor) => {
        const spot = Market.spot(pool, 'A');
        const worth = Number(spot.bought) / Number(spot.sold);
        const nu: Market.Values = { A: worth, B: factor };
        const trade = Market.arb(pool, nu);
        // Below a million atoms the integers' own grain hides the optimum.
        fc.pre(trade !== undefined && trade.sold > 1e6 && trade.bought > 1e6);
        if (trade === undefined) return;
        const best = gain(pool, trade, nu, 1);
        const grain = 1e-9 * trade.sold * (nu[trade.sell] ?? NaN) + 16 * (worth + factor);
        expect(best).toBeGreaterThan(-grain);
        for (const share of [0, 0.5, 0.9, 0.99, 1.01, 1.1, 2]) {
          expect(gain(pool, trade, nu, share)).toBeLessThanOrEqual(best + grain);
        }
      }),
    );
  });

  test('promises what the exact swap then pays', () => {
    fc.assert(
      fc.property(market, values, (pool, factor) => {
        const spot = Market.spot(pool, 'A');
        const trade = Market.arb(pool, { A: Number(spot.bought) / Number(spot.sold), B: factor });
        fc.pre(trade !== undefined && trade.sold > 1e9 && trade.bought > 1e9);
        if (trade === undefined) return;
        const { bought } = Market.swap(pool, trade.sell, BigInt(Math.round(trade.sold)));
        expect(Math.abs(Number(bought) / trade.bought - 1)).toBeLessThan(1e-6);
      }),
    );
  });

  test('is silent where the market agrees to within its fee', () => {
    fc.assert(
      fc.property(market, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (pool, inside) => {
        fc.pre(pool.feePpm > 0);
        const spot = Market.spot(pool, 'A');
        const off = 1 - (inside * pool.feePpm) / 1e6;
        const price = Number(spot.bought) / Number(spot.sold);
        expect(Market.arb(pool, { A: price * off, B: 1 })).toBeUndefined();
        expect(Market.arb(pool, { A: price / off, B: 1 })).toBeUndefined();
      }),
    );
  });

  // Diamandis, Resnick, Chitra, Angeris (2023): CFMMRouter.jl's unit test (no fee, prices 2 and 1), and one with a fee.
  test.each([
    [10n ** 18n, 0, { A: 2, B: 1 }, 0.414_213_562_4, 0.292_893_218_8],
    [1_000n * 10n ** 18n, 3_000, { A: 1.02, B: 1 }, 8.459_809_623, 8.363_885_585],
  ])('the closed form on reserves of %d at a fee of %d', (reserve, feePpm, nu, sold, bought) => {
    const pool = {
      kind: 'constant-product',
      id: 'p',
      assets: ['A', 'B'],
      reserves: [reserve, reserve],
      feePpm,
    } as const;
    const trade = ConstantProduct.arb(pool, nu);
    expect(trade).toMatchObject({ sell: 'B', buy: 'A' });
    expect((trade?.sold ?? NaN) / 1e18).toBeCloseTo(sold, 9);
    expect((trade?.bought ?? NaN) / 1e18).toBeCloseTo(bought, 9);
  });
});
