// What the guard judges: a plan, and everything it was made from.

import type { AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import type { Usd } from '../money/Price.ts';
import type { Plan, Swap } from '../plan/Plan.ts';
import type { Weights } from '../portfolio/Drift.ts';
import type { Portfolio, Position } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';

/** Hold a plan with the snapshot it was made from, that snapshot's value and the weights that were aimed at. */
export type Case = {
  readonly snapshot: Snapshot;
  readonly portfolio: Portfolio;
  readonly targets: Weights;
  readonly plan: Plan;
};

/** List the swaps of a plan. */
export function swaps({ plan }: Case): readonly Swap[] {
  return plan.steps.filter((step) => step.kind === 'swap');
}

/** Find a position by its asset. */
export function position({ portfolio }: Case, asset: AssetId): Position | undefined {
  return portfolio.positions.find((one) => one.asset.id === asset);
}

/** Value what a swap sells at the primary price, rounded down. D18{USD}. */
export function sold(judged: Case, { sell, sold: atoms }: Swap): Usd {
  return worth(judged, sell, atoms);
}

/** State what each position is worth once the plan is done, as expected or at its floors, in the portfolio's order. D18{USD}. */
export function after(judged: Case, bought: 'expected' | 'floor' = 'expected'): ReadonlyMap<AssetId, Usd> {
  const values = new Map(judged.portfolio.positions.map(({ asset, value }) => [asset.id, value]));
  const move = (asset: AssetId, by: Usd) => values.set(asset, (values.get(asset) ?? 0n) + by);
  for (const swap of swaps(judged)) {
    move(swap.sell, -worth(judged, swap.sell, swap.sold));
    move(swap.buy, worth(judged, swap.buy, swap[bought]));
  }
  return values;
}

/** Say what the plan as a whole adds to a position. D18{USD}; negative for what it takes away. */
export function change(judged: Case, asset: AssetId): Usd {
  return (after(judged).get(asset) ?? 0n) - (position(judged, asset)?.value ?? 0n);
}

function worth(judged: Case, asset: AssetId, atoms: bigint): Usd {
  const held = position(judged, asset);
  return held === undefined ? 0n : valueDown(atoms, held.asset.decimals, held.price);
}
