// The portfolios that are best in one sense: of least variance, of most diversification, of most utility net of cost.

import * as Covariance from '../../forecast/Covariance.ts';
import { at, check, mean, sum } from '../../forecast/Numbers.ts';
import * as Program from './Program.ts';
import type { Row } from './project.ts';

/**
 * Find the weights of least variance that keep to `rows`; long only and summing to one if none are given. Without bounds
 * it would be Σ⁻¹1 / 1'Σ⁻¹1 (Markowitz 1952). `trade` bounds and prices the way there, in the unit of `covariance`.
 * Throws ForecastError where Σ is not positive definite: among duplicates, any split has the least variance.
 */
export function minimumVariance(
  covariance: Covariance.Covariance,
  rows: readonly Row[] = longOnly(covariance.length),
  trade?: Program.Trade,
): Program.Solution {
  Covariance.correlation(covariance);
  const size = scale(covariance);
  return Program.solve({
    curvature: covariance.map((row) => row.map((value) => value / size)),
    slope: covariance.map(() => 0),
    rows,
    ...(trade === undefined ? undefined : { trade: { ...trade, cost: trade.cost / size } }),
  });
}

/**
 * Find the long-only weights of the largest ratio of mean volatility to volatility, w'σ / √(w'Σw): the least variance in
 * correlations, each weight then divided by its volatility (Choueifaty and Coignard 2008). Throws ForecastError as above.
 */
export function maximumDiversification(covariance: Covariance.Covariance): readonly number[] {
  const correlation = Covariance.correlation(covariance);
  const solution = minimumVariance(correlation);
  const point = solution.kind === 'solved' ? solution.point : [];
  const sizes = point.map((value, i) => Math.max(0, value) / Math.sqrt(at(at(covariance, i), i)));
  const total = sum(sizes);
  return sizes.map((size) => size / total);
}

/** State a choice between return and risk, net of what getting there costs. Returns and covariance per year. */
export type Choice = {
  /** μ {1/yr} */
  readonly expected: readonly number[];
  /** Σ {1/yr} */
  readonly covariance: Covariance.Covariance;
  /** γ {1}, above zero */
  readonly aversion: number;
  /** Long only and summing to one if absent. */
  readonly rows?: readonly Row[];
  /** What trading costs, spread over the time that the weights will be held {1/yr}. */
  readonly trade?: Program.Trade;
};

/** Maximise μ'w − ½γ w'Σw − cost·‖w − from‖₁ (Markowitz 1952). Throws ForecastError as above. */
export function maximumUtility({ expected, covariance, aversion, rows, trade }: Choice): Program.Solution {
  check(expected, 'expected', covariance.length);
  check([aversion], 'aversion', 1);
  Covariance.correlation(covariance);
  const size = aversion * scale(covariance);
  return Program.solve({
    curvature: covariance.map((row) => row.map((value) => (aversion * value) / size)),
    slope: expected.map((value) => -value / size),
    rows: rows ?? longOnly(covariance.length),
    ...(trade === undefined ? undefined : { trade: { ...trade, cost: trade.cost / size } }),
  });
}

/** Write "no weight below zero, summing to one" as rows. */
export function longOnly(count: number): readonly Row[] {
  const all = Array.from({ length: count }, (_, index) => index);
  return [
    { kind: 'equal', normal: all.map(() => 1), bound: 1, name: 'weights sum to one' },
    ...all.map((own): Row => ({
      kind: 'least',
      normal: all.map((index) => (index === own ? 1 : 0)),
      bound: 0,
      name: `no weight below zero at ${own}`,
    })),
  ];
}

function scale(covariance: Covariance.Covariance): number {
  return mean(covariance.map((row, i) => at(row, i)));
}
