// Time-invariant portfolio protection: the floor follows the best value so far and never comes down again.

import { approximate } from '../../money/approximate.ts';
import { max, ONE } from '../../money/Fixed.ts';
import * as Field from '../Field.ts';
import { remembered } from '../triggers/remembered.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as Protection from './Protection.ts';

/** Aim at a multiple of the cushion above a share of the running peak (Estep and Kritzman, 1988). */
export type Tipp = Protection.Protection & {
  readonly kind: 'tipp';
  /** Floor / peak value of a share {1} (0, 1). */
  readonly keep: number;
};

/** Read a TIPP target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Tipp {
  Field.record(field, ['kind', 'keep', ...Protection.KEYS]);
  const keep = Field.number(Field.part(field, 'keep'), 0.01, 0.9999);
  return { kind: 'tipp', keep, ...Protection.parse(field) };
}

/** Find the weights for the cushion that is there now; blind without shares or without a past. A share that is worth more than its peak, or has none yet, is its own. */
export function aim(target: Tipp, view: View): Aim {
  const share = Protection.shareValue(view);
  if (typeof share !== 'bigint') return share;
  const past = remembered(view, 'the best value of a share so far');
  if ('kind' in past) return past;
  return Protection.aim(target, share, target.keep * approximate(max(share, past.peak), ONE), view);
}
