import { describe, expect, test } from 'vitest';
import { ForecastError } from '../../forecast/Numbers.ts';
import * as Hierarchy from './Hierarchy.ts';

/** Two pairs: inside each the correlation is 0.9, across 0.1. */
const kin = (one: number, other: number) => Math.floor(one / 2) === Math.floor(other / 2);
const covariance = (deviations: readonly number[]) =>
  deviations.map((own, i) => deviations.map((other, j) => own * other * (i === j ? 1 : kin(i, j) ? 0.9 : 0.1)));

describe('hierarchical parity', () => {
  test('weighs by inverse variance between two assets, and gives one asset everything', () => {
    expect(
      Hierarchy.of([
        [0.04, 0.01],
        [0.01, 0.16],
      ]).weights,
    ).toEqual([expect.closeTo(0.8, 12), expect.closeTo(0.2, 12)]);
    expect(Hierarchy.of([[0.04]])).toEqual({ order: [0], weights: [1] });
  });

  test('treats kindred assets as one: a pair of twins shares what a stranger gets alone', () => {
    const { order, weights } = Hierarchy.of(covariance([0.2, 0.2, 0.2, 0.2]));
    expect(order).toEqual([0, 1, 2, 3]);
    expect(weights).toEqual([0.25, 0.25, 0.25, 0.25].map((weight) => expect.closeTo(weight, 12)));
  });

  test('puts kindred assets side by side wherever they stand', () => {
    const scattered = [0, 2, 1, 3];
    const full = covariance([0.1, 0.2, 0.3, 0.4]);
    const { order } = Hierarchy.of(scattered.map((i) => scattered.map((j) => full[i]?.[j] ?? NaN)));
    const named = order.map((index) => scattered[index] ?? NaN);
    expect(kin(named[0]!, named[1]!) && kin(named[2]!, named[3]!)).toBe(true);
  });

  test('of pairs is a matter of the assets, not of their order, nor of the unit of risk', () => {
    const full = covariance([0.1, 0.2, 0.3, 0.4]);
    const { weights } = Hierarchy.of(full);
    const turned = Hierarchy.of(full.toReversed().map((row) => row.toReversed()));
    turned.weights.toReversed().forEach((weight, i) => expect(weight).toBeCloseTo(weights[i]!, 12));
    const scaled = Hierarchy.of(full.map((row) => row.map((value) => 1e-9 * value)));
    scaled.weights.forEach((weight, i) => expect(weight).toBeCloseTo(weights[i]!, 12));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  test('copes with duplicates, which nothing that inverts could', () => {
    const { weights } = Hierarchy.of([
      [0.04, 0.04, 0],
      [0.04, 0.04, 0],
      [0, 0, 0.04],
    ]);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(Math.min(...weights)).toBeGreaterThan(0);
  });

  test('copes with assets that hedge each other fully: they are no kin', () => {
    const hedged = [
      [0.04, -0.04, 0, 0],
      [-0.04, 0.04, 0, 0],
      [0, 0, 0.04, -0.04],
      [0, 0, -0.04, 0.04],
    ];
    expect(Hierarchy.of(hedged).weights).toEqual([0.25, 0.25, 0.25, 0.25].map((weight) => expect.closeTo(weight, 12)));
  });

  test.each([
    ['no assets', []],
    ['a NaN', [[NaN]]],
    ['no variance', [[0]]],
    [
      'an asymmetric matrix',
      [
        [0.04, 0.01],
        [0.02, 0.04],
      ],
    ],
    [
      'a portfolio of negative variance',
      [
        [0.04, 0.1],
        [0.1, 0.04],
      ],
    ],
  ])('%s: refused', (_, wrong) => {
    expect(() => Hierarchy.of(wrong)).toThrow(ForecastError);
  });
});
