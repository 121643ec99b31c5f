import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Ellipsoid from './Ellipsoid.ts';
import * as NoTrade from './NoTrade.ts';

type Matrix = readonly (readonly number[])[];

const cell = (matrix: Matrix, i: number, j: number) => matrix[i]?.[j] ?? NaN;
const times = (one: Matrix, other: Matrix): Matrix =>
  one.map((row) =>
    (other[0] ?? []).map((_, j) => row.reduce((total, value, k) => total + value * cell(other, k, j), 0)),
  );
const scaled = (matrix: Matrix, by: number): Matrix => matrix.map((row) => row.map((value) => value * by));
const trace = (matrix: Matrix) => matrix.reduce((total, _, i) => total + cell(matrix, i, i), 0);
const size = (matrix: Matrix) => Math.sqrt(trace(times(matrix, matrix)));
const apart = (one: Matrix, other: Matrix) =>
  Math.max(...one.flatMap((row, i) => row.map((value, j) => Math.abs(value - cell(other, i, j))))) / size(other);

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** A covariance of n assets: factors' products, and something of each one's own. */
const covariances = (n: number) =>
  fc
    .tuple(
      fc.array(fc.array(real(-0.8, 0.8), { minLength: 2, maxLength: 2 }), { minLength: n, maxLength: n }),
      fc.array(real(0.05, 0.5), { minLength: n, maxLength: n }),
    )
    .map(([loads, own]): Matrix =>
      loads.map((one, i) =>
        loads.map(
          (other, j) =>
            one.reduce((total, load, f) => total + load * (other[f] ?? 0), 0) + (i === j ? (own[i] ?? 0) : 0),
        ),
      ),
    );
const baskets = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc
    .record({
      sigma: covariances(n),
      parts: fc.array(real(0.1, 1), { minLength: n + 1, maxLength: n + 1 }),
      gamma: real(0.5, 5),
      fixed: real(1e-6, 1e-2),
    })
    .map(({ sigma, parts, gamma, fixed }) => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      const weights = parts.slice(1).map((part) => part / total);
      return { sigma, weights, curvature: scaled(sigma, gamma), fixed };
    }),
);
const regionOf = ({
  sigma,
  weights,
  curvature,
  fixed,
}: {
  sigma: Matrix;
  weights: readonly number[];
  curvature: Matrix;
  fixed: number;
}) => {
  const covariance = Ellipsoid.deviations(sigma, weights);
  return { covariance, ...Ellipsoid.of({ covariance, curvature, fixed }) };
};

