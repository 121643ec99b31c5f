// A market in which funds trade one step after the move that makes them: each return is news plus the impact of what the
// last return made them buy.

import { Feedback } from '@trimtab/core';
import { Random } from '@trimtab/lab';

/**
 * Simulate returns and give their covariance (no mean is removed: it is zero). `root` is a lower triangular root of the
 * covariance of the news, `demand` and `depth` as in Feedback.loop.
 */
export function laggedReturns(
  random: Random,
  steps: number,
  root: readonly (readonly number[])[],
  demand: readonly (readonly number[])[],
  depth: readonly number[],
): readonly (readonly number[])[] {
  const sums = root.map(() => root.map(() => 0));
  let returns: readonly number[] = root.map(() => 0);
  for (let step = 0; step < steps; step++) {
    const drawn = root.map(() => Random.normal(random));
    const bought = Feedback.demandAfter(demand, returns);
    returns = root.map(
      (row, i) =>
        row.reduce((total, value, j) => total + value * (drawn[j] ?? 0), 0) + (bought[i] ?? 0) / (depth[i] ?? 0),
    );
    for (const [i, row] of sums.entries()) {
      for (const j of row.keys()) row[j] = (row[j] ?? 0) + (returns[i] ?? 0) * (returns[j] ?? 0);
    }
  }
  return sums.map((row) => row.map((total) => total / steps));
}
