// Pools whose liquidity lies in ranges of the price, many at once. What lies between a pool's price and each end of a range is added
// up beforehand, outwards from the price, so that an answer is one bisection and one formula however many ranges it crosses.

import { at } from '../../forecast/Numbers.ts';
import type { Concentrated, Segment } from '../network/Concentrated.ts';
import { real, whole } from './Flat.ts';
import * as Pairs from './Pairs.ts';

/** Hold pools from place `first` of the pairs on. The ends of pool i's ranges, its price among them, are from starts[i] to last[i]. */
export type Ranges = {
  readonly first: number;
  readonly keep: Float64Array;
  readonly starts: Int32Array;
  readonly last: Int32Array;
  /** Where a pool's own price stands among the ends. */
  readonly here: Int32Array;
  /** The square root of the price of one in other, ascending. */
  readonly root: Float64Array;
  /** Liquidity {√(tok·tok)} between an end and the next. */
  readonly depth: Float64Array;
  /** What of one and of other lies between the price and an end {tok}. */
  readonly sumOne: Float64Array;
  readonly sumOther: Float64Array;
};

/** Lay out pools from place `first` of the pairs on. */
export function of(pools: readonly Concentrated[], pairs: Pairs.Pairs, first: number): Ranges {
  const ladders = pools.map(ladderOf);
  const starts = new Int32Array(pools.length + 1);
  for (const [index, { roots }] of ladders.entries()) {
    // A price that stands on the end of a range may come to stand inside one.
    const spare = isEnd(at(pools, index)) ? 1 : 0;
    starts[index + 1] = whole(starts, index) + roots.length + spare;
  }
  const size = whole(starts, pools.length);
  const ranges: Ranges = {
    first,
    keep: new Float64Array(pools.length),
    starts,
    last: new Int32Array(pools.length),
    here: new Int32Array(pools.length),
    root: new Float64Array(size),
    depth: new Float64Array(size),
    sumOne: new Float64Array(size),
    sumOther: new Float64Array(size),
  };
  for (const [index, ladder] of ladders.entries()) lay(ranges, pairs, index, at(pools, index), ladder);
  return ranges;
}

/** Lay out a pool in its place, and tell whether there is room: for as many ends of ranges as before, wherever the price. */
export function put(ranges: Ranges, pairs: Pairs.Pairs, index: number, pool: Concentrated): boolean {
  const ladder = ladderOf(pool);
  if (ladder.roots.length > whole(ranges.starts, index + 1) - whole(ranges.starts, index)) return false;
  lay(ranges, pairs, index, pool, ladder);
  return true;
}

function lay(ranges: Ranges, pairs: Pairs.Pairs, index: number, pool: Concentrated, { roots, depths }: Ladder): void {
  const start = whole(ranges.starts, index);
  ranges.keep[index] = 1 - pool.fee;
  ranges.last[index] = start + roots.length - 1;
  ranges.here[index] = start + roots.indexOf(pool.sqrtPrice);
  ranges.root.set(roots, start);
  ranges.depth.set(depths, start);
  addUp(ranges, index);
  Pairs.place(pairs, ranges.first + index, pool.tokens, idle(ranges, index));
}

function isEnd({ sqrtPrice, segments }: Concentrated): boolean {
  return segments.some(({ low, high }) => low === sqrtPrice || high === sqrtPrice);
}

/** Hold ends of ranges, ascending, and the liquidity above each. */
type Ladder = { readonly roots: readonly number[]; readonly depths: readonly number[] };

/** List the ends of ranges, the price and the edges of gaps among them, and the liquidity above each. */
function ladderOf({ sqrtPrice, segments }: Concentrated): Ladder {
  const roots: number[] = [];
  const depths: number[] = [];
  const push = (root: number, depth: number) => {
    if (roots.at(-1) === root) depths[depths.length - 1] = depth;
    else {
      roots.push(root);
      depths.push(depth);
    }
  };
  const cut = (low: number, high: number, depth: number) => {
    push(low, depth);
    if (low < sqrtPrice && sqrtPrice < high) push(sqrtPrice, depth);
    push(high, 0);
  };
  for (const [index, { low, high, liquidity }] of segments.entries()) {
    const before: Segment | undefined = segments[index - 1];
    if (before !== undefined && before.high < low) cut(before.high, low, 0);
    cut(low, high, liquidity);
  }
  return { roots, depths };
}

/** Sum what lies between the price and every end, outwards ("Uniswap v3 Core", 2021, equations 6.14 and 6.16). */
function addUp({ starts, last, here, root, depth, sumOne, sumOther }: Ranges, index: number): void {
  const step = (from: number, to: number) => {
    const below = Math.min(from, to);
    const width = real(depth, below) * (real(root, below + 1) - real(root, below));
    sumOne[to] = real(sumOne, from) + width / (real(root, below) * real(root, below + 1));
    sumOther[to] = real(sumOther, from) + width;
  };
  sumOne[whole(here, index)] = 0;
  sumOther[whole(here, index)] = 0;
  for (let end = whole(here, index); end > whole(starts, index); end--) step(end, end - 1);
  for (let end = whole(here, index); end < whole(last, index); end++) step(end, end + 1);
}

