// What is left to search: parts of the choice, each with what no choice in it is worth more than. All prices found so far bound every part,
// so a part is looked into only where none of them rules it out.

import { whole } from '../program/Flat.ts';
import * as Cut from './Cut.ts';
import type { Inquiry, Trial } from './Inquiry.ts';
import { NONE, type Slate } from './Slate.ts';

/** Hold what is left, and what parts that cannot be split any more are not worth more than {value}. */
export type Frontier = { parts: readonly Part[]; settled: number };

/** Hold a part: what it leaves open, what it is not worth more than {value}, and the prices that prove that. */
export type Part = {
  readonly open: Cut.Open;
  /** Of which offers it leaves less open than everything. */
  readonly narrowed: readonly number[];
  ceiling: number;
  tight: Cut.Cut;
  /** How many cuts were heard of. */
  heard: number;
  relaxed: boolean;
};

/** Leave everything to search, from prices that came of relaxing it. */
export function of(slate: Slate, tight: Cut.Cut): Frontier {
  const root = { open: Cut.everything(slate), narrowed: [], ceiling: Infinity, tight, heard: 0, relaxed: true };
  return { parts: [root], settled: -Infinity };
}

/** Find the part that is bounded least. */
export function widest({ parts }: Frontier): Part | undefined {
  let found = parts[0];
  for (const part of parts) if (part.ceiling > (found?.ceiling ?? Infinity)) found = part;
  return found;
}

/** Bound a part by the prices that it has not heard of, and tell whether that lowered its ceiling. */
export function lower(part: Part, { cuts, slate, idle }: Inquiry): boolean {
  const before = part.ceiling;
  for (; part.heard < cuts.length; part.heard++) {
    const cut = cuts[part.heard] ?? part.tight;
    const ceiling = Cut.ceilingOf(cut, slate, part.open, part.narrowed);
    if (ceiling >= part.ceiling) continue;
    part.ceiling = ceiling;
    part.tight = cut;
  }
  if (part.open.every((bits) => bits === Cut.bitOf(NONE))) part.ceiling = Math.min(part.ceiling, idle);
  return part.ceiling < before;
}

/** Put what a part is split into in its place, and forget parts that no better choice than `enough` {value} is in. */
export function replace(frontier: Frontier, part: Part, parts: readonly Part[], enough: number): void {
  if (parts.length === 0) frontier.settled = Math.max(frontier.settled, part.ceiling);
  frontier.parts = [...frontier.parts.filter((one) => one !== part && one.ceiling > enough), ...parts];
}

/**
 * Split a part by the offer that its bound is in doubt about most. At the prices of a trial, the bound exceeds what the trial's own picks
 * are worth by the sum over offers of what their favourite way would gain beyond the one that was picked: where none does, the trial
 * is the best of the part.
 */
export function split(part: Part, trial: Trial, picks: Int32Array, slate: Slate): readonly Part[] {
  const { open, narrowed } = part;
  let [doubtful, most, pick] = trial.value === -Infinity ? undecided(open, picks) : [-1, 0, NONE];
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
    ...part,
    open: open.map((all, offer) => (offer === doubtful ? bits : all)),
    narrowed: narrowed.includes(doubtful) ? narrowed : [...narrowed, doubtful],
    heard: 0,
    relaxed: false,
  }));
}

/** Find an offer of which more than one pick is open, to split by where prices say nothing. */
function undecided(open: Cut.Open, picks: Int32Array): [number, number, number] {
  const offer = open.findIndex((bits) => (bits & (bits - 1)) !== 0);
  return [offer, Infinity, offer < 0 ? NONE : whole(picks, offer)];
}
