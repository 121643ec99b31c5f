// Go the share of the way that weighs the risk of being off target against what a trade moves prices by: the bigger the
// portfolio beside its pools, the smaller the step.

import { approximate } from '../../money/approximate.ts';
import type { Usd } from '../../money/Price.ts';
import { YEAR, type Seconds } from '../../money/Time.ts';
import * as Covariance from '../../forecast/Covariance.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import type { Blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import * as PartialStep from '../regions/PartialStep.ts';
import { believe } from '../triggers/believe.ts';
import type { View } from '../View.ts';

/**
 * Go the share θ of the way to the target, see `PartialStep.stepwise`: being off by δ costs ½γ·δ'Σδ a year, γ =
 * `riskAversion`, Σ by an outlook at most `maxAge` old; a trade of u dollars in a pool with `depth` dollars on the side
 * paid in costs u²/depth, D18{USD}; and a rebalance comes `every` seconds.
 */
export type Impact = {
  readonly kind: 'impact';
  readonly riskAversion: number;
  readonly depth: Usd;
  readonly every: Seconds;
  readonly maxAge: Seconds;
};

/** Read a trade-off of impact. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Impact {
  Field.record(field, ['kind', 'riskAversion', 'depth', 'every', 'maxAge']);
  const depth = Field.part(field, 'depth');
  if (Field.usd(depth) === 0n) throw new StrategyError(depth, 'a depth above zero');
  return {
    kind: 'impact',
    riskAversion: Field.number(Field.part(field, 'riskAversion'), 0.001, 10_000),
    depth: Field.usd(depth),
    every: Field.seconds(Field.part(field, 'every'), 1),
    maxAge: Field.seconds(Field.part(field, 'maxAge'), 1),
  };
}

/** Compute the share of the way {1} [0, 1): one for all assets, along the way itself. None where being off is no risk. */
export function share(landing: Impact, drift: readonly Drift[], view: View): number | Blind {
  const seen = believe(view, drift, landing.maxAge);
  if (seen.kind === 'blind') return seen;
  const gap = drift.map(({ absolute }) => absolute);
  const length = gap.reduce((sum, one) => sum + one ** 2, 0);
  const curvature = length > 0 ? (landing.riskAversion * Covariance.variance(seen.covariance, gap)) / length : 0;
  if (!(curvature > 0)) return 0;
  const impact = approximate(view.portfolio.value, landing.depth);
  // The share does not depend on how much the gap moves between steps; what a step costs would.
  return PartialStep.stepwise({ curvature, step: landing.every / YEAR, impact, variance: 1 }).share;
}
