// Hierarchical risk parity: sort assets by kinship and divide the money from the top, half against half. No matrix is
// inverted, so a nearly singular covariance does no harm. The order within a pair of clusters is a convention, and an odd
// number of assets is halved by it: another order of the same assets may give other weights.

import * as Covariance from '../../forecast/Covariance.ts';
import { at, ForecastError, sum } from '../../forecast/Numbers.ts';
import * as Cholesky from './Cholesky.ts';

/** Hold the assets (by index) in the order of their kinship, and the weight of each in the order given. */
export type Hierarchy = { readonly order: readonly number[]; readonly weights: readonly number[] };

/**
 * Weigh by hierarchical risk parity (López de Prado 2016): distances √((1 − ρ)/2); single linkage of the Euclidean distances
 * between their columns, the elder cluster left (single assets by index, then clusters as they were made); the list halved,
 * the shorter half left, each half weighed against the other by the inverse of its variance at inverse-variance weights.
 * Throws ForecastError on a covariance that some portfolio has a negative variance in, and on halves without any.
 */
export function of(covariance: Covariance.Covariance): Hierarchy {
  const correlation = Covariance.correlation(covariance);
  Cholesky.checkSemidefinite(correlation);
  const order = kinship(correlation);
  const weights = covariance.map(() => 1);
  divide(covariance, order, weights);
  return { order, weights };
}

/** Order assets so that each cluster of the single linkage stands together. */
function kinship(correlation: Covariance.Covariance): readonly number[] {
  const distances = correlation.map((row) => row.map((value) => Math.sqrt(Math.max(0, (1 - value) / 2))));
  const pairs = distances.flatMap((one, i) =>
    distances.slice(i + 1).map((other, skipped) => {
      const apart = sum(one.map((value, k) => (value - at(other, k)) ** 2));
      return { i, j: i + 1 + skipped, apart };
    }),
  );
  const clusters = correlation.map((_, own) => ({ age: own, order: [own] }));
  let age = clusters.length;
  // The sort is stable: of pairs equally near, the one of the first assets comes first.
  for (const { i, j } of pairs.toSorted((one, other) => one.apart - other.apart)) {
    const [one, other] = [at(clusters, i), at(clusters, j)];
    if (one === other) continue;
    const [elder, younger] = one.age < other.age ? [one, other] : [other, one];
    const joined = { age, order: [...elder.order, ...younger.order] };
    age += 1;
    for (const member of joined.order) clusters[member] = joined;
  }
  return at(clusters, 0).order;
}

/** Halve the list, share between the halves, and go on inside each. */
function divide(covariance: Covariance.Covariance, order: readonly number[], weights: number[]): void {
  if (order.length < 2) return;
  const middle = Math.floor(order.length / 2);
  const halves = [order.slice(0, middle), order.slice(middle)] as const;
  const [left, right] = [varianceOf(covariance, halves[0]), varianceOf(covariance, halves[1])];
  const total = left + right;
  if (!(total > 0))
    throw new ForecastError('covariance', 'assets that hedge each other fully', 'leave one of them out');
  for (const index of halves[0]) weights[index] = (at(weights, index) * right) / total;
  for (const index of halves[1]) weights[index] = (at(weights, index) * left) / total;
  divide(covariance, halves[0], weights);
  divide(covariance, halves[1], weights);
}

/** Compute the variance of a cluster at weights in proportion to 1/σ². */
function varianceOf(covariance: Covariance.Covariance, members: readonly number[]): number {
  const inverse = members.map((index) => 1 / at(at(covariance, index), index));
  const total = sum(inverse);
  const variance = sum(
    members.map((i, a) => sum(members.map((j, b) => at(inverse, a) * at(at(covariance, i), j) * at(inverse, b)))),
  );
  return Math.max(0, variance / total ** 2);
}
