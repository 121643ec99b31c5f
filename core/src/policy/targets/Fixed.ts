// Aim at the same weights always: constant mix.

import type { Weights } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import { parseWeights } from '../parseWeights.ts';
import type { Aim } from './Aim.ts';

/** Aim at the same weights always (constant mix). One weight for each asset of the portfolio, summing to one. */
export type Fixed = { readonly kind: 'fixed'; readonly weights: Weights };

/** Read a fixed target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Fixed {
  Field.record(field, ['kind', 'weights']);
  return { kind: 'fixed', weights: parseWeights(Field.part(field, 'weights')) };
}

/** Give the weights as they were written. */
export function aim({ weights }: Fixed): Aim {
  return { kind: 'weights', weights };
}
