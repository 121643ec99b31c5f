// Aim at as much of a risky sleeve as keeps the volatility of the whole where the owner wants it.

import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import { percent } from '../../money/Weight.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import { parseWeights } from '../parseWeights.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { foresee } from './foresee.ts';
import { mix } from './mix.ts';
import { varianceOf } from './varianceOf.ts';

/** Aim at the share of a risky sleeve that has the volatility wanted, the rest in one asset that is taken to be still. */
export type VolatilityTarget = {
  readonly kind: 'volatility-target';
  /** σ* {1/√yr}. */
  readonly volatility: number;
  /** The largest share of the sleeve {1} (0, 5]; above one the cash asset is borrowed. */
  readonly cap: number;
  /** How the sleeve is split; sums to one, without the cash asset. */
  readonly risky: Weights;
  readonly cash: AssetId;
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** Read a volatility target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): VolatilityTarget {
  Field.record(field, ['kind', 'volatility', 'cap', 'risky', 'cash', 'maxAge']);
  const risky = parseWeights(Field.part(field, 'risky'));
  const cash = Field.asset(Field.part(field, 'cash'));
  if (Object.hasOwn(risky, cash)) throw new StrategyError(Field.part(field, 'cash'), 'an asset that is not in `risky`');
  return {
    kind: 'volatility-target',
    volatility: Field.number(Field.part(field, 'volatility'), 0.0001, 10),
    cap: Field.number(Field.part(field, 'cap'), 0.0001, 5),
    risky,
    cash,
    maxAge: Field.seconds(Field.part(field, 'maxAge'), 1),
  };
}

/** Scale the sleeve to σ*, at most `cap`; blind without a fresh outlook, and where the sleeve's variance is not above zero. */
export function aim({ volatility, cap, risky, cash, maxAge }: VolatilityTarget, view: View): Aim {
  const seen = foresee(view, maxAge, Object.keys(risky));
  if (seen.kind === 'blind') return seen;
  const variance = varianceOf(seen, Object.values(risky));
  if (typeof variance !== 'number') return variance;
  const expected = Math.sqrt(variance);
  const share = Math.min(cap, volatility / expected);
  const capped = share < volatility / expected ? `, capped at ${percent(cap)}` : '';
  return {
    kind: 'weights',
    weights: mix([
      { share, weights: risky },
      { share: 1 - share, weights: { [cash]: 1 } },
    ]),
    why: `a volatility of ${percent(volatility)} is wanted, ${percent(expected)} expected: ${percent(share)} at risk${capped}`,
    ...(share > 1 ? { owed: [cash] } : undefined),
  };
}
