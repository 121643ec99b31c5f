// The exact search: branch and bound (Land and Doig, 1960) over what is left open of each offer. All prices found so far bound every part
// of the search, so a part is looked into only where none of them rules it out.

import { whole } from '../program/Flat.ts';
import * as Cut from './Cut.ts';
import * as Inquiry from './Inquiry.ts';
import { NONE, type Slate } from './Slate.ts';

/** Hold a part of the search: what it leaves open, what it is not worth more than, and the prices that prove that. */
type Part = {
  readonly open: Cut.Open;
  ceiling: number;
  tight: Cut.Cut;
  /** How many cuts were heard of. */
  heard: number;
  relaxed: boolean;
};

/** How sharply {1} shares turn where a part is relaxed from prices that bound all of it. */
const BLURS = [0.03, 0.01];

/**
 * Search until no choice can be better than the best one by more than the gap allows, or until the budget is spent, and return what
 * none is worth more than {value}. `root` bounds all of it.
 */
export function explore(inquiry: Inquiry.Inquiry, root: Cut.Cut): number {
  const open = Cut.everything(inquiry.slate);
  let parts: readonly Part[] = [{ open, ceiling: Infinity, tight: root, heard: 0, relaxed: true }];
  /** What parts that cannot be split any more are not worth more than. */
  let settled = -Infinity;
  for (;;) {
    const enough = inquiry.best.value + Inquiry.allowance(inquiry);
    const widest = widestOf(parts);
    const bound = Math.max(settled, widest?.ceiling ?? -Infinity, inquiry.best.value);
    if (widest === undefined || widest.ceiling <= enough) return bound;
    if (lower(widest, inquiry)) continue;
    if (Inquiry.isSpent(inquiry)) return bound;
    if (!widest.relaxed) {
      widest.relaxed = true;
      Inquiry.relax(inquiry, widest.open, widest.tight, BLURS);
      continue;
    }
    const picks = picksOf(widest, inquiry.slate);
    const trial = Inquiry.find(inquiry, picks);
    if (trial === undefined) {
      Inquiry.attempt(inquiry, picks, widest.tight.prices);
      continue;
    }
    const halves = split(widest, trial, picks, inquiry.slate);
    if (halves.length === 0) settled = Math.max(settled, widest.ceiling);
    parts = [...parts.filter((part) => part !== widest && part.ceiling > enough), ...halves];
  }
}

function widestOf(parts: readonly Part[]): Part | undefined {
  let widest = parts[0];
  for (const part of parts) if (part.ceiling > (widest?.ceiling ?? Infinity)) widest = part;
  return widest;
}

/** Bound a part by the prices that it has not heard of, and tell whether that lowered its ceiling. */
function lower(part: Part, { cuts, slate, idle }: Inquiry.Inquiry): boolean {
  const before = part.ceiling;
  for (; part.heard < cuts.length; part.heard++) {
    const cut = cuts[part.heard] ?? part.tight;
    const ceiling = Cut.ceiling(cut, slate, part.open);
    if (ceiling >= part.ceiling) continue;
    part.ceiling = ceiling;
    part.tight = cut;
  }
  if (part.open.every((bits) => bits === Cut.bitOf(NONE))) part.ceiling = Math.min(part.ceiling, idle);
  return part.ceiling < before;
}

/** Pick of each offer what gains most at the prices that bound a part. */
function picksOf({ open, tight }: Part, slate: Slate): Int32Array {
  return open.map((bits, offer) => Cut.favourite(tight, slate, offer, bits));
}

/**
 * Split a part by the offer that its bound is in doubt about most. At the prices of a trial, the bound exceeds what the trial's own picks
 * are worth by the sum over offers of what their favourite way would gain beyond the one that was picked: where none does, the trial
 * is the best of the part.
 */
function split({ open, ceiling, tight }: Part, trial: Inquiry.Trial, picks: Int32Array, slate: Slate): readonly Part[] {
  let [doubtful, most, pick] = [-1, 0, NONE];
  for (let offer = 0; offer < open.length; offer++) {
    const bits = whole(open, offer);
    const used = whole(trial.used, offer);
    const own = Cut.isOpen(bits, used) ? used : whole(picks, offer);
    const favourite = Cut.favourite(trial, slate, offer, bits);
    const doubt = Cut.gainOf(trial, slate, offer, favourite) - Cut.gainOf(trial, slate, offer, own);
    if (doubt > most) [doubtful, most, pick] = [offer, doubt, own];
  }
  if (doubtful < 0) return [];
  const bit = Cut.bitOf(pick);
  return [bit, whole(open, doubtful) & ~bit].map((bits) => ({
    open: open.map((all, offer) => (offer === doubtful ? bits : all)),
    ceiling,
    tight,
    heard: 0,
    relaxed: false,
  }));
}
