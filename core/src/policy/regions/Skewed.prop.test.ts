import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Correlated from './Correlated.ts';
import * as Ellipsoid from './Ellipsoid.ts';
import * as NoTrade from './NoTrade.ts';
import * as Skewed from './Skewed.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Assets of one common factor, none of it alone, and how far each is off. */
const cases = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc
    .record({
      loads: fc.array(real(-0.8, 0.8), { minLength: n, maxLength: n }),
      own: fc.array(real(0.02, 0.5), { minLength: n, maxLength: n }),
      parts: fc.array(real(0.1, 1), { minLength: n + 1, maxLength: n + 1 }),
      proportional: fc.array(real(0.0005, 0.01), { minLength: n, maxLength: n }),
      delta: fc.array(real(-0.3, 0.3), { minLength: n, maxLength: n }),
    })
    .map(({ loads, own, parts, proportional, delta }) => {
      const sigma = loads.map((one, i) => loads.map((other, j) => one * other + (i === j ? (own[i] ?? 0) : 0)));
      const total = parts.reduce((sum, part) => sum + part, 0);
      const weights = parts.slice(1).map((part) => part / total);
      const covariance = Ellipsoid.deviations(sigma, weights);
      return { covariance, curvature: sigma.map((row) => row.map((value) => 2 * value)), proportional, delta };
    }),
);
const regionOf = ({
  covariance,
  curvature,
  proportional,
}: {
  covariance: Matrix;
  curvature: Matrix;
  proportional: readonly number[];
}) => Skewed.of(covariance, curvature, proportional);
type Matrix = readonly (readonly number[])[];

/** What is left to pay: the quadratic cost from here on, and the trades. */
const objective = ({ matrix, proportional }: Skewed.Skewed, delta: readonly number[], landed: readonly number[]) =>
  landed.reduce(
    (total, value, i) =>
      total +
      (value * (matrix[i] ?? []).reduce((sum, entry, j) => sum + entry * (landed[j] ?? 0), 0)) / 2 +
      (proportional[i] ?? 0) * Math.abs(value - (delta[i] ?? 0)),
    0,
  );

describe('the skewed region', () => {
  test('is as wide on each axis as the region of the asset alone', () => {
    fc.assert(
      fc.property(cases, (some) => {
        const region = regionOf(some);
        const alone = NoTrade.perAsset(some.covariance, some.curvature, some.proportional, 0);
        alone.forEach(({ trigger }, i) => {
          const only = alone.map((_, j) => (i === j ? trigger : 0));
          expect(Skewed.pressures(region, only)[i]).toBeCloseTo(1, 9);
        });
      }),
    );
  });

  test('is landed in or on: what is traded ends on its edge, what is not stays where it is', () => {
    fc.assert(
      fc.property(cases, (some) => {
        const region = regionOf(some);
        const landed = Skewed.land(region, some.delta);
        Skewed.pressures(region, landed).forEach((pressure, i) => {
          const traded = (landed[i] ?? NaN) - (some.delta[i] ?? NaN);
          const sides = traded === 0 ? [Math.max(-1, Math.min(1, pressure))] : [-Math.sign(traded)];
          expect(pressure).toBeCloseTo(sides[0] ?? NaN, 6);
        });
      }),
    );
  });

  test('lands where nothing else costs less', () => {
    fc.assert(
      fc.property(cases, fc.array(real(-0.05, 0.05), { minLength: 6, maxLength: 6 }), (some, moves) => {
        const region = regionOf(some);
        const landed = Skewed.land(region, some.delta);
        const other = landed.map((value, i) => value + (moves[i] ?? 0));
        expect(objective(region, some.delta, other)).toBeGreaterThanOrEqual(
          objective(region, some.delta, landed) - 1e-12,
        );
      }),
    );
  });

  test('holds what has landed: there is no second trade', () => {
    fc.assert(
      fc.property(cases, (some) => {
        const region = regionOf(some);
        const landed = Skewed.land(region, some.delta);
        Skewed.land(region, landed).forEach((value, i) => expect(value).toBeCloseTo(landed[i] ?? NaN, 9));
        const inside = landed.map((value) => value * 0.999);
        expect(Skewed.land(region, inside)).toEqual(inside);
      }),
    );
  });

  test('does not know the order of the assets', () => {
    fc.assert(
      fc.property(cases, (some) => {
        const turned = (matrix: Matrix) => matrix.toReversed().map((row) => row.toReversed());
        const other = Skewed.of(turned(some.covariance), turned(some.curvature), some.proportional.toReversed());
        const landed = Skewed.land(regionOf(some), some.delta);
        Skewed.land(other, some.delta.toReversed()).forEach((value, i) =>
          expect(value).toBeCloseTo(landed.at(-1 - i) ?? NaN, 9),
        );
      }),
    );
  });

  test('is a box for assets whose penalties have nothing to do with each other', () => {
    const region = Skewed.of(
      [
        [0.02, 0.005],
        [0.005, 0.01],
      ],
      [
        [1, 0],
        [0, 2],
      ],
      [0.003, 0.001],
    );
    expect(region.matrix[0]?.[1]).toBe(0);
    expect(region.matrix[1]?.[0]).toBe(0);
  });
});

