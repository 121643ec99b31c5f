// A rule of thumb for many markets: leave out the one that gains least by itself, again and again. It goes on where every single step is a
// loss, and so finds markets that only pay together; it is led astray where what a market gains is not what it is worth to the others.

import * as Cut from './Cut.ts';
import * as Inquiry from './Inquiry.ts';
import { NONE } from './Slate.ts';
import { usedIn } from './usedIn.ts';

/** Of offers that do not gain their cost, this share {1} is left out at once: all but the worst may gain it once those are gone. */
const AT_ONCE = 0.25;

/** Leave out what gains least after its cost, while fewer could still be better than the best choice so far. */
export function dropSmallest(inquiry: Inquiry.Inquiry, first: Inquiry.Trial): void {
  const { slate } = inquiry;
  let trial = first;
  while (Cut.ceiling(trial, slate, Cut.atMost(trial.used)) > inquiry.best.value + Inquiry.allowance(inquiry)) {
    const gain = (offer: number) => Cut.gainOf(trial, slate, offer, trial.used[offer] ?? NONE);
    const used = usedIn(trial).toSorted((one, other) => gain(one) - gain(other));
    if (used.length === 0 || Inquiry.isSpent(inquiry)) return;
    const losing = used.filter((offer) => gain(offer) < 0).length;
    const picks = trial.used.slice();
    for (const offer of used.slice(0, Math.max(1, Math.floor(AT_ONCE * losing)))) picks[offer] = NONE;
    trial = Inquiry.attempt(inquiry, picks, trial.prices);
  }
}
