import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { YEAR } from '../money/Time.ts';
import * as Ewma from './Ewma.ts';
import * as Normal from './Normal.ts';
import * as Returns from './Returns.ts';
import * as Series from './Series.ts';
import * as Tail from './Tail.ts';
import * as Volatility from './Volatility.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const move = real(-0.2, 0.2);
const estimators = Object.entries({
  closeToClose: Volatility.closeToClose,
  parkinson: Volatility.parkinson,
  garmanKlass: Volatility.garmanKlass,
  rogersSatchell: Volatility.rogersSatchell,
  yangZhang: Volatility.yangZhang,
});

/** Log prices of bars: open, close, and what the range sticks out beyond them, above and below; closes move unevenly. */
const shapes = fc
  .array(fc.tuple(move, move, real(0.001, 0.1), real(0.001, 0.1)), { minLength: 3, maxLength: 30 })
  .filter((bars) => {
    const steps = bars.slice(1).map(([, close], index) => close - (bars[index]?.[1] ?? NaN));
    return Math.max(...steps) - Math.min(...steps) > 1e-6;
  });

function barsOf(shape: readonly (readonly [number, number, number, number])[], scale: number) {
  return shape.map(([open, close, up, down]) => ({
    open: Math.exp(scale * open),
    close: Math.exp(scale * close),
    high: Math.exp(scale * (Math.max(open, close) + up)),
    low: Math.exp(scale * (Math.min(open, close) - down)),
  }));
}

const prices = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), move), { minLength: 3, maxLength: 40 })
  .map((steps) => {
    let [time, price] = [0, 100];
    const walked = steps.map(([seconds, size]) => [(time += seconds), (price *= Math.exp(size))] as const);
    return Series.parse([0, ...walked.map(([at]) => at)], [100, ...walked.map(([, value]) => value)]);
  });

/** Measure an error relative to what is wanted, and absolute where that is nearly nothing. */
const apart = (found: number, wanted: number) => Math.abs(found - wanted) / (Math.abs(wanted) + 1e-4);

describe('volatility of bars', () => {
  test.each(estimators)('%s: log prices scaled by c have c times the volatility', (_, estimate) => {
    fc.assert(
      fc.property(shapes, real(0.1, 5), (shape, scale) => {
        expect(apart(estimate(barsOf(shape, scale)), scale * estimate(barsOf(shape, 1)))).toBeLessThanOrEqual(1e-8);
      }),
    );
  });

  test.each(estimators)('%s: the currency does not matter', (_, estimate) => {
    fc.assert(
      fc.property(shapes, real(0.01, 1000), (shape, rate) => {
        const bars = barsOf(shape, 1);
        const dearer = bars.map((bar) => ({
          open: bar.open * rate,
          high: bar.high * rate,
          low: bar.low * rate,
          close: bar.close * rate,
        }));
        expect(apart(estimate(dearer), estimate(bars))).toBeLessThanOrEqual(1e-8);
      }),
    );
  });

  test('bars four times as long have twice the volatility', () => {
    expect(Volatility.annual(0.02, 86_400)).toBeCloseTo(0.02 * Math.sqrt(365), 14);
    expect(Volatility.annual(0.02, YEAR)).toBe(0.02);
  });
});

describe('returns', () => {
  test('log returns add up to the whole move, simple ones multiply up to it', () => {
    fc.assert(
      fc.property(prices, (series) => {
        const whole = series.values.at(-1)! / series.values[0]!;
        expect(
          apart(
            Returns.log(series).values.reduce((sum, value) => sum + value, 0),
            Math.log(whole),
          ),
        ).toBeLessThanOrEqual(1e-8);
        expect(
          apart(
            Returns.simple(series).values.reduce((product, value) => product * (1 + value), 1),
            whole,
          ),
        ).toBeLessThanOrEqual(1e-8);
        expect(Returns.log(series).seconds.reduce((sum, value) => sum + value, 0)).toBe(series.times.at(-1));
      }),
    );
  });

  test('moves c times as large have c times the volatility, and slower by c² one c-th', () => {
    fc.assert(
      fc.property(prices, real(0.5, 4), (series, c) => {
        const base = Returns.log(series);
        const larger = Returns.log({ ...series, values: series.values.map((value) => value ** c) });
        const slower = Returns.log({ ...series, times: series.times.map((time) => time * c ** 2) });
        for (const estimate of [Returns.annualVolatility, Returns.realisedVolatility]) {
          expect(apart(estimate(larger), c * estimate(base))).toBeLessThanOrEqual(1e-8);
          expect(apart(estimate(slower), estimate(base) / c)).toBeLessThanOrEqual(1e-8);
        }
      }),
    );
  });

  test('a steady trend has a drift and no volatility, however unevenly it is observed', () => {
    fc.assert(
      fc.property(prices, real(-1, 1), ({ times }, trend) => {
        const steady = Returns.log(
          Series.parse(
            times,
            times.map((time) => Math.exp((trend * time) / YEAR)),
          ),
        );
        expect(apart(Returns.annualDrift(steady), trend)).toBeLessThanOrEqual(1e-6);
        expect(Returns.annualVolatility(steady)).toBeLessThan(1e-6);
      }),
    );
  });

  test('equal steps give the textbook volatility', () => {
    const daily = Returns.log(Series.parse([0, 86_400, 172_800, 259_200], [100, 110, 99, 105]));
    const [a, b, c] = [Math.log(1.1), Math.log(0.9), Math.log(105 / 99)];
    const centre = (a + b + c) / 3;
    const sample = Math.sqrt(((a - centre) ** 2 + (b - centre) ** 2 + (c - centre) ** 2) / 2);
    expect(apart(Returns.annualVolatility(daily), sample * Math.sqrt(365))).toBeLessThanOrEqual(1e-13);
  });
});

