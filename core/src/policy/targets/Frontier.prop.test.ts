import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, ForecastError } from '../../forecast/Numbers.ts';
import * as Frontier from './Frontier.ts';
import type { Solution } from './Program.ts';

const inside = fc.double({ min: 0.05, max: 1, noNaN: true });
const covariances = fc.integer({ min: 1, max: 8 }).chain((count) =>
  fc
    .record({
      loadings: fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), {
        minLength: count,
        maxLength: count,
      }),
      deviations: fc.array(inside, { minLength: count, maxLength: count }),
    })
    .map(({ loadings, deviations }) =>
      loadings.map((one, i) =>
        loadings.map((other, j) => {
          const product = one.reduce((sum, value, k) => sum + value * at(other, k), i === j ? 0.2 : 0);
          return product * (at(deviations, i) * at(deviations, j));
        }),
      ),
    ),
);

const solved = (solution: Solution): readonly number[] => (solution.kind === 'solved' ? solution.point : []);
const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, index) => sum + value * at(other, index), 0);
const times = (covariance: readonly (readonly number[])[], weights: readonly number[]) =>
  covariance.map((row) => dot(row, weights));

describe('least variance', () => {
  test('every asset held adds the same risk at the margin, none that is left out would add less', () => {
    fc.assert(
      fc.property(covariances, (covariance) => {
        const weights = solved(Frontier.minimumVariance(covariance));
        const margins = times(covariance, weights);
        const variance = dot(margins, weights);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        for (const [i, weight] of weights.entries()) {
          expect(weight).toBeGreaterThanOrEqual(-1e-12);
          expect(at(margins, i)).toBeGreaterThanOrEqual(variance * (1 - 1e-8));
          expect(weight * (at(margins, i) - variance)).toBeLessThanOrEqual(1e-9 * variance);
        }
      }),
    );
  });

  test('does not depend on the unit of risk', () => {
    fc.assert(
      fc.property(covariances, fc.double({ min: 1e-8, max: 1e8, noNaN: true }), (covariance, scale) => {
        const weights = solved(Frontier.minimumVariance(covariance));
        const scaled = solved(Frontier.minimumVariance(covariance.map((row) => row.map((value) => value * scale))));
        scaled.forEach((weight, i) => expect(weight).toBeCloseTo(at(weights, i), 9));
      }),
    );
  });
});

describe('most diversification', () => {
  test('every asset held is equally correlated with the whole, none that is left out is less', () => {
    fc.assert(
      fc.property(covariances, (covariance) => {
        const weights = Frontier.maximumDiversification(covariance);
        const margins = times(covariance, weights).map((value, i) => value / Math.sqrt(at(at(covariance, i), i)));
        const least = Math.min(...margins);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        for (const [i, weight] of weights.entries()) {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight * (at(margins, i) / least - 1)).toBeLessThanOrEqual(1e-7);
        }
      }),
    );
  });
});

describe('most utility', () => {
  test('without returns it is least variance, with enough of one of them all of that', () => {
    fc.assert(
      fc.property(covariances, fc.double({ min: 0.5, max: 20, noNaN: true }), (covariance, aversion) => {
        const expected = covariance.map(() => 0);
        const still = solved(Frontier.maximumUtility({ expected, covariance, aversion }));
        const least = solved(Frontier.minimumVariance(covariance));
        still.forEach((weight, i) => expect(weight).toBeCloseTo(at(least, i), 8));
        const keen = solved(
          Frontier.maximumUtility({ expected: expected.map((_, i) => (i === 0 ? 1e6 : 0)), covariance, aversion }),
        );
        expect(keen[0]).toBeCloseTo(1, 12);
      }),
    );
  });

  test('a return that all assets have in common changes nothing', () => {
    fc.assert(
      fc.property(covariances, fc.double({ min: -1, max: 1, noNaN: true }), (covariance, level) => {
        const own = covariance.map((_, i) => 0.03 * i);
        const [one, other] = [own, own.map((value) => value + level)].map((expected) =>
          solved(Frontier.maximumUtility({ expected, covariance, aversion: 4 })),
        );
        other!.forEach((weight, i) => expect(weight).toBeCloseTo(at(one!, i), 8));
      }),
    );
  });

  test('trading that costs more trades less', () => {
    fc.assert(
      fc.property(covariances, fc.double({ min: 0, max: 0.2, noNaN: true }), (covariance, cost) => {
        const from = covariance.map(() => 1 / covariance.length);
        const traded = (own: number) => {
          const expected = covariance.map((_, i) => 0.05 * i);
          const point = solved(
            Frontier.maximumUtility({ expected, covariance, aversion: 3, trade: { from, cost: own } }),
          );
          return point.reduce((sum, weight, i) => sum + Math.abs(weight - at(from, i)), 0);
        };
        expect(traded(2 * cost)).toBeLessThanOrEqual(traded(cost) + 1e-9);
      }),
    );
  });
});

test.each([
  [
    'duplicates',
    [
      [0.04, 0.04],
      [0.04, 0.04],
    ],
  ],
  [
    'a portfolio of negative variance',
    [
      [0.04, 0.1],
      [0.1, 0.04],
    ],
  ],
  ['no assets', []],
  ['a NaN', [[NaN]]],
  ['no variance', [[0]]],
])('%s are refused', (_, covariance) => {
  expect(() => Frontier.minimumVariance(covariance)).toThrow(ForecastError);
  expect(() => Frontier.maximumDiversification(covariance)).toThrow(ForecastError);
  const expected = covariance.map(() => 0);
  expect(() => Frontier.maximumUtility({ expected, covariance, aversion: 1 })).toThrow(ForecastError);
});

test('one asset is held whole', () => {
  expect(solved(Frontier.minimumVariance([[0.04]]))).toEqual([1]);
  expect(Frontier.maximumDiversification([[0.04]])).toEqual([1]);
});
