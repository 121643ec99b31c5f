// Keep a target to what its owner never wants exceeded: of all weights that keep to every constraint, the nearest.

import { ForecastError } from '../forecast/Numbers.ts';
import { points, type Weight } from '../money/Weight.ts';
import type { AssetId } from '../money/Asset.ts';
import { symbolOf } from '../portfolio/Snapshot.ts';
import { blind } from './Blind.ts';
import * as Constraint from './Constraint.ts';
import type { Aim, Aimed } from './targets/Aim.ts';
import * as Program from './targets/Program.ts';
import { present } from './targets/present.ts';
import { whole } from './targets/whole.ts';
import type { View } from './View.ts';

/** A constraint that is missed by no more than this is kept. */
const KEPT = 1e-12;

/**
 * Move an aim to the nearest weights (least Σ Δ²) that keep to every constraint; an aim that does already is left alone.
 * Blind where the constraints clash, naming those that do, and where one speaks of an asset that is not in the portfolio.
 */
export function constrain(aimed: Aim, constraints: readonly Constraint.Constraint[], view: View): Aim {
  if (aimed.kind === 'blind' || constraints.length === 0) return aimed;
  const assets = Object.keys(aimed.weights);
  const stranger = Constraint.strangers(constraints, assets, view);
  if (stranger !== undefined) return stranger;
  const wanted = Object.values(aimed.weights);
  const bounds = Constraint.bound(constraints, assets, (asset) => symbolOf(view.snapshot, asset), owedBy(aimed));
  const now = present(view);
  const from = assets.map((asset) => now[asset] ?? 0);
  if (kept(wanted, from, bounds)) return aimed;
  try {
    const solution = Program.solve({
      curvature: wanted.map((_, i) => wanted.map((__, j) => (i === j ? 1 : 0))),
      slope: wanted.map((weight) => -weight),
      rows: bounds.rows,
      ...(bounds.turnover === undefined ? undefined : { trade: { from, cost: 0, most: bounds.turnover } }),
    });
    if (solution.kind === 'clash') return Constraint.clash(solution.rows);
    const weights = whole(solution.point);
    const moved = weights.reduce((sum, weight, index) => sum + Math.abs(weight - (wanted[index] ?? NaN)), 0) / 2;
    const why = `${points(moved)} away from the target, to keep to the constraints`;
    return {
      ...aimed,
      weights: Object.fromEntries(assets.map((asset, index) => [asset, weights[index] ?? NaN])),
      why: aimed.why === undefined ? why : `${aimed.why}; ${why}`,
    };
  } catch (error) {
    if (!(error instanceof ForecastError)) throw error;
    return blind(error.message, 'a target of finite weights', 'correct what the target is computed from');
  }
}

function owedBy({ weights, owed = [] }: Aimed): { readonly [asset: AssetId]: Weight } {
  return Object.fromEntries(owed.map((asset) => [asset, weights[asset] ?? 0]));
}

function kept(weights: readonly Weight[], from: readonly Weight[], { rows, turnover }: Constraint.Bounds): boolean {
  const sold = weights.reduce((sum, weight, index) => sum + Math.max(0, (from[index] ?? 0) - weight), 0);
  if (!(sold <= (turnover ?? Infinity) + KEPT)) return false;
  return rows.every(({ kind, normal, bound }) => {
    const value = normal.reduce((sum, part, index) => sum + part * (weights[index] ?? NaN), 0);
    return kind === 'equal' ? Math.abs(value - bound) <= 1e-9 : value >= bound - KEPT;
  });
}
