// Aim at weights of which each carries its budget of the risk; equal budgets are risk parity.

import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import { percent } from '../../money/Weight.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import { parseWeights } from '../parseWeights.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as Optimum from './Optimum.ts';
import * as RiskShares from './RiskShares.ts';

/** Aim at weights whose shares of the portfolio's risk are these budgets. */
export type RiskBudget = {
  readonly kind: 'risk-budget';
  /** The share of the risk of each asset, summing to one; equal shares of the assets named, or of all, if absent. */
  readonly budgets?: Weights;
  readonly assets?: readonly AssetId[];
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** Read a risk budget. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): RiskBudget {
  Field.record(field, ['kind', 'budgets', 'assets', 'maxAge']);
  const budgets = Field.part(field, 'budgets');
  const assets = Field.part(field, 'assets');
  const scope = Optimum.parseScope(field);
  if (budgets.value === undefined) return { kind: 'risk-budget', ...scope };
  if (assets.value !== undefined) throw new StrategyError(assets, 'nothing, as `budgets` names the assets');
  return { kind: 'risk-budget', ...scope, budgets: parseWeights(budgets) };
}

/** Budget the risk; blind without a fresh outlook, and where its covariance allows no such weights. */
export function aim({ budgets, assets, maxAge }: RiskBudget, view: View): Aim {
  const named = budgets === undefined ? assets : Object.keys(budgets);
  const scope = { maxAge, ...(named === undefined ? undefined : { assets: named }) };
  return Optimum.aim(
    scope,
    view,
    (seen) => {
      const equal = seen.assets.map(() => 1 / seen.assets.length);
      return RiskShares.budget(seen.covariance, budgets === undefined ? equal : Object.values(budgets));
    },
    (weights, seen) => {
      const shares = RiskShares.of(seen.covariance, weights);
      const words = seen.assets.map((asset, i) => `${symbolOf(view.snapshot, asset)} ${percent(shares[i] ?? NaN)}`);
      return `shares of risk: ${words.join(', ')}`;
    },
  );
}
