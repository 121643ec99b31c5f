import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ForecastError } from '../../forecast/Numbers.ts';
import type * as Lending from '../../market/Lending.ts';
import * as Market from '../../market/Lending.ts';
import * as LendingAllocation from './LendingAllocation.ts';

/** Spread evenly, or in logarithms where zero is out: `fc.double` from zero on is nearly always next to nothing. */
const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => {
    const part = step / 1_000_000;
    return min > 0 ? min * (max / min) ** part : min + (max - min) * part;
  });
/** Nothing, or something that is not lost in rounding beside the rest. */
const some = (most: number) => fc.oneof(fc.constant(0), real(most / 1_000, most));
const pool: fc.Arbitrary<LendingAllocation.Pool> = fc
  .record({
    supplied: real(1e6, 1e8),
    usage: some(1),
    base: some(0.02),
    slopeBelow: some(0.1),
    slopeAbove: some(2),
    kink: real(0.5, 0.95),
    reserve: some(0.3),
    room: fc.oneof(fc.constant(Infinity), some(1e8)),
    gas: some(1e4),
  })
  .map(({ usage, ...terms }) => ({ ...terms, borrowed: usage * terms.supplied }));
const pools = fc.array(pool, { minLength: 1, maxLength: 3 });
const amount = some(5e7);

const worth = (of: readonly LendingAllocation.Pool[], placed: readonly number[], horizon: number) =>
  placed.reduce((sum, x, index) => {
    const one = of[index];
    if (one === undefined || x <= 0) return sum;
    return sum + LendingAllocation.earnings(one, x) * horizon - (one.gas ?? 0);
  }, 0);