describe('a series', () => {
  test('keeps what all observed and names the rest: nothing is made up and nothing is lost', () => {
    const times = fc
      .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 })
      .map((list) => [0, ...list.toSorted((a, b) => a - b)]);
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 5 }), (lists) => {
        const list = lists.map((moments, index) =>
          Series.parse(
            moments,
            moments.map((time) => 100 * index + time),
          ),
        );
        const { aligned, absent } = Series.align(list);
        const every = new Set(lists.flat());
        const common = [...every].filter((time) => lists.every((moments) => moments.includes(time)));
        for (const [index, series] of aligned.entries()) {
          expect(series.times).toEqual(common.toSorted((a, b) => a - b));
          expect(series.values).toEqual(series.times.map((time) => 100 * index + time));
          const missed = absent.filter((one) => one.series === index).map(({ time }) => time);
          expect(new Set([...missed, ...lists[index]!])).toEqual(every);
        }
      }),
    );
  });

  test('names each gap and fills none', () => {
    const series = Series.parse([0, 60, 120, 600, 660], [1, 2, 3, 4, 5]);
    expect(Series.gaps(series, 60)).toEqual([{ from: 120, to: 600, seconds: 480 }]);
    expect(Series.gaps(series, 480)).toEqual([]);
  });
});

describe('an exponential average', () => {
  test('is the sum of the weights, and the weights halve at the half-life', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 50 }), real(0.5, 0.999), (returns, lambda) => {
        const n = returns.length;
        const sum = returns.reduce(
          (total, r, i) => total + (1 - lambda) * lambda ** (n - 1 - i) * r ** 2,
          lambda ** n * 0.01,
        );
        expect(apart(Ewma.variance(returns, lambda, 0.01), sum)).toBeLessThanOrEqual(1e-12);
        expect(apart(Ewma.lambdaOf(Ewma.halfLife(lambda)), lambda)).toBeLessThanOrEqual(1e-12);
        expect(lambda ** Ewma.observationsFor(0.99, lambda)).toBeCloseTo(0.01, 12);
      }),
    );
  });

  test('of equal steps is the same by the second', () => {
    fc.assert(
      fc.property(
        fc.array(move, { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 1, max: 90_000 }),
        (moves, step) => {
          let price = 1;
          const values = [1, ...moves.map((size) => (price *= Math.exp(size)))];
          const returns = Returns.log(
            Series.parse(
              values.map((_, index) => index * step),
              values,
            ),
          );
          const perSecond = Ewma.variancePerSecond(returns, 10 * step, 0.01 / step);
          expect(apart(perSecond * step, Ewma.variance(returns.values, Ewma.lambdaOf(10), 0.01))).toBeLessThanOrEqual(
            1e-8,
          );
        },
      ),
    );
  });
});

describe('the tail', () => {
  const sample = fc.array(real(-1, 1), { minLength: 20, maxLength: 200 });

  test('holds exactly the share asked for, and its mean is no better than its border', () => {
    fc.assert(
      fc.property(sample, real(0.5, 0.95), (returns, confidence) => {
        const { valueAtRisk, expectedShortfall } = Tail.historical(returns, confidence);
        const worse = returns.filter((value) => -value > valueAtRisk).length;
        const notBetter = returns.filter((value) => -value >= valueAtRisk).length;
        const share = returns.length * (1 - confidence);
        expect(worse <= share + 1e-9 && notBetter >= share - 1e-9).toBe(true);
        expect(expectedShortfall).toBeGreaterThanOrEqual(valueAtRisk - 1e-12);
      }),
    );
  });

  test('two portfolios together are no worse in expected shortfall than apart', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(move, move), { minLength: 20, maxLength: 100 }),
        real(0.5, 0.95),
        (pairs, level) => {
          const shortfall = (of: (pair: readonly [number, number]) => number) =>
            Tail.historical(pairs.map(of), level).expectedShortfall;
          const apart = shortfall(([a]) => a) + shortfall(([, b]) => b);
          expect(shortfall(([a, b]) => a + b)).toBeLessThanOrEqual(apart + 1e-12);
        },
      ),
    );
  });

  test('the worst ten of a thousand average as they are', () => {
    const returns = Array.from({ length: 1000 }, (_, index) => -index / 1000);
    const { valueAtRisk, expectedShortfall } = Tail.historical(returns, 0.99);
    expect(apart(valueAtRisk, 0.989)).toBeLessThanOrEqual(1e-12);
    expect(apart(expectedShortfall, 0.9945)).toBeLessThanOrEqual(1e-12);
  });

  test('the deepest fall is the worst of all pairs', () => {
    fc.assert(
      fc.property(prices, (series) => {
        const { depth, peak, bottom } = Tail.maximumDrawdown(series);
        const falls = series.values.flatMap((high, i) => series.values.slice(i).map((value) => 1 - value / high));
        expect(depth).toBe(Math.max(...falls));
        const value = (time: number) => series.values[series.times.indexOf(time)]!;
        expect(1 - value(bottom) / value(peak)).toBe(depth);
        expect(bottom).toBeGreaterThanOrEqual(peak);
      }),
    );
  });

  test('the normal quantile undoes the probability', () => {
    fc.assert(
      fc.property(real(-7, 5), (x) => {
        expect(apart(Normal.quantile(Normal.below(x)), x)).toBeLessThanOrEqual(1e-9);
        expect(apart(Normal.below(x) + Normal.below(-x), 1)).toBeLessThanOrEqual(1e-14);
      }),
    );
  });
});
