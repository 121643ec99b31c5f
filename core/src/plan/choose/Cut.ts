// Prices that bound a choice. At any prices no choice of markets is worth more than what the goal adds to the dual function and what each
// offer gains after its fixed cost, or nothing (Lagrange). So whatever prices are found on the way bound every part of the search, and
// the offers' shares of a bound say which of them to doubt.

import { real, whole } from '../program/Flat.ts';
import { NONE, type Slate } from './Slate.ts';

/** Hold prices {value/tok}, what the goal alone adds to the dual function there, and what each way gains before its fixed cost {value}. */
export type Cut = {
  readonly prices: Float64Array;
  readonly base: number;
  readonly gains: Float64Array;
  /** What this bounds all choices by {value}. */
  readonly top: number;
};

/**
 * What is left open of each offer: the lowest bit stands for not using it, the next ones for its ways. An offer without the lowest bit
 * is paid for whether it trades or not.
 */
export type Open = Int32Array;

/** Give a pick's bit. */
export function bitOf(pick: number): number {
  return 1 << (pick + 1);
}

/** Tell whether a pick is left open. */
export function isOpen(bits: number, pick: number): boolean {
  return (bits & bitOf(pick)) !== 0;
}

/** Leave everything open. */
export function everything({ offers }: Slate): Open {
  return Int32Array.from(offers, ({ alternatives }) => 2 ** (alternatives.length + 1) - 1);
}

/** Leave open to use less than this. */
export function atMost(picks: Int32Array): Open {
  return picks.map((pick) => bitOf(NONE) | bitOf(pick));
}

/** Leave open to use all offers and no less. */
export function paid(open: Open): Open {
  return open.map((bits) => bits & ~bitOf(NONE));
}

/** Value a pick of an offer, after its fixed cost {value}. */
export function gainOf({ gains }: Pick<Cut, 'gains'>, { starts, fixed }: Slate, offer: number, pick: number): number {
  return pick === NONE ? 0 : real(gains, whole(starts, offer) + pick) - real(fixed, offer);
}

/** Pick of an offer what gains most among what is open. */
export function favourite(cut: Pick<Cut, 'gains'>, slate: Slate, offer: number, bits: number): number {
  let [best, most] = [NONE, isOpen(bits, NONE) ? 0 : -Infinity];
  const ways = whole(slate.starts, offer + 1) - whole(slate.starts, offer);
  for (let way = 0; way < ways; way++) {
    if (!isOpen(bits, way)) continue;
    const gain = gainOf(cut, slate, offer, way);
    if (gain > most) [best, most] = [way, gain];
  }
  return best;
}

/** Pick of every offer what gains most among what is open. */
export function favourites(cut: Pick<Cut, 'gains'>, slate: Slate, open: Open): Int32Array {
  return open.map((bits, offer) => favourite(cut, slate, offer, bits));
}

/** Make a cut of prices, what the goal adds there, and what each way gains. */
export function of(slate: Slate, prices: Float64Array, base: number, gains: Float64Array): Cut {
  const cut = { prices, base, gains, top: Infinity };
  return { ...cut, top: ceiling(cut, slate, everything(slate)) };
}

/** Bound what choices among what is open are worth {value}. */
export function ceiling(cut: Cut, slate: Slate, open: Open): number {
  let total = cut.base;
  for (let offer = 0; offer < open.length; offer++) total += most(cut, slate, offer, whole(open, offer));
  return total;
}

/** Bound what choices are worth that leave less than everything open of the listed offers {value}. */
export function ceilingOf(cut: Cut, slate: Slate, open: Open, narrowed: readonly number[]): number {
  if (cut.top === Infinity) return ceiling(cut, slate, open);
  let total = cut.top;
  for (const offer of narrowed) {
    total += most(cut, slate, offer, whole(open, offer)) - most(cut, slate, offer, -1);
  }
  return total;
}

/** Find what an offer gains at most of what is open {value}. */
function most(cut: Cut, slate: Slate, offer: number, bits: number): number {
  return bits === bitOf(NONE) ? 0 : gainOf(cut, slate, offer, favourite(cut, slate, offer, bits));
}
