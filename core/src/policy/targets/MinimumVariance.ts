// Aim at the portfolio that moves least of all that are allowed.

import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import { percent } from '../../money/Weight.ts';
import * as Covariance from '../../forecast/Covariance.ts';
import type { Constraint } from '../Constraint.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as Frontier from './Frontier.ts';
import * as Optimum from './Optimum.ts';

/** Aim at the least variance, long only, of the assets named, all of the portfolio's if none are; the others are sold. */
export type MinimumVariance = {
  readonly kind: 'minimum-variance';
  readonly assets?: readonly AssetId[];
  readonly keeping?: readonly Constraint[];
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** Read a minimum-variance target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): MinimumVariance {
  Field.record(field, ['kind', 'assets', 'keeping', 'maxAge']);
  return { kind: 'minimum-variance', ...Optimum.parseScope(field), ...Optimum.parseKeeping(field) };
}

/** Find the least variance; blind without a fresh outlook, with a singular covariance, and where constraints clash. */
export function aim(target: MinimumVariance, view: View): Aim {
  return Optimum.aim(
    target,
    view,
    ({ assets, covariance }) => {
      const allowed = Optimum.allow(target, assets, view, 0);
      if (allowed.kind === 'blind') return allowed;
      return Optimum.weights(Frontier.minimumVariance(covariance, allowed.rows, allowed.trade));
    },
    (weights, { covariance }) => {
      const none = weights.map(() => 0);
      return `the least volatility expected: ${percent(Covariance.trackingError(covariance, weights, none))} a year`;
    },
  );
}
