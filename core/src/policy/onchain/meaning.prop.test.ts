// The integers of the contracts mean what the beliefs of this house mean: each is held against its counterpart in floats.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { approximate } from '../../money/approximate.ts';
import { ONE } from '../../money/Fixed.ts';
import { variance } from '../../forecast/Ewma.ts';
import { size as sizeOf } from '../../portfolio/Drift.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import { halfWidth } from '../triggers/Band.ts';
import * as Calendar from '../triggers/Calendar.ts';
import { capWeights } from '../targets/capWeights.ts';
import * as CppiRisk from '../targets/CppiRisk.ts';
import type { View } from '../View.ts';
import * as Basket from './Basket.ts';
import * as Ewma from './Ewma.ts';
import * as IndexWeights from './IndexWeights.ts';
import * as Insurance from './Insurance.ts';
import { D18_A_BPS } from './Scale.ts';
import * as Schedule from './Schedule.ts';

const bps = (max: number, min = 0) => fc.integer({ min, max });
const fraction = (value: bigint) => approximate(value, ONE);
const exact = (value: number) => BigInt(Math.round(value * 1e9)) * 10n ** 9n;

test('an index is capped as in the allocation', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt(1n, 10n ** 30n), { minLength: 5, maxLength: 9 }),
      bps(10_000, 2_500),
      (sizes, cap) => {
        const total = sizes.reduce((sum, one) => sum + one, 0n);
        const wanted = capWeights(
          sizes.map((one) => approximate(one, total)),
          cap / 10_000,
        );
        const weights = IndexWeights.cappedDown(sizes, BigInt(cap) * D18_A_BPS);
        for (const [member, weight] of weights.entries())
          expect(fraction(weight)).toBeCloseTo(wanted[member] ?? NaN, 9);
        const sum = weights.reduce((all, weight) => all + weight, 0n);
        expect(sum <= ONE && sum > ONE - BigInt(sizes.length)).toBe(true);
        expect(weights.every((weight) => weight <= BigInt(cap) * D18_A_BPS)).toBe(true);
      },
    ),
  );
});

test('a floor that follows the peak leads the same path', () => {
  const returns = fc.array(fc.double({ min: 0.8, max: 1.3, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(bps(9_500, 7_500), bps(40_000, 10_000), returns, (keep, multiplier, path) => {
      let [share, best] = [1_000n * ONE, 1_000n * ONE];
      const moves = path.map((move) => Math.max(move, 1 - 9_000 / multiplier));
      for (const move of moves) {
        const floor = Insurance.floorUp(0n, best, BigInt(keep));
        const exposure = Insurance.exposureDown(share, floor, BigInt(multiplier), 10_000n);
        share += (((share * exposure) / ONE) * (exact(move) - ONE)) / ONE;
        best = Insurance.peak(best, share, 86_400n, 10_000_000n);
      }
      const wanted = CppiRisk.tipp(1_000, keep / 10_000, multiplier / 10_000, moves);
      expect(fraction(share) / wanted.value).toBeCloseTo(1, 6);
      expect(fraction(best) / wanted.peak).toBeCloseTo(1, 6);
    }),
  );
});

test('a variance follows the recursion of the forecast', () => {
  fc.assert(
    fc.property(bps(3_000, 1), bps(3_000), bps(100_000, 300), bps(1_000_000, 3_600), (start, move, elapsed, memory) => {
      const [from, size] = [Ewma.startDown(BigInt(start)), BigInt(move) * D18_A_BPS];
      const next = Ewma.nextDown(from, size, BigInt(elapsed), BigInt(memory));
      const lambda = memory / (memory + elapsed);
      const before = (start / 10_000) ** 2 / 86_400;
      const wanted = variance([move / 10_000 / Math.sqrt(elapsed)], lambda, before);
      expect(approximate(next, ONE * ONE) / wanted).toBeCloseTo(1, 9);
      expect(fraction(Ewma.dailyDown(next)) / Math.sqrt(wanted * 86_400)).toBeCloseTo(1, 9);
    }),
  );
});

test('a band is as wide as in the policy, and deviations measure the same', () => {
  fc.assert(
    fc.property(bps(9_999, 1), bps(10_000, 1), bps(10_000, 1), (absolute, relative, target) => {
      const half = Basket.halfDown(BigInt(absolute), BigInt(relative), BigInt(target) * D18_A_BPS);
      expect(fraction(half)).toBeCloseTo(halfWidth({ absolute, relative }, target / 10_000) ?? NaN, 12);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.bigInt(1n, 10n ** 24n), { minLength: 4, maxLength: 4 }), (worths) => {
      const nav = worths.reduce((sum, worth) => sum + worth, 0n);
      const { turnover, squares } = Basket.distance({ worths, nav, weights: worths.map(() => ONE / 4n) });
      const drift = worths.map((worth) => ({
        absolute: approximate(worth, nav) - 0.25,
      })) as unknown as readonly Drift[];
      expect(fraction(turnover)).toBeCloseTo(sizeOf(drift, 'l1') / 2, 9);
      expect(Math.sqrt(approximate(squares, ONE * ONE))).toBeCloseTo(sizeOf(drift, 'l2'), 9);
    }),
  );
});

test('what is landed makes a whole, and nothing goes past its target', () => {
  const worths = fc.array(fc.bigInt(1n, 10n ** 24n), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(worths, bps(2_000, 1), bps(10_000), (held, half, land) => {
      const nav = held.reduce((sum, worth) => sum + worth, 0n);
      const basket = { worths: held, nav, weights: held.map(() => ONE / 5n) };
      const width = BigInt(half) * D18_A_BPS;
      const kept = Basket.keptDown(
        basket,
        held.map(() => width),
        BigInt(land),
      );
      const weights = Basket.landed(basket, kept);
      const sum = weights.reduce((all, weight) => all + weight, 0n) - ONE;
      expect(sum <= 5n && sum >= -5n).toBe(true);
      const edge = (width * BigInt(land)) / 10_000n;
      for (const [asset, weight] of weights.entries()) {
        const off = weight - ONE / 5n;
        expect(off <= edge && off >= -edge).toBe(true);
        expect(off === 0n || off > 0n === (held[asset] ?? 0n) * 5n > nav).toBe(true);
      }
    }),
  );
});

test('a period begins when the calendar says so', () => {
  fc.assert(
    fc.property(bps(100_000), bps(100_000), bps(20_000, 1), bps(100_000), (at, last, every, from) => {
      const view = { snapshot: { at, lastRebalanceAt: Math.min(last, at) } } as unknown as View;
      const due = Calendar.find({ kind: 'calendar', every, from }, [], view).kind === 'due';
      const begun = (moment: number) => Schedule.begun(BigInt(moment), BigInt(every), BigInt(from));
      expect(begun(at) > begun(Math.min(last, at))).toBe(due);
    }),
  );
});
