// Markets whose price stays as it is for so much and then steps: order books, Dutch auctions, bridges, vaults, constant sums. A step is
// traded from its beginning to its end, and laid out by what that comes to in all.

import { at } from '../../forecast/Numbers.ts';
import { NetworkError } from '../network/Network.ts';
import { real, whole } from './Flat.ts';
import * as Pairs from './Pairs.ts';

/** State a step: `rate` {received/tendered} after fees, above zero; `most` {tendered}, above zero, Infinity where there is no end. */
export type Rung = { readonly rate: number; readonly most: number };

/**
 * State a market by its steps, rates never rising along them. `falls`: one is tendered and other received; `rises`: the other way
 * round. What one way gives the other does not pay for: the first rates multiply to at most one.
 */
export type Ladder = {
  readonly kind: 'ladder';
  readonly tokens: readonly [number, number];
  readonly falls: readonly Rung[];
  readonly rises: readonly Rung[];
};

/** Hold ladders from place `first` of the pairs on. The ends of ladder i's steps are from starts[i] to starts[i + 1] − 1. */
export type Ladders = {
  readonly first: number;
  readonly count: number;
  readonly starts: Int32Array;
  /** What the trader receives in all of one, ascending, zero among them, and of other {tok}, at each end of a step. */
  readonly one: Float64Array;
  readonly other: Float64Array;
  /** The price of one in other between an end and the next. */
  readonly price: Float64Array;
};

/** What a step without an end is taken to hold {tok}: more than there is of anything. */
const ENDLESS = 1e200;
/** What nothing that ends comes to {tok} or {value}, and everything that does not. */
const NO_END = 1e150;

/** First rates that multiply to more than one by as much as this {1} do so by rounding. */
const ROUNDING = 1e-15;

/** Lay out ladders from place `first` of the pairs on. */
export function of(models: readonly Ladder[], pairs: Pairs.Pairs, first: number): Ladders {
  const starts = new Int32Array(models.length + 1);
  for (const [index, { falls, rises }] of models.entries()) {
    starts[index + 1] = whole(starts, index) + falls.length + rises.length + 1;
  }
  const size = whole(starts, models.length);
  const reals = () => new Float64Array(size);
  const ladders = { first, count: models.length, starts, one: reals(), other: reals(), price: reals() };
  for (const [index, model] of models.entries()) put(ladders, pairs, index, model);
  return ladders;
}

/** Lay out a ladder in its place, and tell whether there is room: for as many steps as before. */
export function put(ladders: Ladders, pairs: Pairs.Pairs, index: number, { tokens, falls, rises }: Ladder): boolean {
  const { first, starts, one, other, price } = ladders;
  if (falls.length + rises.length !== whole(starts, index + 1) - whole(starts, index) - 1) return false;
  const middle = whole(starts, index) + falls.length;
  one[middle] = 0;
  other[middle] = 0;
  for (const [step, { rate, most }] of falls.entries()) {
    const end = middle - step;
    const size = Math.min(ENDLESS, most);
    one[end - 1] = real(one, end) - size;
    other[end - 1] = real(other, end) + rate * size;
    price[end - 1] = rate;
  }
  const low = falls[0]?.rate ?? 0;
  for (const [step, { rate, most }] of rises.entries()) {
    const end = middle + step;
    const size = Math.min(ENDLESS, most);
    one[end + 1] = real(one, end) + rate * size;
    other[end + 1] = real(other, end) - size;
    price[end] = Math.max(low, 1 / rate);
  }
  Pairs.place(pairs, first + index, tokens, [low, rises.length > 0 ? real(price, middle) : Infinity]);
  return true;
}

/** Refuse ladders that no trade can be found in. Throws NetworkError. */
export function check({ falls, rises }: Ladder, path: string): void {
  if (falls.length + rises.length === 0) throw new NetworkError(path, 'no rungs', 'give at least one, or leave it out');
  checkRungs(falls, `${path}.falls`);
  checkRungs(rises, `${path}.rises`);
  const round = (falls[0]?.rate ?? 0) * (rises[0]?.rate ?? 0);
  if (round > 1 + ROUNDING) {
    throw new NetworkError(path, `${round} back for 1 sent to and fro`, 'let the first rates multiply to at most one');
  }
}

function checkRungs(rungs: readonly Rung[], path: string): void {
  for (const [index, { rate, most }] of rungs.entries()) {
    const place = `${path}[${index}]`;
    if (!(rate > 0 && rate < Infinity)) {
      throw new NetworkError(`${place}.rate`, `${rate}`, 'give a finite number above zero');
    }
    if (!(most > 0)) throw new NetworkError(`${place}.most`, `${most}`, 'give a number above zero');
    if (most === Infinity && index < rungs.length - 1) {
      throw new NetworkError(`${place}.most`, `${most}`, 'leave out the rungs after one without an end');
    }
    if (index > 0 && rate > at(rungs, index - 1).rate) {
      throw new NetworkError(`${place}.rate`, `${rate} after ${at(rungs, index - 1).rate}`, 'let rates never rise');
    }
  }
}

/** List the tokens that a ladder takes any amount of. */
export function takenBy({ tokens, falls, rises }: Ladder): readonly number[] {
  const endless = [falls, rises].map((rungs) => rungs.at(-1)?.most === Infinity);
  return tokens.filter((_, side) => endless[side]);
}

/** Tell whether a gain {value} comes of a step without an end. */
export function isEndless(gain: number): boolean {
  return gain >= NO_END;
}

/** Say about how much a ladder pays or takes in all {value}: what a third of those that end stay below, one where none ends. */
export function depth({ first, count, starts, other }: Ladders, pairs: Pairs.Pairs, prices: Float64Array): number {
  const depths = Array.from({ length: count }, (_, index) => {
    const all = real(other, whole(starts, index)) - real(other, whole(starts, index + 1) - 1);
    return all * real(prices, whole(pairs.other, first + index));
  });
  const ends = depths.filter((value) => value < NO_END).toSorted((a, b) => a - b);
  return ends[Math.floor(ends.length / 3)] ?? 1;
}

/** Find the first step that an amount of one {tok} lies on. */
export function stepAt({ starts, one }: Ladders, index: number, got: number): number {
  const last = whole(starts, index + 1) - 2;
  let step = whole(starts, index);
  while (step < last && real(one, step + 1) < got) step++;
  return step;
}

/** Compute what of other goes with an amount of one on a step, from the end that is nearer to no trade: the other may be endless. */
export function paid({ one, other, price }: Ladders, step: number, got: number): number {
  const near = real(one, step + 1) <= 0 ? step + 1 : step;
  return real(other, near) - real(price, step) * (got - real(one, near));
}
