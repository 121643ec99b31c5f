// Prices are judged also where nothing is traded: a value that rests on a wrong price must not be remembered as the best
// there ever was, or every floor and every breaker that follows the peak would stand too high from then on.

import type { Limit } from '../policy/Limit.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import { sources } from './limits/divergence.ts';
import { staleness } from './limits/staleness.ts';
import type { Refusal } from './Verdict.ts';

/** Hold what the strategy's limits on prices have against those that were seen; absent where they have nothing. */
export type Doubts = { readonly doubts?: readonly Refusal[] };

/** Collect what the limits have against the prices of a snapshot, whatever is made of them. */
export function of(snapshot: Snapshot, within: readonly Limit[]): Doubts {
  return among(
    within.flatMap((limit): readonly Refusal[] => {
      if (limit.kind === 'staleness') return staleness(limit.grace, { snapshot });
      return limit.kind === 'divergence' ? sources(limit.max, { snapshot }) : [];
    }),
  );
}

/** Pick the doubts about prices from the refusals of a plan, whose markets have had their say as well. */
export function among(refusals: readonly Refusal[]): Doubts {
  const doubts = refusals.filter(({ limit }) => limit === 'staleness' || limit === 'divergence');
  return doubts.length === 0 ? {} : { doubts };
}
