// What the guard judges: a plan, and everything it was made from.

import type { Plan, Swap } from '../plan/Plan.ts';
import type { Portfolio, Position } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { AssetId } from '../money/Asset.ts';

/** Hold a plan with the snapshot it was made from and that snapshot's value. */
export type Case = { readonly snapshot: Snapshot; readonly portfolio: Portfolio; readonly plan: Plan };

/** List the swaps of a plan. */
export function swaps({ plan }: Case): readonly Swap[] {
  return plan.steps.filter((step) => step.kind === 'swap');
}

/** Find a position by its asset. */
export function position({ portfolio }: Case, asset: AssetId): Position | undefined {
  return portfolio.positions.find((one) => one.asset.id === asset);
}
