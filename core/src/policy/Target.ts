// Where a rebalance goes: the kinds of target a strategy may name.

import type { AssetId } from '../money/Asset.ts';
import type { Weight } from '../money/Weight.ts';

/** Say where a rebalance goes. */
export type Target = Fixed;

/** Aim at the same weights always (constant mix). One weight for each asset of the portfolio, summing to one. */
export type Fixed = { readonly kind: 'fixed'; readonly weights: { readonly [asset: AssetId]: Weight } };
