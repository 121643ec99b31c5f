// A rule of thumb for many markets: leave out the one without which the flow, found anew, is worth most. It knows what each market is worth
// to the others, and stops where every single step is a loss, as where two markets only pay together.

import * as Cut from './Cut.ts';
import * as Inquiry from './Inquiry.ts';
import { NONE } from './Slate.ts';
import { usedIn } from './usedIn.ts';

/** Leave out offers while what is left is worth more, the best one first, or until the budget is spent. */
export function eliminate(inquiry: Inquiry.Inquiry, first: Inquiry.Trial): void {
  let trial = first;
  for (;;) {
    const next = bestWithoutOne(inquiry, trial);
    if (next === undefined) return;
    trial = next;
  }
}

/**
 * Find the best trial without one of the used offers, if it is better. Without an offer the bound at the trial's prices falls by what the
 * offer gains there, so most are ruled out without being tried; above all, none that gains its fixed cost can be better left out.
 */
function bestWithoutOne(inquiry: Inquiry.Inquiry, trial: Inquiry.Trial): Inquiry.Trial | undefined {
  const { slate } = inquiry;
  const gain = (offer: number) => Cut.gainOf(trial, slate, offer, trial.used[offer] ?? NONE);
  let best = trial;
  for (const offer of usedIn(trial).toSorted((one, other) => gain(one) - gain(other))) {
    if (Inquiry.isSpent(inquiry)) break;
    const picks = trial.used.with(offer, NONE);
    if (Cut.ceiling(trial, slate, Cut.atMost(picks)) <= best.value + Inquiry.allowance(inquiry)) continue;
    const without = Inquiry.attempt(inquiry, picks, trial.prices);
    if (without.value > best.value) best = without;
  }
  return best === trial ? undefined : best;
}
