import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Evidence from './Evidence.ts';
import * as Har from './Har.ts';
import { at, ForecastError, mean } from './Numbers.ts';
import * as Volatility from './Volatility.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const WINDOWS = [1, 7, 30];
const variances = fc.array(real(0.01, 5), { minLength: 120, maxLength: 160 });

/** Draw from [0, 1) (mulberry32). */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the forecast from three horizons', () => {
  test('finds the slopes that made the series, within four of their errors over 20,000 steps', () => {
    const uniform = uniforms(9);
    const series = [1];
    const slopes = [0.3, 0.3, 0.25];
    for (let step = 1; step < 20_000; step++) {
      const seen = WINDOWS.map((window) => mean(series.slice(-window)));
      const expected = 0.15 + seen.reduce((sum, value, k) => sum + value * at(slopes, k), 0);
      series.push(expected + 0.2 * (uniform() - 0.5));
    }
    const har = Har.fit(series, WINDOWS);
    for (const [k, slope] of slopes.entries()) {
      expect(Math.abs(at(har.slopes, k) - slope)).toBeLessThan(4 * at(har.errors, k));
      expect(at(har.errors, k)).toBeLessThan(0.05);
    }
    const next = Har.forecast(har, series.slice(-30));
    expect(next).toBe(Har.forecast(har, series));
  });

  test('stays inside what was seen, and scales with the unit', () => {
    fc.assert(
      fc.property(
        variances,
        real(0.001, 1000),
        fc.array(real(0.001, 100), { minLength: 30, maxLength: 30 }),
        (seen, unit, now) => {
          const har = Har.fit(seen, WINDOWS);
          const found = Har.forecast(har, now);
          expect(found).toBeGreaterThanOrEqual(Math.min(...seen));
          expect(found).toBeLessThanOrEqual(Math.max(...seen));
          const scaled = Har.fit(
            seen.map((value) => value * unit),
            WINDOWS,
          );
          const other = Har.forecast(
            scaled,
            now.map((value) => value * unit),
          );
          expect(Math.abs(other / (unit * found) - 1)).toBeLessThanOrEqual(1e-6);
        },
      ),
    );
  });

  const enough = Array.from({ length: 200 }, (_, index) => 1 + (index % 7) + (index % 11) / 10);
  test.each([
    ['too short a history', () => Har.fit(enough.slice(0, 109), WINDOWS)],
    ['windows that do not ascend', () => Har.fit(enough, [7, 1])],
    ['a window of half a step', () => Har.fit(enough, [0.5])],
    ['no window', () => Har.fit(enough, [])],
    ['a variance of zero', () => Har.fit([...enough, 0], WINDOWS)],
    ['too little to forecast from', () => Har.forecast(Har.fit(enough, WINDOWS), enough.slice(0, 29))],
    [
      'a series that never changes',
      () =>
        Har.fit(
          Array.from({ length: 200 }, () => 1),
          WINDOWS,
        ),
    ],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});

describe('QLIKE', () => {
  test('is least where the forecast is right, and harder on one too low than on one too high by the same factor', () => {
    fc.assert(
      fc.property(real(0.01, 100), real(1.01, 10), (variance, factor) => {
        const [right = NaN, low = NaN, high = NaN] = Evidence.qlike(
          [variance, variance, variance],
          [variance, variance / factor, variance * factor],
        );
        expect(right).toBeCloseTo(0, 12);
        expect(low).toBeGreaterThan(high);
        expect(high).toBeGreaterThan(0);
      }),
    );
  });

  test('in the mean over a noisy measure is still least at the mean', () => {
    fc.assert(
      fc.property(fc.array(real(0.1, 10), { minLength: 2, maxLength: 30 }), real(0.5, 2), (realised, other) => {
        const judge = (forecast: number) =>
          mean(
            Evidence.qlike(
              realised,
              realised.map(() => forecast),
            ),
          );
        expect(judge(mean(realised))).toBeLessThanOrEqual(judge(mean(realised) * other) + 1e-12);
      }),
    );
  });

  test('compares two forecasts by the same test as their squared errors', () => {
    const errors = [0.5, -0.3, 0.8, -1.1, 0.2, 0.6, -0.4];
    const others = [0.4, -0.6, 0.7, -1.3, 0.5, 0.9, -0.2];
    const squares = [errors, others].map((list) => list.map((error) => error ** 2));
    expect(Evidence.compareLosses(at(squares, 0), at(squares, 1), 1)).toEqual(
      Evidence.dieboldMariano(errors, others, 1),
    );
  });

  test.each([
    ['no variance', () => Evidence.qlike([0], [1])],
    ['a forecast of zero', () => Evidence.qlike([1], [0])],
    ['unequal lengths', () => Evidence.qlike([1], [1, 2])],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});

describe('a bounded volatility', () => {
  test('is inside its bounds and otherwise itself', () => {
    fc.assert(
      fc.property(real(0.001, 10), real(0.1, 1), real(1, 3), (volatility, floor, cap) => {
        const found = Volatility.bounded(volatility, floor, cap);
        expect(found).toBe([floor, volatility, cap].toSorted((a, b) => a - b)[1]);
      }),
    );
  });

  test.each([
    [Number.NaN, 0.1, 1],
    [0.5, 1, 0.1],
    [0.5, 0, 1],
    [0.5, 0.1, Infinity],
  ])('refuses %d between %d and %d', (volatility, floor, cap) => {
    expect(() => Volatility.bounded(volatility, floor, cap)).toThrow(ForecastError);
  });
});
