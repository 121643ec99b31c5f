// What all markets of two coins share, whatever their kind: which coins, and between which prices they stay idle. A market's trade
// depends on nothing but the ratio of two prices, so it answers with three numbers.

import { real } from './Flat.ts';

/** Hold markets of two coins, one after another, kind after kind. */
export type Pairs = {
  readonly count: number;
  /** Tokens of the network. */
  readonly one: Int32Array;
  readonly other: Int32Array;
  /** No trade gains where low ≤ price of one ÷ price of other ≤ high. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The same of each market while it is at work: one that rests has NaN for both ends of its band, which no price is beyond. */
  readonly ownLow: Float64Array;
  readonly ownHigh: Float64Array;
};

/** Hold what each of them answers to given prices. */
export type Answers = {
  /** What the trader receives of each coin {tok}, negative what is tendered. */
  readonly gotOne: Float64Array;
  readonly gotOther: Float64Array;
  /**
   * How the trade turns with the prices {value}: what more of one is received, at its price, as its price rises by a share. The
   * rest of the market's second derivatives follow from it, as a trade stays as it is when both prices double.
   */
  readonly turn: Float64Array;
};

/** Make room for so many markets. */
export function of(count: number): Pairs {
  const reals = () => new Float64Array(count);
  return {
    count,
    one: new Int32Array(count),
    other: new Int32Array(count),
    low: reals(),
    high: reals(),
    ownLow: reals(),
    ownHigh: reals(),
  };
}

/** State a market's coins and the ratios of prices between which it stays idle. */
export function place(
  pairs: Pairs,
  index: number,
  tokens: readonly [number, number],
  idle: readonly [number, number],
): void {
  [pairs.one[index], pairs.other[index]] = tokens;
  [pairs.low[index], pairs.high[index]] = idle;
  [pairs.ownLow[index], pairs.ownHigh[index]] = idle;
}

/** Let a market trade, or rest whatever the prices. */
export function allow({ low, high, ownLow, ownHigh }: Pairs, index: number, allowed: boolean): void {
  low[index] = allowed ? real(ownLow, index) : NaN;
  high[index] = allowed ? real(ownHigh, index) : NaN;
}

/** Answer with no trade. */
export function rest({ gotOne, gotOther, turn }: Answers, index: number): void {
  gotOne[index] = 0;
  gotOther[index] = 0;
  turn[index] = 0;
}
