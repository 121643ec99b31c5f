// Let the plan itself say how far to go, by what being off target risks: assets that move together need less trading between them.

import type { AssetId } from '../../money/Asset.ts';
import { YEAR, type Seconds } from '../../money/Time.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import type { Blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { believe } from '../triggers/believe.ts';
import type { View } from '../View.ts';

/**
 * Count ½γ·T·d'Σd of the portfolio's value for weights that are off target by d: γ = `riskAversion`, T = `horizon`, for how long a deviation
 * is expected to stay if nothing is done, Σ {1/yr} by an outlook at most `maxAge` old.
 */
export type Risk = {
  readonly kind: 'risk';
  readonly riskAversion: number;
  readonly horizon: Seconds;
  readonly maxAge: Seconds;
};

/** Read a risk. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Risk {
  Field.record(field, ['kind', 'riskAversion', 'horizon', 'maxAge']);
  return {
    kind: 'risk',
    riskAversion: Field.number(Field.part(field, 'riskAversion'), 0.001, 10_000),
    horizon: Field.seconds(Field.part(field, 'horizon'), 1),
    maxAge: Field.seconds(Field.part(field, 'maxAge'), 1),
  };
}

/** Compute the norm γ·T·Σ of the penalty, or say what could not be seen. */
export function norm(
  { riskAversion, horizon, maxAge }: Risk,
  drift: readonly Drift[],
  view: View,
): ReadonlyMap<AssetId, ReadonlyMap<AssetId, number>> | Blind {
  const seen = believe(view, drift, maxAge);
  if (seen.kind === 'blind') return seen;
  const scale = (riskAversion * horizon) / YEAR;
  const row = (entries: readonly number[]) => new Map(entries.map((entry, j) => [seen.assets[j] ?? '', scale * entry]));
  return new Map(seen.covariance.map((entries, i) => [seen.assets[i] ?? '', row(entries)]));
}
