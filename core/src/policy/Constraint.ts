// What any target must keep to, whoever computed it.

import type { AssetId } from '../money/Asset.ts';
import type { Weight } from '../money/Weight.ts';

/** Bound the weights that a target may ask for; applied by the nearest weights that keep to all of them. */
export type Constraint =
  /** No asset named weighs less than this. */
  | { readonly kind: 'minimum'; readonly weights: { readonly [asset: AssetId]: Weight } }
  /** No asset named weighs more than this. */
  | { readonly kind: 'maximum'; readonly weights: { readonly [asset: AssetId]: Weight } };
