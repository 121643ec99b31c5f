import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { YEAR } from '../money/Time.ts';
import * as Covariance from './Covariance.ts';
import { at, ForecastError } from './Numbers.ts';
import * as Tracking from './Tracking.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const pairs = fc.array(fc.tuple(real(-0.2, 0.2), real(-0.2, 0.2)), { minLength: 2, maxLength: 40 });

describe('tracking', () => {
  test('before the fact: on target there is none, and twice the deviation has four times the variance', () => {
    const covariance = [
      [0.09, 0.03],
      [0.03, 0.04],
    ];
    fc.assert(
      fc.property(real(-1, 1), real(-1, 1), real(-3, 3), (one, other, scale) => {
        const found = Covariance.variance(covariance, [one, other]);
        expect(found).toBeCloseTo(0.09 * one ** 2 + 0.06 * one * other + 0.04 * other ** 2, 12);
        expect(Covariance.variance(covariance, [scale * one, scale * other])).toBeCloseTo(scale ** 2 * found, 12);
      }),
    );
    expect(Covariance.variance(covariance, [0, 0])).toBe(0);
  });

  test('after the fact: a steady difference is no error, and is told apart; the error does not know which of the two is ours', () => {
    fc.assert(
      fc.property(pairs, real(-0.1, 0.1), fc.integer({ min: 60, max: 604_800 }), (both, steady, step) => {
        const [ours, theirs] = [both.map(([one]) => one), both.map(([, other]) => other)];
        const shifted = Tracking.realised(
          ours.map((value) => value + steady),
          ours,
          step,
        );
        expect(shifted.error * Math.sqrt(step / YEAR)).toBeCloseTo(0, 12);
        expect((shifted.difference * step) / YEAR).toBeCloseTo(steady, 12);
        expect(shifted.largest).toBeCloseTo(Math.abs(steady), 12);
        const [one, other] = [Tracking.realised(ours, theirs, step), Tracking.realised(theirs, ours, step)];
        expect(one.error).toBeCloseTo(other.error, 9);
        expect(one.largest).toBe(Math.max(...ours.map((value, i) => Math.abs(value - at(theirs, i)))));
      }),
    );
  });

  test.each([
    ['one step', () => Tracking.realised([0.1], [0.1], 86_400)],
    ['unequal lengths', () => Tracking.realised([0.1, 0.2], [0.1, 0.2, 0.3], 86_400)],
    ['a NaN', () => Tracking.realised([0.1, Number.NaN], [0.1, 0.2], 86_400)],
    ['no step', () => Tracking.realised([0.1, 0.2], [0.1, 0.2], 0)],
    ['a covariance of other assets', () => Covariance.variance([[1]], [0.1, 0.2])],
    ['a negative variance', () => Covariance.variance([[-1]], [0.1])],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});
