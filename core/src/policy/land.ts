// Where a rebalance should end once it is due.

import type { Weight } from '../money/Weight.ts';
import type { Drift, Weights } from '../portfolio/Drift.ts';
import type { Blind } from './Blind.ts';
import { retreat } from './landings/retreat.ts';
import * as Region from './Region.ts';
import type { Strategy } from './Strategy.ts';
import type { Due } from './triggers/Finding.ts';
import type { View } from './View.ts';

/** Give the weights at which to stop; they sum to what the targets sum to. Or say what could not be seen. */
export type Landed = { readonly kind: 'weights'; readonly weights: Weights } | Blind;

/** Choose the weight that each asset should land at: where the landing says, or the trigger's share of the way there. */
export function land(strategy: Strategy, drift: readonly Drift[], due: Due, view: View): Landed {
  const ends = choose(strategy, drift, due, view);
  if ('kind' in ends) return ends;
  const { share = 1 } = due;
  const weights = drift.map(({ asset, weight }, index): [string, Weight] => {
    const end = ends[index] ?? weight;
    return [asset, share === 1 ? end : weight + share * (end - weight)];
  });
  return { kind: 'weights', weights: Object.fromEntries(weights) };
}

function choose(
  { landing }: Strategy,
  drift: readonly Drift[],
  { region = Region.NONE }: Due,
  _view: View,
): readonly Weight[] | Blind {
  switch (landing) {
    case 'target':
      return drift.map(({ target }) => target);
    case 'edge':
      return retreat(drift, region, 'trigger');
    case 'inner':
      return retreat(drift, region, 'landing');
  }
}
