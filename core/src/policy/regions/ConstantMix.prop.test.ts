import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ConstantMix from './ConstantMix.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Weights that sum to one, drifts, and a covariance of one common factor and something of each one's own. */
const mixes = fc.integer({ min: 2, max: 5 }).chain((n) =>
  fc
    .record({
      parts: fc.array(real(0.05, 1), { minLength: n, maxLength: n }),
      drifts: fc.array(real(-0.5, 0.5), { minLength: n, maxLength: n }),
      loads: fc.array(real(-0.8, 0.8), { minLength: n, maxLength: n }),
      own: fc.array(real(0.01, 0.5), { minLength: n, maxLength: n }),
    })
    .map(({ parts, drifts, loads, own }): ConstantMix.Mix => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      const covariance = loads.map((one, i) => loads.map((other, j) => one * other + (i === j ? (own[i] ?? 0) : 0)));
      return { weights: parts.map((part) => part / total), drifts, covariance };
    }),
);
const turned = ({ weights, drifts, covariance }: ConstantMix.Mix): ConstantMix.Mix => ({
  weights: weights.toReversed(),
  drifts: drifts.toReversed(),
  covariance: covariance.toReversed().map((row) => row.toReversed()),
});
const pairOf = (weight: number, drift: number, rate: number, volatility: number) => ({
  weights: [weight, 1 - weight],
  drifts: [drift, rate],
  covariance: [
    [volatility ** 2, 0],
    [0, 0],
  ],
});
const cash = { drifts: [0.1, 0.02], covariance: pairOf(0.5, 0, 0, 0.8).covariance };

describe('growth', () => {
  test('is the weighted growth of the assets and the excess, which is never below zero', () => {
    fc.assert(
      fc.property(mixes, (mix) => {
        const excess = ConstantMix.excessGrowth(mix.covariance, mix.weights);
        const own = mix.weights.map((weight, i) => weight * ((mix.drifts[i] ?? 0) - (mix.covariance[i]?.[i] ?? 0) / 2));
        expect(excess).toBeGreaterThan(0);
        expect(ConstantMix.growth(mix)).toBeCloseTo(
          own.reduce((sum, value) => sum + value, excess),
          12,
        );
      }),
    );
  });

  test('has no excess where all is in one asset', () => {
    expect(ConstantMix.excessGrowth(cash.covariance, [1, 0])).toBe(0);
  });

  test('of steps comes to that of all the time as the steps shorten, at their own pace', () => {
    fc.assert(
      fc.property(real(0.1, 0.9), real(-0.5, 0.5), real(0, 0.1), real(0.1, 1.5), (weight, drift, rate, volatility) => {
        const ideal = ConstantMix.growth(pairOf(weight, drift, rate, volatility));
        const miss = (step: number) => ConstantMix.logGrowth({ weight, drift, rate, volatility, step }) - ideal;
        expect(Math.abs(miss(1e-4))).toBeLessThan(1e-3);
        expect(Math.abs(miss(1e-4) - 10 * miss(1e-5))).toBeLessThan(1e-4 * (1e-3 + Math.abs(miss(1e-2))) + 1e-9);
      }),
    );
  });

  test('of a whole position is that of the asset, however long the step', () => {
    const nearly = { weight: 1 - 1e-12, drift: 0.3, rate: 0.02, volatility: 0.8, step: 5 };
    expect(ConstantMix.logGrowth(nearly)).toBeCloseTo(0.3 - 0.32, 9);
  });
});

