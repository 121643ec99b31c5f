// Let the plan itself say how far to go, by what a deviation costs from here on: what moves together needs less trading between.

import type { AssetId } from '../../money/Asset.ts';
import { at } from '../../forecast/Numbers.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as AgainstCash from '../AgainstCash.ts';
import type { Blind } from '../Blind.ts';
import type * as Field from '../Field.ts';
import { atCorners } from '../triggers/atCorners.ts';
import { attempt } from '../triggers/attempt.ts';
import { believe } from '../triggers/believe.ts';
import type { View } from '../View.ts';

/**
 * Count ½d'Ad of the portfolio's value for weights that are off target by d, A of the skewed region (`Skewed.of`): being off costs ½γ·d'Σd a
 * year, γ = `riskAversion`, Σ {1/yr} by an outlook at most `maxAge` old, and a trade against `cash` costs `proportional` basis points one way.
 * Trades then stop at the region's edge; where the markets take less, inside it.
 */
export type Risk = AgainstCash.AgainstCash & { readonly kind: 'risk' };

/** Say how much pairs of assets count together {1}; what is not named counts for nothing. */
export type Norm = ReadonlyMap<AssetId, ReadonlyMap<AssetId, number>>;

/** What should be nothing, or the whole, is held to it so stiffly {1}. */
const STIFF = 100;

/** Read a risk. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Risk {
  return { kind: 'risk', ...AgainstCash.parse(field) };
}

/** Compute the norm A of the penalty, or say what could not be seen. */
export function norm(risk: Risk, drift: readonly Drift[], view: View): Norm | Blind {
  const unseen = AgainstCash.blindTo(risk, drift);
  if (unseen !== undefined) return unseen;
  const others = drift.filter(({ asset }) => asset !== risk.cash);
  const corners = atCorners(others);
  const rows = new Map<AssetId, Map<AssetId, number>>();
  for (const asset of corners.keys()) rows.set(asset, new Map([[asset, STIFF]]));
  const moving = others.filter(({ asset }) => !corners.has(asset));
  if (moving.length === 0) return rows;
  const seen = believe(view, moving, risk.maxAge);
  if (seen.kind === 'blind') return seen;
  const region = attempt(() => AgainstCash.regionOf(risk, moving, seen.covariance));
  if ('kind' in region) return region;
  for (const [i, { asset }] of moving.entries()) {
    rows.set(asset, new Map(moving.map((other, j) => [other.asset, at(at(region.matrix, i), j)])));
  }
  return rows;
}
