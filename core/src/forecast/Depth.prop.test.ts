import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConstantProduct } from '../market/amm/ConstantProduct.ts';
import * as Market from '../market/Market.ts';
import * as Sample from '../Sample.ts';
import * as Depth from './Depth.ts';
import { ForecastError } from './Numbers.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const move = fc.integer({ min: 1, max: 5_000 });
const reserve = fc.bigInt({ min: 10n ** 9n, max: 10n ** 26n });
const pool = (x: bigint, y: bigint, feePpm: number): ConstantProduct => ({
  kind: 'constant-product',
  id: 'pool',
  assets: ['a', 'b'],
  reserves: [x, y],
  feePpm,
});

/** Say whether the marginal price is still within the move after a sale. */
function within(market: Market.Market, sell: string, atoms: bigint, bps: number): boolean {
  const [start, end] = [Market.spot(market, sell), Market.spot(Market.swap(market, sell, atoms).after, sell)];
  return end.bought * start.sold * 10_000n >= start.bought * end.sold * BigInt(10_000 - bps);
}

describe('depth', () => {
  test('is the most that can be sold: one atom more would move the price too far', () => {
    fc.assert(
      fc.property(reserve, reserve, fc.integer({ min: 0, max: 10_000 }), move, (x, y, fee, bps) => {
        const market = pool(x, y, fee);
        const depth = Depth.within(market, 'a', bps);
        expect(within(market, 'a', depth, bps)).toBe(true);
        expect(within(market, 'a', depth + 1n, bps)).toBe(false);
      }),
    );
  });

  test('of a constant product without a fee is x(1/√(1 − move) − 1)', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 18n, max: 10n ** 26n }), move, (x, bps) => {
        const depth = Number(Depth.within(pool(x, x, 0), 'a', bps)) / Number(x);
        expect(depth).toBeCloseTo(1 / Math.sqrt(1 - bps / 10_000) - 1, 9);
      }),
    );
  });

  test('of every market of a sample grows with the move and stands on the definition', () => {
    for (const market of Sample.snapshot().markets) {
      const sell = market.assets[0] ?? '';
      const depths = [10, 50, 200].map((bps) => Depth.within(market, sell, bps));
      expect(depths.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(depths);
      for (const [index, bps] of [10, 50, 200].entries()) {
        expect(within(market, sell, depths[index] ?? 0n, bps)).toBe(true);
        expect(within(market, sell, (depths[index] ?? 0n) + 1n, bps)).toBe(false);
      }
    }
  });

  test('of a book is whole lots: one lot more would move the price too far, a part of one is not taken', () => {
    const level = fc.record({ step: fc.bigInt({ min: 1n, max: 50n }), lots: fc.bigInt({ min: 1n, max: 1_000n }) });
    const levels = fc.array(level, { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(levels, fc.bigInt({ min: 2n, max: 10n ** 18n }), move, (steps, lot, bps) => {
        let ticks = 1_000n;
        const bids = steps.map(({ step, lots }) => ({ ticks: (ticks -= step), lots }));
        const market: Market.Market = {
          kind: 'book',
          id: 'book',
          assets: ['a', 'b'],
          bids,
          asks: [],
          tick: { bought: 1n, sold: 1_000n },
          lot,
          feePpm: 500,
        };
        const depth = Depth.within(market, 'a', bps);
        expect(depth % lot).toBe(0n);
        expect(within(market, 'a', depth, bps)).toBe(true);
        expect(within(market, 'a', depth + lot, bps)).toBe(false);
      }),
    );
  });

  test('of a market with one price is all that it takes', () => {
    const bridge: Market.Market = {
      kind: 'bridge',
      id: 'bridge',
      assets: ['a', 'b'],
      parity: [1n, 1n],
      capacity: [0n, 5_000n],
      fixedFee: [7n, 7n],
      feePpm: 0,
      delay: { expected: 60, longest: 600 },
    };
    expect(Depth.within(bridge, 'a', 10)).toBe(5_007n);
    expect(Depth.within(bridge, 'b', 10)).toBe(0n);
  });

  test('per unit of return, of a pool, tends to half its value as moves get small', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 18n, max: 10n ** 26n }), (x) => {
        const depth = Number(Depth.within(pool(x, x, 0), 'a', 10)) / Number(x);
        expect(Depth.perUnit(depth, 0.001)).toBeCloseTo(0.5, 3);
      }),
    );
  });

  test('by Amihud: twice the volume is half as illiquid, whatever way prices went', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(real(-0.2, 0.2), real(1, 1e9)), { minLength: 1, maxLength: 30 }), (days) => {
        const [returns, volumes] = [days.map(([move]) => move), days.map(([, volume]) => volume)];
        const one = Depth.amihud(returns, volumes);
        const other = Depth.amihud(
          returns.map((value) => -value),
          volumes.map((volume) => 2 * volume),
        );
        expect(other).toBeCloseTo(one / 2, 12);
      }),
    );
  });

  test.each([
    ['no move', () => Depth.within(pool(10n, 10n, 0), 'a', 0)],
    ['a move of everything', () => Depth.within(pool(10n, 10n, 0), 'a', 10_000)],
    ['half a basis point', () => Depth.within(pool(10n, 10n, 0), 'a', 0.5)],
    ['no volume', () => Depth.amihud([0.1], [0])],
    ['volumes of other days', () => Depth.amihud([0.1], [1, 2])],
    ['a depth of nothing', () => Depth.perUnit(0, 0.01)],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});