describe('wealth along a path', () => {
  test('of both ways around is more than of holding still', () => {
    expect(
      ConstantMix.wealth(
        [0.5, 0.5],
        [
          [2, 1],
          [0.5, 1],
        ],
      ),
    ).toBe(1.125);
    expect(
      ConstantMix.wealth(
        [1, 0],
        [
          [2, 1],
          [0.5, 1],
        ],
      ),
    ).toBe(1);
    expect(ConstantMix.wealth([0.5, 0.5], [])).toBe(1);
  });

  test('has the mean log that its outcomes say', () => {
    const outcomes = [
      { probability: 0.25, returns: [2, 1] },
      { probability: 0.75, returns: [0.9, 1] },
    ];
    const path = [[2, 1], ...Array.from({ length: 3 }, () => [0.9, 1])];
    expect(ConstantMix.expectedLogGrowth([0.4, 0.6], outcomes) * 4).toBeCloseTo(
      Math.log(ConstantMix.wealth([0.4, 0.6], path)),
      12,
    );
  });

  test('has moments that do not depend on the order, and multiply over time', () => {
    fc.assert(
      fc.property(mixes, real(0.001, 0.2), fc.integer({ min: 1, max: 50 }), (mix, step, steps) => {
        const one = ConstantMix.moments(mix, step, steps);
        const other = ConstantMix.moments(turned(mix), step, steps);
        expect(other.mean / one.mean).toBeCloseTo(1, 10);
        expect(other.deviation / one.deviation).toBeCloseTo(1, 9);
        const twice = ConstantMix.moments(mix, step, 2 * steps);
        expect(twice.mean / one.mean ** 2).toBeCloseTo(1, 10);
        const second = ({ mean, deviation }: ConstantMix.Moments) => mean ** 2 + deviation ** 2;
        expect(second(twice) / second(one) ** 2).toBeCloseTo(1, 8);
      }),
    );
  });
});

describe('the tracking error of a schedule', () => {
  test('goes with the root of the interval, and whatever the order', () => {
    fc.assert(
      fc.property(mixes, real(0.001, 0.1), real(1, 100), ({ covariance, weights, drifts }, step, longer) => {
        const error = ConstantMix.trackingError(covariance, weights, step);
        expect(ConstantMix.trackingError(covariance, weights, step * longer) / error).toBeCloseTo(Math.sqrt(longer), 9);
        const other = turned({ covariance, weights, drifts });
        expect(ConstantMix.trackingError(other.covariance, other.weights, step) / error).toBeCloseTo(1, 9);
      }),
    );
  });

  test('of two assets is a·s²·√(Δ/2), s the volatility of their ratio', () => {
    const covariance = [
      [0.64, 0.3],
      [0.3, 0.36],
    ];
    const error = ConstantMix.trackingError(covariance, [0.3, 0.7], 0.02);
    expect(error).toBeCloseTo(0.21 * (0.64 + 0.36 - 0.6) * 0.1, 12);
  });
});

describe('leaving a band', () => {
  const bands = fc
    .record({
      weight: real(0.2, 0.8),
      below: real(0.01, 0.15),
      above: real(0.01, 0.15),
      drift: real(-0.5, 0.5),
      volatility: real(0.2, 1.5),
    })
    .map(({ weight, below, above, drift, volatility }): ConstantMix.Band => ({
      weight,
      low: weight - below,
      high: weight + above,
      drift,
      volatility,
      watchedEvery: 0,
    }));

  test('is the mirror image for the other asset', () => {
    fc.assert(
      fc.property(bands, (band) => {
        const one = ConstantMix.leave(band);
        const other = ConstantMix.leave({
          ...band,
          weight: 1 - band.weight,
          low: 1 - band.high,
          high: 1 - band.low,
          drift: -band.drift,
        });
        expect(other.upProbability).toBeCloseTo(1 - one.upProbability, 9);
        expect(other.meanTime / one.meanTime).toBeCloseTo(1, 9);
        expect(other.turnover / one.turnover).toBeCloseTo(1, 9);
      }),
    );
  });

  test('moves as far as the drift carries it: u·P(up) − d·P(down) = m·E τ', () => {
    fc.assert(
      fc.property(bands, (band) => {
        const { up, down, upProbability, meanTime } = ConstantMix.leave(band);
        expect(up * upProbability - down * (1 - upProbability)).toBeCloseTo(band.drift * meanTime, 9);
      }),
    );
  });

  test('is seen later, and trades less often, by one who looks seldom', () => {
    fc.assert(
      fc.property(bands, real(1e-5, 1e-2), (band, watchedEvery) => {
        const [always, seldom] = [ConstantMix.leave(band), ConstantMix.leave({ ...band, watchedEvery })];
        expect(seldom.meanTime).toBeGreaterThan(always.meanTime);
        expect([seldom.up, seldom.down]).toEqual([always.up, always.down]);
      }),
    );
  });

  test('is nearly h²/(s²a²) away for a narrow band', () => {
    const band = { weight: 0.3, low: 0.299, high: 0.301, drift: 0, volatility: 0.8, watchedEvery: 0 };
    expect(ConstantMix.leave(band).meanTime / (0.001 ** 2 / (0.8 * 0.21) ** 2)).toBeCloseTo(1, 4);
  });
});

