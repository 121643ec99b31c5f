// Aim at less of what moves more: risk parity for whoever does not trust the correlations.

import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import { blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { foresee } from './foresee.ts';
import * as Members from './Members.ts';

/** Aim at weights in proportion to 1/σ of the assets named, all of the portfolio's if none are; the others are sold. */
export type InverseVolatility = {
  readonly kind: 'inverse-volatility';
  readonly assets?: readonly AssetId[];
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** Read an inverse-volatility target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): InverseVolatility {
  Field.record(field, ['kind', 'assets', 'maxAge']);
  const maxAge = Field.seconds(Field.part(field, 'maxAge'), 1);
  return { kind: 'inverse-volatility', ...Members.parse(field), maxAge };
}

/** Weigh each asset by 1/σ; blind without a fresh outlook, and where an asset's variance is not above zero. */
export function aim(target: InverseVolatility, view: View): Aim {
  const seen = foresee(view, target.maxAge, Members.of(target, view));
  if (seen.kind === 'blind') return seen;
  const variances = seen.covariance.map((row, index) => row[index] ?? NaN);
  const bad = variances.findIndex((variance) => !(variance > 0 && variance < Infinity));
  if (bad >= 0) {
    const name = symbolOf(view.snapshot, seen.assets[bad] ?? '');
    return blind(`a variance of ${name} of ${variances[bad]}`, 'above zero', 'estimate again, or leave the asset out');
  }
  const weights = Members.spread(
    view,
    seen.assets,
    variances.map((variance) => 1 / Math.sqrt(variance)),
  );
  return { kind: 'weights', weights };
}
