// Aim at the most return for the risk, net of what getting there costs: only as good as the returns that are believed, which
// is why there is a bound on them.

import type { AssetId } from '../../money/Asset.ts';
import { ONE, type Bps } from '../../money/Bps.ts';
import { YEAR, type Seconds } from '../../money/Time.ts';
import { percent } from '../../money/Weight.ts';
import type { Constraint } from '../Constraint.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as Frontier from './Frontier.ts';
import * as Optimum from './Optimum.ts';

/** Aim at max μ'w − ½γ w'Σw − κ‖w − w₀‖₁, long only, of the assets named, all of the portfolio's if none are; the others are sold. */
export type MeanVariance = {
  readonly kind: 'mean-variance';
  readonly assets?: readonly AssetId[];
  /** γ {1} [0.01, 1000]. */
  readonly aversion: number;
  /** The largest expected return, either way, that is believed {1/yr}. */
  readonly believe: number;
  readonly trading?: TradingCost;
  readonly keeping?: readonly Constraint[];
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** State what a trade costs of its value, one way, and for how long the weights will be held {s}: κ = cost · year / horizon. */
export type TradingCost = { readonly cost: Bps; readonly horizon: Seconds };

/** Read a mean–variance target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): MeanVariance {
  Field.record(field, ['kind', 'assets', 'aversion', 'believe', 'trading', 'keeping', 'maxAge']);
  const trading = Field.part(field, 'trading');
  return {
    kind: 'mean-variance',
    ...Optimum.parseScope(field),
    aversion: Field.number(Field.part(field, 'aversion'), 0.01, 1_000),
    believe: Field.number(Field.part(field, 'believe'), 0, 100),
    ...(trading.value === undefined ? undefined : { trading: tradingCost(trading) }),
    ...Optimum.parseKeeping(field),
  };
}

function tradingCost(field: Field.Field): TradingCost {
  Field.record(field, ['cost', 'horizon']);
  return {
    cost: Field.integer(Field.part(field, 'cost'), 0, ONE),
    horizon: Field.integer(Field.part(field, 'horizon'), 3_600, 10 * YEAR),
  };
}

/** Find the optimum; blind without fresh returns that are believed, with a singular covariance, and where constraints clash. */
export function aim(target: MeanVariance, view: View): Aim {
  const { aversion, believe, trading } = target;
  const cost = trading === undefined ? 0 : (trading.cost / ONE) * (YEAR / trading.horizon);
  return Optimum.aim(
    target,
    view,
    (seen) => {
      const expected = Optimum.believed(seen, believe, view);
      if ('kind' in expected) return expected;
      const allowed = Optimum.allow(target, seen.assets, view, cost);
      if (allowed.kind === 'blind') return allowed;
      const { rows, trade } = allowed;
      const { covariance } = seen;
      return Optimum.weights(
        Frontier.maximumUtility({
          expected,
          covariance,
          aversion,
          rows,
          ...(trade === undefined ? undefined : { trade }),
        }),
      );
    },
    (weights, { expected = [] }) => {
      const mean = weights.reduce((sum, weight, index) => sum + weight * (expected[index] ?? NaN), 0);
      return `a return of ${percent(mean)} a year above cash is expected`;
    },
  );
}
