// Tabulated figures, and worked ones that a second implementation confirmed to the tolerance given here. The published
// cases with their own tolerances are in bench/src/reference.

import { describe, expect, test } from 'vitest';
import * as Covariance from './Covariance.ts';
import * as Normal from './Normal.ts';
import * as Tail from './Tail.ts';

/** Measure an error relative to what is wanted. */
const apart = (found: number, wanted: number) => Math.abs(found / wanted - 1);

describe('shrinkage', () => {
  test('Ledoit and Wolf 2004, towards constant correlation: eight returns of four assets', () => {
    const { covariance, correlation, intensity } = Covariance.ledoitWolf([
      [0.01, -0.02, 0.015, 0.005, -0.03, 0.025, -0.01, 0],
      [0.012, -0.01, 0.02, -0.005, -0.02, 0.03, -0.015, 0.004],
      [-0.004, 0.01, 0.008, 0.012, 0.006, -0.011, 0.003, -0.007],
      [0.03, 0.01, -0.02, 0.04, -0.05, 0.02, 0.01, -0.03],
    ]);
    expect(apart(correlation, 0.09669344892331336)).toBeLessThanOrEqual(1e-12);
    expect(apart(intensity, 0.6981633583147915)).toBeLessThanOrEqual(1e-12);
    expect(apart(covariance[0]![1]!, 9.860034016444133e-5)).toBeLessThanOrEqual(1e-12);
    expect(apart(covariance[2]![3]!, 1.5657368076561993e-5)).toBeLessThanOrEqual(1e-12);
  });
});

describe('distributions, as tabulated', () => {
  test.each([
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.0001, -3.719016485455709],
    [1e-10, -6.361340902404056],
  ])('the normal quantile of %d', (probability, wanted) => {
    expect(apart(Normal.quantile(probability), wanted)).toBeLessThanOrEqual(1e-13);
    expect(apart(Normal.below(wanted), probability)).toBeLessThanOrEqual(1e-12);
  });

  test.each([0.1, 0.7, 2, -4.5, 40])("Student's t has closed forms up to four degrees: beyond %d", (t) => {
    const angles = [1, 2, 3, 4].map((freedom) => Math.atan(Math.abs(t) / Math.sqrt(freedom)));
    const within = [
      (2 / Math.PI) * angles[0]!,
      Math.sin(angles[1]!),
      (2 / Math.PI) * (angles[2]! + Math.sin(angles[2]!) * Math.cos(angles[2]!)),
      Math.sin(angles[3]!) * (1 + Math.cos(angles[3]!) ** 2 / 2),
    ];
    for (const [index, share] of within.entries()) {
      expect(Normal.studentBeyond(t, index + 1)).toBeCloseTo(1 - share, 13);
    }
  });

  test('the normal tail of 1 % is 2.326σ, and 2.665σ on average', () => {
    const { valueAtRisk, expectedShortfall } = Tail.normal(0.01, 2, 0.99);
    expect(apart(valueAtRisk, 2 * 2.3263478740408408 - 0.01)).toBeLessThanOrEqual(1e-12);
    expect(apart(expectedShortfall, 2 * 2.665214220345806 - 0.01)).toBeLessThanOrEqual(1e-12);
  });
});
