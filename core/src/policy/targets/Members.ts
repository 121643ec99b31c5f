// Which assets a target speaks of, where the strategy may leave that to the portfolio.

import type { AssetId } from '../../money/Asset.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import type { View } from '../View.ts';

/** Name the assets that are wanted; all of the portfolio's if absent. */
export type Members = { readonly assets?: readonly AssetId[] };

/** Read the names, at least one and none twice. Throws StrategyError. */
export function parse(field: Field.Field): Members {
  const list = Field.part(field, 'assets');
  if (list.value === undefined) return {};
  const seen = new Set<AssetId>();
  for (const one of Field.list(list)) {
    const asset = Field.asset(one);
    if (seen.has(asset)) throw new StrategyError(one, 'each asset once');
    seen.add(asset);
  }
  if (seen.size === 0) throw new StrategyError(list, 'at least one asset');
  return { assets: [...seen] };
}

/** List the assets that are wanted, in the strategy's order or the portfolio's. */
export function of({ assets }: Members, { portfolio }: View): readonly AssetId[] {
  return assets ?? portfolio.positions.map(({ asset }) => asset.id);
}

/** Split the whole in proportion to `sizes`, one for each of `assets` and not all zero; what else the portfolio holds weighs nothing. */
export function spread({ portfolio }: View, assets: readonly AssetId[], sizes: readonly number[]): Weights {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return Object.fromEntries([
    ...portfolio.positions.map(({ asset }) => [asset.id, 0] as const),
    ...assets.map((asset, index) => [asset, (sizes[index] ?? NaN) / total] as const),
  ]);
}
