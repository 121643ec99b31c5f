// Two rules of thumb, from all markets and from about those that the relaxed choice uses. On 22 settings of two published networks,
// dropping the smallest lost much in some, elimination lost in two others, and the better of the two was the best choice in all.

import { whole } from '../program/Flat.ts';
import * as Cut from './Cut.ts';
import { dropSmallest } from './dropSmallest.ts';
import { eliminate } from './eliminate.ts';
import * as Inquiry from './Inquiry.ts';
import { NONE, type Slate } from './Slate.ts';

/** An offer that gains at least this share {1} of its cost where the choice is relaxed may have its place in it. */
const NEAR = 0.4;

/** Try what the rules lead to, starting from a trial of all offers and from the relaxed choice. */
export function applyRules(inquiry: Inquiry.Inquiry, all: Inquiry.Trial, relaxed: Cut.Cut): void {
  const { slate } = inquiry;
  if (Inquiry.isSpent(inquiry)) return;
  const near = Inquiry.attempt(inquiry, paying(relaxed, slate, NEAR), relaxed.prices);
  // What was left out may be the only way to or from a token, as prices without it show.
  if (!Inquiry.isSpent(inquiry)) dropSmallest(inquiry, Inquiry.attempt(inquiry, joined(near, slate), near.prices));
  dropSmallest(inquiry, all);
  const { trial } = inquiry.best;
  if (trial !== undefined) eliminate(inquiry, trial);
}

/** Pick the favourite way of every offer that gains at least so much {1} of its cost. */
function paying(cut: Cut.Cut, slate: Slate, share: number): Int32Array {
  return Cut.paid(Cut.everything(slate)).map((bits, offer) => {
    const pick = Cut.favourite(cut, slate, offer, bits);
    return Cut.gainOf(cut, slate, offer, pick) > (share - 1) * (slate.fixed[offer] ?? NaN) ? pick : NONE;
  });
}

/** Join to what a trial uses what would pay at its prices. */
function joined(trial: Inquiry.Trial, slate: Slate): Int32Array {
  const more = paying(trial, slate, 1);
  return trial.used.map((pick, offer) => (pick === NONE ? whole(more, offer) : pick));
}
