// What a target asks for: weights and the reason, or what it could not see.

import type { AssetId } from '../../money/Asset.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import type { Blind } from '../Blind.ts';

/** Give the weights that are wanted now, or say what could not be seen. */
export type Aim = Aimed | Blind;

/** Give the weights that are wanted now, which sum to one, and why where that is not plain. */
export type Aimed = {
  readonly kind: 'weights';
  readonly weights: Weights;
  readonly why?: string;
  /** Assets whose weight may be below zero, because the target means them to be owed; none if absent. */
  readonly owed?: readonly AssetId[];
};