describe('what is refused', () => {
  const band = { weight: 0.5, low: 0.4, high: 0.6, drift: 0, volatility: 0.8, watchedEvery: 0 };
  const pair = { weight: 0.5, drift: 0.1, rate: 0, volatility: 0.8, step: 0.1 };
  test.each<[string, () => unknown]>([
    ['weights', () => ConstantMix.excessGrowth(cash.covariance, [0.5, 0.6])],
    ['weights', () => ConstantMix.wealth([], [])],
    ['weights[1]', () => ConstantMix.excessGrowth(cash.covariance, [0.5, NaN])],
    ['covariance', () => ConstantMix.excessGrowth([[1]], [0.5, 0.5])],
    ['covariance[1]', () => ConstantMix.excessGrowth([[1, 0], [0]], [0.5, 0.5])],
    [
      'covariance[0][1]',
      () =>
        ConstantMix.trackingError(
          [
            [1, Infinity],
            [0, 1],
          ],
          [0.5, 0.5],
          0.1,
        ),
    ],
    [
      'covariance[0][1]',
      () =>
        ConstantMix.growth({
          ...cash,
          weights: [0.5, 0.5],
          covariance: [
            [1, 0.5],
            [0.4, 1],
          ],
        }),
    ],
    [
      'covariance',
      () =>
        ConstantMix.excessGrowth(
          [
            [1, 2],
            [2, 1],
          ],
          [0.5, 0.5],
        ),
    ],
    ['drifts', () => ConstantMix.growth({ ...cash, weights: [0.5, 0.5], drifts: [0.1] })],
    ['step', () => ConstantMix.moments({ ...cash, weights: [0.5, 0.5] }, 0, 12)],
    ['steps', () => ConstantMix.moments({ ...cash, weights: [0.5, 0.5] }, 0.1, 0.5)],
    ['returns', () => ConstantMix.wealth([0.5, 0.5], [[1]])],
    ['returns[0]', () => ConstantMix.wealth([0.5, 0.5], [[0, 1]])],
    ['outcomes', () => ConstantMix.expectedLogGrowth([1], [{ probability: 0.5, returns: [1] }])],
    [
      'outcomes[0].probability',
      () =>
        ConstantMix.expectedLogGrowth(
          [1],
          [
            { probability: -1, returns: [1] },
            { probability: 2, returns: [1] },
          ],
        ),
    ],
    ['weight', () => ConstantMix.logGrowth({ ...pair, weight: 1 })],
    ['volatility', () => ConstantMix.logGrowth({ ...pair, volatility: 0 })],
    ['step', () => ConstantMix.logGrowth({ ...pair, step: NaN })],
    ['low', () => ConstantMix.leave({ ...band, low: 0 })],
    ['weight', () => ConstantMix.leave({ ...band, weight: 0.7 })],
    ['high', () => ConstantMix.leave({ ...band, high: 1 })],
    ['step', () => ConstantMix.leave({ ...band, watchedEvery: -1 })],
    ['drift', () => ConstantMix.leave({ ...band, drift: NaN })],
  ])('at %s', (path, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ForecastError', path }));
  });
});
