// The exact search: branch and bound (Land and Doig, 1960) over what is left open of each offer, the part that is bounded least first.

import * as Cut from './Cut.ts';
import * as Frontier from './Frontier.ts';
import * as Inquiry from './Inquiry.ts';

/** How sharply {1} shares turn where a part is relaxed, from prices that bound all of it. */
const BLURS = [0.03];

/**
 * Search what is left until no choice can be better than the best one by more than the gap allows, until so many looks in all are used, or
 * until the budget is spent. Returns what no choice is worth more than {value}.
 */
export function explore(inquiry: Inquiry.Inquiry, frontier: Frontier.Frontier, looks: number): number {
  const { slate } = inquiry;
  for (;;) {
    const enough = inquiry.best.value + Inquiry.allowance(inquiry);
    const part = Frontier.widest(frontier);
    const bound = Math.max(frontier.settled, part?.ceiling ?? -Infinity, inquiry.best.value);
    if (part === undefined || part.ceiling <= enough) return bound;
    if (Frontier.lower(part, inquiry)) continue;
    if (inquiry.looks >= looks || Inquiry.isSpent(inquiry)) return bound;
    if (!part.relaxed) {
      part.relaxed = true;
      if (Inquiry.reaches(inquiry, part.open)) Inquiry.relax(inquiry, part.open, part.tight, BLURS);
      else part.ceiling = -Infinity;
      continue;
    }
    const picks = Cut.favourites(part.tight, slate, part.open);
    const trial = Inquiry.find(inquiry, picks);
    if (trial === undefined) Inquiry.attempt(inquiry, picks, part.tight.prices);
    else Frontier.replace(frontier, part, Frontier.split(part, trial, picks, slate), enough);
  }
}
