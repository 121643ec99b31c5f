// A portfolio made of sleeves: each has a share of the whole and its own weights inside.

import type { AssetId } from '../../money/Asset.ts';
import type { Weight } from '../../money/Weight.ts';
import type { Weights } from '../../portfolio/Drift.ts';

/** State a sleeve: what share of the whole it has and how that is split. */
export type Sleeve = { readonly share: Weight; readonly weights: Weights };

/** Add up sleeves; the weights sum to what the shares sum to. */
export function mix(sleeves: readonly Sleeve[]): Weights {
  const mixed = new Map<AssetId, Weight>();
  for (const { share, weights } of sleeves) {
    for (const [asset, weight] of Object.entries(weights)) {
      mixed.set(asset, (mixed.get(asset) ?? 0) + share * weight);
    }
  }
  return Object.fromEntries(mixed);
}
