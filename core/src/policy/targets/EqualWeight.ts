// Aim at as much of each asset as of any other: the allocation that needs no estimate at all.

import type { AssetId } from '../../money/Asset.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as Members from './Members.ts';

/** Aim at equal weights of the assets named, all of the portfolio's if none are; the others are sold. */
export type EqualWeight = { readonly kind: 'equal-weight'; readonly assets?: readonly AssetId[] };

/** Read an equal-weight target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): EqualWeight {
  Field.record(field, ['kind', 'assets']);
  return { kind: 'equal-weight', ...Members.parse(field) };
}

/** Give each asset the same weight. */
export function aim(target: EqualWeight, view: View): Aim {
  const assets = Members.of(target, view);
  return {
    kind: 'weights',
    weights: Members.spread(
      view,
      assets,
      assets.map(() => 1),
    ),
  };
}
