import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MarketError } from '../Terms.ts';
import type * as Concentrated from './Concentrated.ts';
import * as ConstantProduct from './ConstantProduct.ts';
import * as ImpermanentLoss from './ImpermanentLoss.ts';
import * as Liquidity from './Liquidity.ts';
import * as Lvr from './Lvr.ts';
import * as SqrtPrice from './SqrtPrice.ts';
import type * as StableSwap from './StableSwap.ts';
import type * as Weighted from './Weighted.ts';

const ONE = 10n ** 18n;
const positive = (max: number) => fc.double({ min: 1e-3, max, noNaN: true });
const range = fc
  .tuple(positive(1e3), fc.double({ min: 1.001, max: 100, noNaN: true }))
  .map(([low, wide]) => ({ low, high: low * wide, liquidity: 1 }));

const shared: fc.Arbitrary<ConstantProduct.ConstantProduct | Weighted.Weighted | StableSwap.StableSwap> = fc
  .record({
    kind: fc.constantFrom('constant-product' as const, 'weighted' as const, 'curve' as const, 'balancer' as const),
    reserves: fc.tuple(fc.bigInt({ min: 0n, max: 1n << 112n }), fc.bigInt({ min: 0n, max: 1n << 112n })),
    scale: fc.constantFrom(1n, 10n ** 12n),
  })
  .map(({ kind, reserves, scale }) => {
    const pair = { id: kind, assets: ['A', 'B'], reserves } as const;
    if (kind === 'constant-product') return { ...pair, kind, feePpm: 3_000 };
    if (kind === 'weighted') return { ...pair, kind, weights: [ONE / 2n, ONE / 2n], scales: [scale, 1n], fee: 0n };
    const rates = [scale * ONE, ONE];
    const shape = { kind: 'stable-swap', rounding: kind, rates, amp: 100n, ampPrecision: 1n } as const;
    return { ...pair, ...shape, fee: 0n, adminFee: 0n };
  });

describe('a share of a pool', () => {
  const supply = fc.bigInt({ min: 1n, max: 1n << 112n });

  test('is paid no more than its part, and all shares together no more than there is', () => {
    fc.assert(
      fc.property(shared, supply, fc.bigInt({ min: 0n, max: 1_000n }), (pool, all, ppk) => {
        const held = (all * ppk) / 1_000n;
        const [mine, yours] = [held, all - held].map((shares) =>
          Liquidity.shareDown(pool, { held: shares, supply: all }),
        );
        for (const [place, reserve] of pool.reserves.entries()) {
          const [one, two] = [mine?.[place]?.atoms ?? -1n, yours?.[place]?.atoms ?? -1n];
          expect(one >= 0n && one * all <= reserve * held).toBe(true);
          expect(one + two <= reserve).toBe(true);
        }
        expect(mine?.map(({ asset }) => asset)).toEqual(pool.assets);
      }),
    );
  });

  test('of the whole is the whole', () => {
    fc.assert(
      fc.property(shared, supply, (pool, all) => {
        const parts = Liquidity.shareDown(pool, { held: all, supply: all });
        expect(parts.map(({ atoms }) => atoms)).toEqual(pool.reserves);
      }),
    );
  });

  test.each([
    [0n, 0n],
    [-1n, 5n],
    [6n, 5n],
  ])('of %d in %d is refused', (held, all) => {
    const pool = { kind: 'constant-product', id: 'p', assets: ['A', 'B'], reserves: [5n, 5n], feePpm: 0 } as const;
    expect(() => Liquidity.shareDown(pool, { held, supply: all })).toThrow(MarketError);
  });
});

