// Many assets that move together, under proportional costs: a rule quick enough to trade by, and near the best. The cost of a
// deviation from here on is taken to be ½δ'Aδ; one waits while no trade of a single asset would lower that by more than it
// costs. Quadratic stand-ins for the cost-to-go are the idea of Markowitz and van Dijk, 2003.

import { entry } from '../../forecast/Matrix.ts';
import { at, check, checkInside, checkSameLength, sum } from '../../forecast/Numbers.ts';
import { checkCovariance } from './checkCovariance.ts';
import * as NoTrade from './NoTrade.ts';

type Matrix = readonly (readonly number[])[];

/** Hold the region |(Aδ)ᵢ| < kᵢ in which to wait: `matrix` A {1} and the one-way costs `proportional` k {1} of each asset. */
export type Skewed = { readonly matrix: Matrix; readonly proportional: readonly number[] };

/** How much of the curvature's correlations to lean by. With none the region is a box, with all of them it leans too far. */
const LEAN = 0.5;
/** Rounds of trading one asset after the other, of which a few are needed: A is far from singular. */
const ROUNDS = 200;

/**
 * Make the region: on its own axis each asset has the width hᵢ that it would have alone, so that Aᵢᵢ = kᵢ/hᵢ, and
 * Aᵢⱼ = ½·ρᵢⱼ·√(AᵢᵢAⱼⱼ), ρ the correlations in the curvature Q = γΣ. The half is measured, not derived: with two assets of one
 * cost the whole is within 2 % of the best at correlations up to 0.8, where boxes lose up to 19 %. Throws ForecastError
 * on an asset without variance, curvature or cost.
 */
export function of(covariance: Matrix, curvature: Matrix, proportional: readonly number[]): Skewed {
  checkCovariance(covariance, 'covariance');
  checkCovariance(curvature, 'curvature');
  const alone = NoTrade.perAsset(covariance, curvature, proportional, 0);
  const steepness = alone.map(({ trigger }, i) => {
    checkInside(at(proportional, i), 0, 1, `proportional[${i}]`);
    return at(proportional, i) / trigger;
  });
  const matrix = steepness.map((one, i) =>
    steepness.map((other, j) => {
      if (i === j) return one;
      const correlation = entry(curvature, i, j) / Math.sqrt(entry(curvature, i, i) * entry(curvature, j, j));
      return LEAN * correlation * Math.sqrt(one * other);
    }),
  );
  return { matrix, proportional };
}

/** Measure how near each asset is to its edge {1}, signed as what it holds too much of: a trade is due from ±1 on. Throws ForecastError. */
export function pressures({ matrix, proportional }: Skewed, delta: readonly number[]): readonly number[] {
  check(delta, 'delta', 1);
  checkSameLength(matrix, delta, 'delta');
  return matrix.map((row, i) => sum(row.map((value, j) => value * at(delta, j))) / at(proportional, i));
}

/**
 * Find where to land {1}: nowhere else if no edge is passed, otherwise at the least of ½δ'Aδ + Σk|traded|, reached by
 * trading one asset at a time to its edge. Throws ForecastError.
 */
export function land(region: Skewed, delta: readonly number[]): readonly number[] {
  const landed = [...delta];
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let i = 0; i < landed.length; i++) {
      const pressure = at(pressures(region, landed), i);
      const width = at(region.proportional, i) / entry(region.matrix, i, i);
      const traded = at(landed, i) - at(delta, i);
      const next = at(delta, i) + step(traded, pressure, width);
      moved = Math.max(moved, Math.abs(next - at(landed, i)) / width);
      landed[i] = next;
    }
    if (moved < 1e-12) break;
  }
  return landed;
}

/** What should have been traded of an asset in all, the others as they are: a sale that brings the pressure to 1, a purchase to −1, or nothing. */
function step(traded: number, pressure: number, width: number): number {
  const untraded = pressure - traded / width;
  return -Math.sign(untraded) * width * Math.max(0, Math.abs(untraded) - 1);
}