describe('the ellipsoid', () => {
  test('solves 4MCM + 2tr(CM)M = Q/(2K), is symmetric, and says what it costs', () => {
    fc.assert(
      fc.property(baskets, (basket) => {
        const { covariance, matrix, cost, meanTime } = regionOf(basket);
        const product = times(covariance, matrix);
        const left = times(times(matrix, covariance), matrix).map((row, i) =>
          row.map((value, j) => 4 * value + 2 * trace(product) * cell(matrix, i, j)),
        );
        expect(apart(left, scaled(basket.curvature, 1 / (2 * basket.fixed)))).toBeLessThan(1e-7);
        expect(
          apart(
            matrix.map((_, i) => matrix.map((__, j) => cell(matrix, j, i))),
            matrix,
          ),
        ).toBeLessThan(1e-9);
        expect(meanTime * trace(product)).toBeCloseTo(1, 8);
        // Half the cost is the trades, K each.
        expect((basket.fixed / meanTime / cost) * 2).toBeCloseTo(1, 8);
      }),
    );
  });

  test('of one asset is the band of a fixed cost', () => {
    fc.assert(
      fc.property(real(1e-4, 1), real(0.01, 10), real(1e-6, 1e-2), (variance, curvature, fixed) => {
        const { matrix, cost } = Ellipsoid.of({ covariance: [[variance]], curvature: [[curvature]], fixed });
        const band = NoTrade.of({ variance, curvature, proportional: 0, fixed });
        expect(Ellipsoid.measure(matrix, [band.trigger])).toBeCloseTo(1, 9);
        expect(cost / band.cost).toBeCloseTo(1, 9);
      }),
    );
  });

  test('goes with one over the root of the fixed cost, and costs with the root', () => {
    fc.assert(
      fc.property(baskets, real(1.1, 100), (basket, dearer) => {
        const one = regionOf(basket);
        const dear = regionOf({ ...basket, fixed: basket.fixed * dearer });
        expect(apart(scaled(dear.matrix, Math.sqrt(dearer)), one.matrix)).toBeLessThan(1e-8);
        expect(dear.cost / one.cost / Math.sqrt(dearer)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('measures the same whatever the order of the assets', () => {
    fc.assert(
      fc.property(baskets, fc.array(real(-0.1, 0.1), { minLength: 5, maxLength: 5 }), (basket, raw) => {
        const delta = raw.slice(0, basket.weights.length);
        const turned = (matrix: Matrix) => matrix.toReversed().map((row) => row.toReversed());
        const other = {
          ...basket,
          sigma: turned(basket.sigma),
          curvature: turned(basket.curvature),
          weights: basket.weights.toReversed(),
        };
        const [one, two] = [regionOf(basket).matrix, regionOf(other).matrix];
        const scale = size(one) * delta.reduce((total, value) => total + value ** 2, 0);
        const gap = Ellipsoid.measure(one, delta) - Ellipsoid.measure(two, delta.toReversed());
        expect(Math.abs(gap)).toBeLessThanOrEqual(1e-8 * scale);
      }),
    );
  });

  test('measures the same with the numeraire in the list, where the covariance has no inverse', () => {
    fc.assert(
      fc.property(baskets, fc.array(real(-0.1, 0.1), { minLength: 5, maxLength: 5 }), (basket, raw) => {
        const delta = raw.slice(0, basket.weights.length);
        const rest = (values: readonly number[], total: number) => [
          ...values,
          total - values.reduce((sum, value) => sum + value, 0),
        ];
        const padded = (matrix: Matrix): Matrix => [
          ...matrix.map((row) => [...row, 0]),
          Array.from({ length: matrix.length + 1 }, () => 0),
        ];
        const whole = {
          ...basket,
          sigma: padded(basket.sigma),
          curvature: padded(basket.curvature),
          weights: rest(basket.weights, 1),
        };
        const [part, full] = [regionOf(basket), regionOf(whole)];
        expect(full.cost / part.cost).toBeCloseTo(1, 7);
        const gap = Ellipsoid.measure(full.matrix, rest(delta, 0)) - Ellipsoid.measure(part.matrix, delta);
        expect(Math.abs(gap)).toBeLessThanOrEqual(
          1e-6 * size(part.matrix) * delta.reduce((total, value) => total + value ** 2, 1e-12),
        );
      }),
    );
  });

  test('of no penalty is never left', () => {
    const { matrix, cost, meanTime } = Ellipsoid.of({ covariance: [[0.04]], curvature: [[0]], fixed: 1e-4 });
    expect([matrix, cost, meanTime]).toEqual([[[0]], 0, Infinity]);
  });
});

describe('what is refused', () => {
  const good = {
    covariance: [
      [0.04, 0.01],
      [0.01, 0.02],
    ],
    curvature: [
      [1, 0],
      [0, 1],
    ],
    fixed: 1e-4,
  };
  test.each([
    [
      'covariance',
      {
        covariance: [
          [0.04, 0.1],
          [0.1, 0.02],
        ],
      },
    ],
    [
      'covariance',
      {
        covariance: [
          [0, 0],
          [0, 0],
        ],
      },
    ],
    ['covariance', { covariance: [] }],
    [
      'covariance[0]',
      {
        covariance: [
          [NaN, 0],
          [0, 1],
        ],
      },
    ],
    [
      'covariance[0][1]',
      {
        covariance: [
          [1, 0.5],
          [0.4, 1],
        ],
      },
    ],
    ['curvature', { curvature: [[1]] }],
    [
      'curvature',
      {
        curvature: [
          [-1, 0],
          [0, 1],
        ],
      },
    ],
    [
      'curvature[1]',
      {
        curvature: [
          [1, 0],
          [0, NaN],
        ],
      },
    ],
    ['fixed', { fixed: 0 }],
    ['fixed', { fixed: NaN }],
  ])('%s of %o', (path, bad) => {
    expect(() => Ellipsoid.of({ ...good, ...bad })).toThrow(`forecast at ${path}`);
  });

  test('a deviation or weights of another length, or of no number', () => {
    const { matrix } = Ellipsoid.of(good);
    expect(() => Ellipsoid.measure(matrix, [0.1])).toThrow('delta');
    expect(() => Ellipsoid.measure(matrix, [0.1, NaN])).toThrow('delta[1]');
    expect(() => Ellipsoid.deviations(good.covariance, [0.5])).toThrow('weights');
  });
});
