// Aim at the portfolio whose parts cancel each other's movements most.

import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as Frontier from './Frontier.ts';
import * as Optimum from './Optimum.ts';

/** Aim at the largest diversification ratio of the assets named, all of the portfolio's if none are; the others are sold. */
export type MaximumDiversification = {
  readonly kind: 'maximum-diversification';
  readonly assets?: readonly AssetId[];
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** Read a maximum-diversification target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): MaximumDiversification {
  Field.record(field, ['kind', 'assets', 'maxAge']);
  return { kind: 'maximum-diversification', ...Optimum.parseScope(field) };
}

/** Find the most diversified weights; blind without a fresh outlook, and with a singular covariance. */
export function aim(target: MaximumDiversification, view: View): Aim {
  return Optimum.aim(target, view, ({ covariance }) => Frontier.maximumDiversification(covariance));
}
