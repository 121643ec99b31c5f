import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, ForecastError } from '../../forecast/Numbers.ts';
import * as RiskShares from './RiskShares.ts';

const inside = fc.double({ min: 0.01, max: 1, noNaN: true });
const settings = fc.integer({ min: 1, max: 9 }).chain((count) =>
  fc
    .record({
      loadings: fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), {
        minLength: count,
        maxLength: count,
      }),
      deviations: fc.array(inside, { minLength: count, maxLength: count }),
      sizes: fc.array(inside, { minLength: count, maxLength: count }),
    })
    .map(({ loadings, deviations, sizes }) => {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const covariance = loadings.map((one, i) =>
        loadings.map((other, j) => {
          const product = one.reduce((sum, value, k) => sum + value * at(other, k), i === j ? 0.2 : 0);
          return product * (at(deviations, i) * at(deviations, j));
        }),
      );
      return { covariance, budgets: sizes.map((size) => size / total) };
    }),
);

describe('risk budgets', () => {
  test('are met exactly, by weights that sum to one and are above zero', () => {
    fc.assert(
      fc.property(settings, ({ covariance, budgets }) => {
        const weights = RiskShares.budget(covariance, budgets);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...weights)).toBeGreaterThan(0);
        RiskShares.of(covariance, weights).forEach((share, i) => expect(share).toBeCloseTo(at(budgets, i), 9));
      }),
    );
  });

  test('do not depend on the unit of risk or on the order of assets', () => {
    fc.assert(
      fc.property(settings, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), ({ covariance, budgets }, scale) => {
        const weights = RiskShares.budget(covariance, budgets);
        const scaled = RiskShares.budget(
          covariance.map((row) => row.map((value) => value * scale)),
          budgets,
        );
        const turned = RiskShares.budget(
          covariance.toReversed().map((row) => row.toReversed()),
          budgets.toReversed(),
        );
        scaled.forEach((weight, i) => expect(weight).toBeCloseTo(at(weights, i), 9));
        turned.toReversed().forEach((weight, i) => expect(weight).toBeCloseTo(at(weights, i), 9));
      }),
    );
  });

  test('of uncorrelated assets are inverse volatility, of one asset all of it', () => {
    const covariance = [
      [0.04, 0],
      [0, 0.16],
    ];
    expect(RiskShares.budget(covariance, [0.5, 0.5])).toEqual([expect.closeTo(2 / 3, 12), expect.closeTo(1 / 3, 12)]);
    expect(RiskShares.budget([[0.04]], [1])).toEqual([1]);
  });

  test('a duplicate halves what its twin gets, and a budget of zero is a weight of zero', () => {
    const covariance = [
      [0.04, 0.04, 0],
      [0.04, 0.04, 0],
      [0, 0, 0.04],
    ];
    const weights = RiskShares.budget(covariance, [0.25, 0.25, 0.5]);
    expect(weights).toEqual([0.25, 0.25, 0.5].map((weight) => expect.closeTo(weight, 9)));
    expect(RiskShares.budget(covariance, [0.5, 0, 0.5])).toEqual([expect.closeTo(0.5, 9), 0, expect.closeTo(0.5, 9)]);
  });

  const good = [
    [0.04, 0.01],
    [0.01, 0.09],
  ];
  test.each<[string, readonly (readonly number[])[], readonly number[]]>([
    ['budgets that do not sum to one', good, [0.5, 0.6]],
    ['a negative budget', good, [-0.5, 1.5]],
    ['a budget too few', good, [1]],
    ['no assets', [], []],
    [
      'a NaN',
      [
        [0.04, NaN],
        [NaN, 0.09],
      ],
      [0.5, 0.5],
    ],
    [
      'no variance',
      [
        [0, 0],
        [0, 0.09],
      ],
      [0.5, 0.5],
    ],
    [
      'an asymmetric matrix',
      [
        [0.04, 0.01],
        [0.02, 0.09],
      ],
      [0.5, 0.5],
    ],
    [
      'a portfolio of negative variance',
      [
        [0.04, 0.1],
        [0.1, 0.04],
      ],
      [0.5, 0.5],
    ],
    [
      'a hedge without risk',
      [
        [0.04, -0.04],
        [-0.04, 0.04],
      ],
      [0.5, 0.5],
    ],
  ])('%s is refused', (_, covariance, budgets) => {
    expect(() => RiskShares.budget(covariance, budgets)).toThrow(ForecastError);
  });

  test('there are no shares of no risk', () => {
    expect(() => RiskShares.of(good, [0, 0])).toThrow(ForecastError);
  });
});