describe('an allocation of lending', () => {
  test('places what there is, inside the room, and says what it earns', () => {
    fc.assert(
      fc.property(pools, amount, real(0.01, 1), (of, money, horizon) => {
        const { placed, idle, yearly, gas } = LendingAllocation.of(of, money, horizon);
        const total = placed.reduce((sum, x) => sum + x, idle);
        expect(Math.abs(total - money)).toBeLessThanOrEqual(1e-6 + 1e-9 * money);
        placed.forEach((x, index) => expect(x >= 0 && x <= (of[index]?.room ?? Infinity)).toBe(true));
        const apart = Math.abs(yearly * horizon - gas - worth(of, placed, horizon));
        expect(apart).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(yearly)));
        expect(yearly * horizon - gas).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('loses to no other allocation of the same money', () => {
    fc.assert(
      fc.property(
        pools,
        amount,
        real(0.01, 1),
        fc.array(real(0, 1), { minLength: 4, maxLength: 4 }),
        (of, money, horizon, shares) => {
          const best = LendingAllocation.of(of, money, horizon);
          const sum = shares.reduce((total, share) => total + share, 1e-9);
          const other = of.map((one, index) => Math.min(one.room ?? Infinity, ((shares[index] ?? 0) / sum) * money));
          const value = best.yearly * horizon - best.gas;
          expect(worth(of, other, horizon)).toBeLessThanOrEqual(value + 1e-7 * (1 + value));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('loses to no transfer of a part from one pool to another', () => {
    fc.assert(
      fc.property(pools, amount, fc.nat(), fc.nat(), real(0, 1), (of, money, one, other, share) => {
        const { placed, yearly, gas } = LendingAllocation.of(of, money);
        const [from, to] = [one % of.length, other % of.length];
        const part = share * (placed[from] ?? 0);
        const moved = placed.map((x, index) => x + part * (Number(index === to) - Number(index === from)));
        fc.pre(moved.every((x, index) => x <= (of[index]?.room ?? Infinity)));
        expect(worth(of, moved, 1)).toBeLessThanOrEqual(yearly - gas + 1e-7 * (1 + yearly));
      }),
      { numRuns: 500 },
    );
  });

  test('follows a permutation of the pools and a change of unit', () => {
    fc.assert(
      fc.property(pools, amount, real(0.1, 10), (of, money, unit) => {
        const { yearly, gas } = LendingAllocation.of(of, money);
        const turned = LendingAllocation.of(of.toReversed(), money);
        expect(Math.abs(turned.yearly - turned.gas - (yearly - gas))).toBeLessThanOrEqual(1e-7 * (1 + yearly));
        const scaled = of.map(({ supplied, borrowed, room = Infinity, gas: fee = 0, ...rest }) => ({
          ...rest,
          supplied: supplied * unit,
          borrowed: borrowed * unit,
          room: room * unit,
          gas: fee * unit,
        }));
        const larger = LendingAllocation.of(scaled, money * unit);
        expect(Math.abs(larger.yearly - larger.gas - unit * (yearly - gas))).toBeLessThanOrEqual(
          1e-7 * unit * (1 + yearly),
        );
      }),
    );
  });

  test('stays out where gas eats the gain', () => {
    const one = { supplied: 1e6, borrowed: 5e5, base: 0.02, slopeBelow: 0.04, slopeAbove: 1, kink: 0.8, reserve: 0.1 };
    const free = LendingAllocation.of([one], 1_000);
    expect(LendingAllocation.of([{ ...one, gas: free.yearly * 0.99 }], 1_000).placed).toEqual(free.placed);
    expect(LendingAllocation.of([{ ...one, gas: free.yearly * 1.01 }], 1_000)).toEqual({
      placed: [0],
      idle: 1_000,
      yearly: 0,
      gas: 0,
    });
    // The same gas for half the time is half as good a bargain.
    expect(LendingAllocation.of([{ ...one, gas: free.yearly * 0.99 }], 1_000, 0.5).placed).toEqual([0]);
  });

  test('is refused where a pool is none, and where there are too many choices', () => {
    const one = { supplied: 10, borrowed: 5, base: 0, slopeBelow: 0.04, slopeAbove: 1, kink: 0.8, reserve: 0.1 };
    const bad = [
      { borrowed: 11 },
      { supplied: NaN },
      { kink: 1 },
      { reserve: 1 },
      { room: NaN },
      { gas: -1 },
      { base: Infinity },
    ];
    for (const wrong of bad) expect(() => LendingAllocation.of([{ ...one, ...wrong }], 1)).toThrow(ForecastError);
    expect(() => LendingAllocation.of([one], -1)).toThrow('amount');
    expect(() => LendingAllocation.of([one], 1, 0)).toThrow('horizon');
    const many = Array.from({ length: 16 }, () => ({ ...one, gas: 1 }));
    expect(() => LendingAllocation.of(many, 1)).toThrow('choices');
  });

  test('reads a market’s own curve', () => {
    const wad = 10n ** 18n;
    const base: Omit<Lending.Lending, 'curve'> = {
      kind: 'lending',
      id: 'lending',
      assets: ['A', 'R'],
      supplied: 1_000n * wad,
      borrowed: 950n * wad,
      receipts: { kind: 'index', index: 10n ** 27n },
    };
    const curves: readonly Lending.Lending['curve'][] = [
      { kind: 'adaptive-curve', rateAtTarget: 1_268_391_679n, fee: wad / 10n },
      {
        kind: 'kinked',
        base: 10n ** 25n,
        slopeBelow: 4n * 10n ** 25n,
        slopeAbove: 10n ** 27n,
        kink: 8n * 10n ** 26n,
        reserveFactor: 1_000,
      },
    ];
    for (const curve of curves)
      for (const deposit of [0n, 10n, 100n, 5_000n]) {
        const market = { ...base, curve };
        const believed = LendingAllocation.earnings(LendingAllocation.poolOf(market, 18), Number(deposit));
        const exact = Number(deposit) * (Number(Market.supplyRateAfter(market, deposit * wad)) / 1e27);
        expect(Math.abs(believed - exact)).toBeLessThanOrEqual(1e-8 * exact);
      }
  });
});