describe('by the solver of two assets', () => {
  const costs = (correlation: number) => {
    const cross = 0.48 * correlation;
    const curvature = [
      [1.28, 2 * cross],
      [2 * cross, 0.72],
    ] as const;
    const [[a = NaN, b = NaN] = [], [, d = NaN] = []] = Ellipsoid.deviations(
      [
        [0.64, cross],
        [cross, 0.36],
      ],
      [0.4, 0.3],
    );
    const setting: Correlated.Setting = {
      covariance: [
        [a, b],
        [b, d],
      ],
      curvature,
      proportional: [0.003, 0.003],
    };
    const region = Skewed.of(setting.covariance, curvature, setting.proportional);
    const [one = NaN, other = NaN] = NoTrade.perAsset(setting.covariance, curvature, setting.proportional, 0).map(
      ({ trigger }) => trigger,
    );
    const rule = (delta: readonly [number, number]): readonly [number, number] => {
      const [first = NaN, second = NaN] = Skewed.pressures(region, delta);
      return [first, second];
    };
    return {
      best: Correlated.of(setting, 61).cost,
      skewed: Correlated.costOfRule(setting, rule, 81),
      box: Correlated.costOfRule(setting, ([x, y]) => [x / one, y / other], 81),
      boxOnGrid: Correlated.costOfBox(setting, [one, other], 61),
    };
  };

  test.each([0.6, 0.8])('it costs little more than the best, and less than the box: correlation %d', (correlation) => {
    const { best, skewed, box } = costs(correlation);
    expect(skewed / best).toBeGreaterThan(0.999);
    expect(skewed / best).toBeLessThan(1.02);
    expect(box / best).toBeGreaterThan(1.04);
  });

  test('a rule that is a box costs what the box costs, as near as half a step of the grid', () => {
    const { box, boxOnGrid } = costs(0.6);
    expect(Math.abs(box / boxOnGrid - 1)).toBeLessThan(0.01);
  });
});

describe('what is refused', () => {
  const covariance = [
    [0.02, 0],
    [0, 0.01],
  ];
  const curvature = [
    [1, 0],
    [0, 1],
  ];
  test.each<[string, () => unknown]>([
    ['covariance', () => Skewed.of([], [], [])],
    ['proportional', () => Skewed.of(covariance, curvature, [0.1])],
    ['curvature', () => Skewed.of(covariance, [[1]], [0.1, 0.1])],
    [
      'curvature[0][1]',
      () =>
        Skewed.of(
          covariance,
          [
            [1, NaN],
            [NaN, 1],
          ],
          [0.1, 0.1],
        ),
    ],
    [
      'curvature[0][1]',
      () =>
        Skewed.of(
          covariance,
          [
            [1, 0.2],
            [0.1, 1],
          ],
          [0.1, 0.1],
        ),
    ],
    [
      'curvature',
      () =>
        Skewed.of(
          covariance,
          [
            [1, 2],
            [2, 1],
          ],
          [0.1, 0.1],
        ),
    ],
    [
      'variance',
      () =>
        Skewed.of(
          [
            [0, 0],
            [0, 1],
          ],
          curvature,
          [0.1, 0.1],
        ),
    ],
    ['proportional[1]', () => Skewed.of(covariance, curvature, [0.1, 0])],
    ['delta', () => Skewed.pressures(Skewed.of(covariance, curvature, [0.1, 0.1]), [0.1])],
    ['delta[0]', () => Skewed.land(Skewed.of(covariance, curvature, [0.1, 0.1]), [NaN, 0])],
  ])('at %s', (path, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ForecastError', path }));
  });
});