describe('a position between two ticks', () => {
  const pool = (tick: number): Concentrated.Concentrated => ({
    kind: 'concentrated',
    id: 'c',
    assets: ['A', 'B'],
    sqrtPriceX96: SqrtPrice.atTick(tick),
    tick,
    liquidity: ONE,
    feePpm: 3_000,
    tickSpacing: 1,
    ticks: [],
    known: [-887_272, 887_272],
  });

  test('is owed what real numbers say, to the atom', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50_000, max: 50_000 }),
        fc.integer({ min: -50_000, max: 50_000 }),
        fc.integer({ min: 1, max: 30_000 }),
        (tick, lower, width) => {
          const upper = lower + width;
          const liquidity = 10n ** 24n;
          const paid = Liquidity.rangeDown(pool(tick), { lower, upper, liquidity });
          const real = { low: 1.0001 ** lower, high: 1.0001 ** upper, liquidity: 1e24 };
          const expected = Liquidity.amounts(real, 1.0001 ** tick);
          for (const side of [0, 1] as const) {
            expect(Math.abs(Number(paid[side].atoms) - expected[side])).toBeLessThan(1e-9 * (expected[side] + 1e24));
          }
          expect(paid[0].atoms > 0n).toBe(tick < upper);
          expect(paid[1].atoms > 0n).toBe(tick > lower);
        },
      ),
    );
  });

  test('is refused where it is none', () => {
    expect(() => Liquidity.rangeDown(pool(0), { lower: 5, upper: 5, liquidity: 1n })).toThrow(MarketError);
    expect(() => Liquidity.rangeDown(pool(0), { lower: 0, upper: 5, liquidity: -1n })).toThrow(MarketError);
    expect(() => Liquidity.amounts({ low: 2, high: 1, liquidity: 1 }, 1)).toThrow(MarketError);
    expect(() => Liquidity.amounts({ low: 1, high: 2, liquidity: Number.NaN }, 1)).toThrow(MarketError);
    expect(() => Liquidity.amounts({ low: 1, high: 2, liquidity: 1 }, 0)).toThrow(MarketError);
  });

  test('earns across the wrap of the contract’s word', () => {
    const almost = (1n << 256n) - (1n << 128n);
    expect(Liquidity.feesDown(7n, almost, 2n << 128n)).toBe(21n);
    expect(Liquidity.feesDown(7n, 5n, 5n)).toBe(0n);
  });
});

describe('impermanent loss', () => {
  test('is what an arbitraged pool has less than its holder, and never a gain', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 20, noNaN: true }), (ratio) => {
        const reserves = [10n ** 24n, 10n ** 24n] as const;
        const pool = { kind: 'constant-product', id: 'p', assets: ['A', 'B'], reserves, feePpm: 0 } as const;
        const trade = ConstantProduct.arb(pool, { A: ratio, B: 1 });
        fc.pre(trade !== undefined);
        if (trade === undefined) return;
        const { after } = ConstantProduct.swap(pool, trade.sell, BigInt(Math.round(trade.sold)));
        const worth = Number(after.reserves[0]) * ratio + Number(after.reserves[1]);
        const loss = ImpermanentLoss.ofWeighted(0.5, ratio);
        expect(loss).toBeCloseTo(worth / (1e24 * (ratio + 1)) - 1, 9);
        expect(loss).toBeLessThanOrEqual(0);
        expect(ImpermanentLoss.ofWeighted(0.5, 1 / ratio)).toBeCloseTo(loss, 12);
      }),
    );
  });

  test('of a range is at least that of the whole curve, and tends to it as the range widens', () => {
    fc.assert(
      fc.property(range, fc.double({ min: 0.1, max: 10, noNaN: true }), ({ low, high }, ratio) => {
        const price = Math.sqrt(low * high);
        const loss = ImpermanentLoss.ofRange(low, high, price, ratio);
        expect(loss).toBeLessThanOrEqual(1e-12);
        expect(loss).toBeLessThanOrEqual(ImpermanentLoss.ofWeighted(0.5, ratio) + 1e-12);
        const wide = ImpermanentLoss.ofRange(price * 1e-12, price * 1e12, price, ratio);
        expect(wide).toBeCloseTo(ImpermanentLoss.ofWeighted(0.5, ratio), 4);
      }),
    );
  });

  test('in range is the published closed form', () => {
    fc.assert(
      fc.property(range, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ({ low, high }, share) => {
        const price = Math.sqrt(low * high);
        const ratio = (low / price) * (high / low) ** share;
        const [a, b] = [Math.sqrt(low / price), Math.sqrt(price / high)];
        const closed = (2 * Math.sqrt(ratio) - 1 - ratio) / (1 + ratio - a - ratio * b);
        expect(ImpermanentLoss.ofRange(low, high, price, ratio)).toBeCloseTo(closed, 8);
      }),
    );
  });

  test.each([Number.NaN, 0, -1, Infinity])('refuses a ratio of %d', (ratio) => {
    expect(() => ImpermanentLoss.ofWeighted(0.5, ratio)).toThrow(MarketError);
    expect(() => ImpermanentLoss.ofRange(1, 2, 1.5, ratio)).toThrow(MarketError);
  });
});

