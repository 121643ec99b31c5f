// Hold what is held, and stand against one of its risks: a short position is set so that the net exposure is what is wanted.

import type { AssetId } from '../../money/Asset.ts';
import { percent, type Weight } from '../../money/Weight.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import { blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { present } from './present.ts';

/** Aim at a net exposure that is `ratio` of the exposure held, by the weight of one asset; cash pays for it, nothing else moves. */
export type Hedge = {
  readonly kind: 'hedge';
  /** How far each asset moves with the risk, per unit of its value {1} [-5, 5]; what is not named does not. */
  readonly exposures: { readonly [asset: AssetId]: number };
  /** The asset that hedges: the risk itself, which is then owed, or a token that is short of it. */
  readonly hedge: AssetId;
  /** How far the hedge moves with the risk, per unit of its value {1}: 1 for the asset itself, −1 for a short token. */
  readonly perUnit: number;
  readonly cash: AssetId;
  /** Net exposure / exposure without the hedge {1} [-1, 1]: 0 is neutral. */
  readonly ratio: number;
  /** The hedge is left as it is while the ratio is within this of the one wanted {1} [0, 1]. */
  readonly tolerance: number;
  /** The largest weight of the hedge, either way {1} (0, 5]. */
  readonly cap: Weight;
};

/** Read a hedge. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Hedge {
  Field.record(field, ['kind', 'exposures', 'hedge', 'perUnit', 'cash', 'ratio', 'tolerance', 'cap']);
  const own = Field.part(field, 'exposures');
  const exposures = Object.fromEntries(
    Field.record(own).map((asset) => [asset, Field.number(Field.part(own, asset), -5, 5)]),
  );
  if (Object.keys(exposures).length === 0) throw new StrategyError(own, 'at least one asset that is exposed');
  const hedge = Field.asset(Field.part(field, 'hedge'));
  const cash = Field.asset(Field.part(field, 'cash'));
  const outside = 'an asset that is neither exposed nor the other of `hedge` and `cash`';
  for (const name of ['hedge', 'cash']) {
    const place = Field.part(field, name);
    if (hedge === cash || Object.hasOwn(exposures, name === 'hedge' ? hedge : cash))
      throw new StrategyError(place, outside);
  }
  const unit = Field.part(field, 'perUnit');
  const perUnit = Field.number(unit, -5, 5);
  if (Math.abs(perUnit) < 0.01) throw new StrategyError(unit, 'at least 0.01 either way');
  return {
    kind: 'hedge',
    exposures,
    hedge,
    perUnit,
    cash,
    ratio: Field.number(Field.part(field, 'ratio'), -1, 1),
    tolerance: Field.number(Field.part(field, 'tolerance'), 0, 1),
    cap: Field.number(Field.part(field, 'cap'), 0.0001, 5),
  };
}

/** Find the weight of the hedge; all weights but its own and that of cash stay. Blind where cash cannot pay for it. */
export function aim(target: Hedge, view: View): Aim {
  const { hedge, cash, perUnit, ratio, tolerance } = target;
  const weights = present(view);
  const held = exposure(target, view);
  const now = weights[hedge] ?? 0;
  // What is owed already may stay owed; a token that is short of the risk is held, not owed.
  const owed = Object.keys(weights).filter((asset) => (weights[asset] ?? 0) < 0 || (asset === hedge && perUnit > 0));
  const net = held + perUnit * now;
  const words = `a net exposure of ${percent(net)} on ${percent(held)} held`;
  if (held > 0 ? Math.abs(net - ratio * held) <= tolerance * held : now === 0) {
    return { kind: 'weights', weights, why: `${words} is within ${percent(tolerance)} of what is wanted`, owed };
  }
  const { weight, capped } = sized(target, Math.max(0, held));
  const paid = (weights[cash] ?? 0) + now - weight;
  if (!(paid >= Math.min(0, weights[cash] ?? 0))) {
    const name = symbolOf(view.snapshot, cash);
    return blind(
      `${name} at ${percent(paid)} after the hedge`,
      'at least 0.0 %',
      `hold more ${name}, or lower the cap`,
    );
  }
  const why = `${words}: ${symbolOf(view.snapshot, hedge)} to ${percent(weight)}${capped}`;
  return { kind: 'weights', weights: { ...weights, [hedge]: weight, [cash]: paid }, why, owed };
}

/** Sum the exposure of what is held without the hedge {1}. */
export function exposure({ exposures }: Hedge, view: View): number {
  const weights = present(view);
  return Object.entries(exposures).reduce((sum, [asset, size]) => sum + size * (weights[asset] ?? 0), 0);
}

function sized({ ratio, perUnit, cap }: Hedge, held: number): { readonly weight: Weight; readonly capped: string } {
  const wanted = ((ratio - 1) * held) / perUnit;
  const weight = Math.max(-cap, Math.min(cap, wanted));
  return { weight, capped: weight === wanted ? '' : `, capped at ${percent(cap)}` };
}
