// Where a rebalance should end once it is due.

import type { Weight } from '../money/Weight.ts';
import type { Drift, Weights } from '../portfolio/Drift.ts';
import type { Blind } from './Blind.ts';
import { flowFirst } from './landings/flowFirst.ts';
import * as GarleanuPedersen from './landings/GarleanuPedersen.ts';
import * as Impact from './landings/Impact.ts';
import * as Partial from './landings/Partial.ts';
import * as Risk from './landings/Risk.ts';
import { retreat } from './landings/retreat.ts';
import * as Region from './Region.ts';
import type { Strategy } from './Strategy.ts';
import type { Due } from './triggers/Finding.ts';
import type { View } from './View.ts';

/** Give the weights at which to stop; they sum to what the targets sum to. Or say what could not be seen. */
export type Landed = Ends | Blind;

/** Hold the weights to go to, and how stiffly being off them counts where the landing leaves it to the plan how far to go. */
export type Ends = { readonly kind: 'weights'; readonly weights: Weights; readonly stiffness?: Stiffness };

/** State what being off target by d counts for: κ/2·d'Nd of the portfolio's value, N = `norm`, one where it is absent. */
export type Stiffness = {
  readonly kappa: number;
  readonly norm?: Risk.Norm;
};

/** Choose the weight that each asset should land at: where the landing says, or the trigger's share of the way there. */
export function land(strategy: Strategy, drift: readonly Drift[], due: Due, view: View): Landed {
  const ends = choose(strategy, drift, due, view);
  if ('kind' in ends) return ends;
  const stiffness = stiffen(strategy, drift, view);
  if ('kind' in stiffness) return stiffness;
  const { share = 1 } = due;
  const landed = towards(ends, drift, share);
  return {
    kind: 'weights',
    weights: Object.fromEntries(drift.map(({ asset, weight }, i) => [asset, landed[i] ?? weight])),
    ...stiffness,
  };
}

function choose(
  { landing, trading }: Strategy,
  drift: readonly Drift[],
  { region = Region.NONE, ends }: Due,
  view: View,
): readonly Weight[] | Blind {
  const targets = drift.map(({ target }) => target);
  switch (landing) {
    case 'target':
      return targets;
    case 'edge':
      return follow(drift, ends) ?? retreat(drift, region, 'trigger');
    case 'inner':
      return follow(drift, ends) ?? retreat(drift, region, 'landing');
    case 'flow-first':
      return flowFirst(drift, region, view, trading.minNotional);
  }
  switch (landing.kind) {
    case 'partial':
      return towards(targets, drift, Partial.share(landing));
    case 'impact': {
      const share = Impact.share(landing, drift, view);
      return typeof share === 'number' ? towards(targets, drift, share) : share;
    }
    case 'garleanu-pedersen':
      return towards(targets, drift, GarleanuPedersen.share(landing));
    case 'penalty':
    case 'risk':
      return targets;
  }
}

/** Say how stiffly being off target counts, where the plan is to weigh it. */
function stiffen({ landing }: Strategy, drift: readonly Drift[], view: View): Pick<Ends, 'stiffness'> | Blind {
  if (typeof landing === 'string') return {};
  if (landing.kind === 'penalty') return { stiffness: { kappa: landing.kappa } };
  if (landing.kind !== 'risk') return {};
  const norm = Risk.norm(landing, drift, view);
  return 'kind' in norm ? norm : { stiffness: { kappa: 1, norm } };
}

/** Go where the trigger itself says that its region ends, if it does. */
function follow(drift: readonly Drift[], ends: Due['ends']): readonly Weight[] | undefined {
  return ends === undefined ? undefined : drift.map(({ asset, weight }) => ends.get(asset) ?? weight);
}

/** Go a share of the way from the weights as they are to `ends`. */
function towards(ends: readonly Weight[], drift: readonly Drift[], share: number): readonly Weight[] {
  if (share === 1) return ends;
  return drift.map(({ weight }, index) => weight + share * ((ends[index] ?? weight) - weight));
}