describe('loss versus rebalancing', () => {
  test('of a range is half the variance of price times the bend of its value', () => {
    fc.assert(
      fc.property(range, fc.double({ min: 0.05, max: 0.95, noNaN: true }), positive(1), (position, share, sigma) => {
        const price = position.low * (position.high / position.low) ** share;
        const step = 1e-3 * Math.min(price - position.low, position.high - price, price);
        const [below, here, above] = [price - step, price, price + step].map((at) => Liquidity.valueOf(position, at));
        const bend = ((below ?? NaN) - 2 * (here ?? NaN) + (above ?? NaN)) / step ** 2;
        const expected = (-sigma * sigma * price * price * bend) / 2 / (here ?? NaN);
        const rate = Lvr.ofRange(sigma, position.low, position.high, price);
        fc.pre(step > 1e-4 * price);
        expect(Math.abs(rate / expected - 1)).toBeLessThan(1e-3);
      }),
    );
  });

  test('is an eighth of the variance for a constant product, and for a range without ends', () => {
    expect(Lvr.ofWeighted(0.8)).toBeCloseTo(0.08, 15);
    expect(Lvr.ofRange(0.8, 1e-14, 1e14, 1)).toBeCloseTo(0.08, 6);
    expect(Lvr.ofRange(0.8, 1, 2, 3)).toBe(0);
    expect(Lvr.ofWeighted(0.8, 0)).toBe(0);
  });

  test('with fees costs less: arbitrage is rarer the higher the fee and the faster the blocks', () => {
    const part = fc.double({ min: 1e-5, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(positive(0.2), part, part, positive(0.5), (sigma, fee, more, block) => {
        const cheap = Lvr.tradeProbability({ sigma, fee, block });
        expect(cheap > 0 && cheap < 1).toBe(true);
        expect(Lvr.tradeProbability({ sigma, fee: fee + more, block })).toBeLessThan(cheap);
        expect(Lvr.tradeProbability({ sigma, fee, block: block * 2 })).toBeGreaterThan(cheap);
        const paid = Lvr.arbitrage({ sigma, fee: fee + more, block });
        expect(paid).toBeLessThan(Lvr.arbitrage({ sigma, fee, block }) * Math.exp(more));
        expect(Lvr.tradeProbability({ sigma, fee: 0, block })).toBe(1);
      }),
    );
  });

  test('refuses what has no answer', () => {
    expect(() => Lvr.ofWeighted(Number.NaN)).toThrow(MarketError);
    expect(() => Lvr.ofWeighted(0.5, 1.5)).toThrow(MarketError);
    expect(() => Lvr.tradeProbability({ sigma: 0, fee: 0.003, block: 1 })).toThrow(MarketError);
    expect(() => Lvr.tradeProbability({ sigma: 0.5, fee: 1, block: 1 })).toThrow(MarketError);
    expect(() => Lvr.arbitrage({ sigma: 2, fee: 0.003, block: 2 })).toThrow(/block/);
  });
});

describe('a one-sided entry', () => {
  test('leaves both tokens in the proportion of the pool after its own swap', () => {
    fc.assert(
      fc.property(
        positive(1e6),
        positive(1e6),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (amount, reserve, fee) => {
          const sold = Liquidity.zap(amount, reserve, fee);
          const other = 7_777;
          const bought = ((1 - fee) * sold * other) / (reserve + (1 - fee) * sold);
          const [mine, pools] = [(amount - sold) / bought, (reserve + sold) / (other - bought)];
          fc.pre(sold < amount * (1 - 1e-6));
          expect(Math.abs(mine / pools - 1)).toBeLessThan(1e-6);
          expect(sold).toBeLessThanOrEqual(amount);
        },
      ),
    );
  });

  test('is refused for a pool without reserve and for amounts below zero', () => {
    expect(() => Liquidity.zap(1, 0, 0.003)).toThrow(MarketError);
    expect(() => Liquidity.zap(-1, 1, 0.003)).toThrow(MarketError);
    expect(() => Liquidity.zap(1, 1, 1)).toThrow(MarketError);
    expect(Liquidity.zap(0, 1, 0.003)).toBe(0);
  });
});