/** Say between which prices nothing is traded: as far as there is no liquidity, or the fee eats what the price gains. */
function idle({ starts, last, here, root, depth, keep }: Ranges, index: number): readonly [number, number] {
  const [from, to] = [whole(starts, index), whole(last, index)];
  let below = whole(here, index);
  while (below > from && real(depth, below - 1) === 0) below--;
  let above = whole(here, index);
  while (above < to && real(depth, above) === 0) above++;
  const low = below > from ? real(root, below) ** 2 * real(keep, index) : 0;
  return [low, above < to ? real(root, above) ** 2 / real(keep, index) : Infinity];
}

/** Let every pool answer the prices: its price moves until it meets theirs after the fee, or its ranges end. */
export function respond(ranges: Ranges, pairs: Pairs.Pairs, prices: Float64Array, into: Pairs.Answers): void {
  const { first, keep } = ranges;
  const { one, other, low, high } = pairs;
  for (let index = 0; index < keep.length; index++) {
    const place = first + index;
    const priceOne = real(prices, whole(one, place));
    const priceOther = real(prices, whole(other, place));
    if (priceOne <= 0 && priceOther <= 0) end(ranges, pairs, into, index, priceOne, priceOther);
    else if (priceOne < real(low, place) * priceOther) fall(ranges, into, index, priceOne, priceOther);
    else if (priceOne > real(high, place) * priceOther) rise(ranges, into, index, priceOne, priceOther);
    else Pairs.rest(into, place);
  }
}

/** Trade where less of either coin would be better: to the end of the ranges that rids the trader of more. */
function end(
  ranges: Ranges,
  { low }: Pairs.Pairs,
  into: Pairs.Answers,
  index: number,
  priceOne: number,
  priceOther: number,
): void {
  const place = ranges.first + index;
  if (Number.isNaN(real(low, place))) return Pairs.rest(into, place);
  const [lowest, highest] = [whole(ranges.starts, index), whole(ranges.last, index)];
  const keep = real(ranges.keep, index);
  const falls = real(ranges.sumOther, lowest) * priceOther - (real(ranges.sumOne, lowest) / keep) * priceOne;
  const rises = real(ranges.sumOne, highest) * priceOne - (real(ranges.sumOther, highest) / keep) * priceOther;
  Pairs.rest(into, place);
  if (falls > 0 && falls >= rises) {
    into.gotOne[place] = -real(ranges.sumOne, lowest) / keep;
    into.gotOther[place] = real(ranges.sumOther, lowest);
  } else if (rises > 0) {
    into.gotOne[place] = real(ranges.sumOne, highest);
    into.gotOther[place] = -real(ranges.sumOther, highest) / keep;
  }
}

/** Sell one to a pool: its price falls. */
function fall(ranges: Ranges, into: Pairs.Answers, index: number, priceOne: number, priceOther: number): void {
  const { root, depth, sumOne, sumOther } = ranges;
  const place = ranges.first + index;
  const keep = real(ranges.keep, index);
  const lowest = whole(ranges.starts, index);
  const goal = Math.max(real(root, lowest), Math.sqrt(Math.max(0, priceOne) / (priceOther * keep)));
  const below = lastUpTo(root, goal, lowest, whole(ranges.here, index) - 1);
  const above = real(root, below + 1);
  const width = real(depth, below) * (above - goal);
  into.gotOne[place] = -(real(sumOne, below + 1) + width / (goal * above)) / keep;
  into.gotOther[place] = real(sumOther, below + 1) + width;
  into.turn[place] = goal === real(root, lowest) ? 0 : (0.5 * priceOne * real(depth, below)) / (goal * keep);
}

/** Buy one from a pool: its price rises. */
function rise(ranges: Ranges, into: Pairs.Answers, index: number, priceOne: number, priceOther: number): void {
  const { root, depth, sumOne, sumOther } = ranges;
  const place = ranges.first + index;
  const keep = real(ranges.keep, index);
  const highest = whole(ranges.last, index);
  const goal =
    priceOther > 0 ? Math.min(real(root, highest), Math.sqrt((priceOne * keep) / priceOther)) : real(root, highest);
  const from = lastUpTo(root, goal, whole(ranges.here, index), highest - 1);
  const below = real(root, from);
  const width = real(depth, from) * (goal - below);
  into.gotOne[place] = real(sumOne, from) + width / (goal * below);
  into.gotOther[place] = -(real(sumOther, from) + width) / keep;
  into.turn[place] = goal === real(root, highest) ? 0 : (0.5 * priceOne * real(depth, from)) / goal;
}

/** Find the last of ascending ends from `low` to `high` that is at most `goal`, by bisection; `low` where none is. */
function lastUpTo(root: Float64Array, goal: number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (real(root, middle) <= goal) from = middle;
    else to = middle - 1;
  }
  return from;
}
