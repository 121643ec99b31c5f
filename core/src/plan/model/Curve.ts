// A market of one direction whose rate falls smoothly, as ranges of the price. Between two knots the model's rate is that of a shifted
// constant product, which has an answer to every price; a small fee makes up for what that is better than the truth in between.

import { at } from '../../forecast/Numbers.ts';
import type { Segment } from '../network/Concentrated.ts';
import type { Model } from '../program/Program.ts';

/** State what is received for one more when so much has been tendered {tok/tok}, above zero and falling; and where to hold the model to it. */
export type Curve = {
  readonly rate: (tendered: number) => number;
  /** Ascending from zero to where the market ends {tok}; two at least. */
  readonly knots: readonly number[];
};

/** A rate that falls by less than this over all {1} counts as constant. */
const FLAT = 1e-9;
/** Rates of neighbouring knots differ by this at least {1}, so that prices between them are there to be found. */
const APART = 1e-13;
/** What is not measured between a middle and the worst place beside it {1}. */
const MARGIN = 1.25;

/**
 * Model a curve that takes the first token and pays the second. The model never pays more than the curve at any size, and short of it by
 * about a sixteenth of the square of the logarithm of the rates of neighbouring knots.
 */
export function model(tokens: readonly [number, number], { rate, knots }: Curve): Model {
  const end = at(knots, knots.length - 1);
  if (rate(end) >= rate(0) * (1 - FLAT)) {
    return { kind: 'ladder', tokens, falls: [{ rate: rate(end), most: end }], rises: [] };
  }
  const roots: number[] = [];
  for (const knot of knots) roots.push(Math.sqrt(Math.min(rate(knot), (roots.at(-1) ?? Infinity) ** 2 * (1 - APART))));
  let fee = 0;
  for (let index = 1; index < knots.length; index++) {
    const [high, low] = [at(roots, index - 1), at(roots, index)];
    const middle = (2 * high * low) / (high + low);
    const truth = rate((at(knots, index - 1) + at(knots, index)) / 2);
    fee = Math.max(fee, MARGIN * (1 - truth / middle ** 2));
  }
  const segments = knots.slice(1).map((knot, index): Segment => {
    const [high, low] = [at(roots, index), at(roots, index + 1)];
    return { low, high, liquidity: ((1 - fee) * (knot - at(knots, index)) * high * low) / (high - low) };
  });
  return { kind: 'concentrated', tokens, sqrtPrice: at(roots, 0), segments: segments.toReversed(), fee };
}

/** Place knots at the ends of so many pieces of `reach`, evenly in the logarithm of `from` + tendered. */
export function knots(from: number, reach: number, pieces: number): readonly number[] {
  const grows = Math.log1p(reach / from);
  const inner = Array.from({ length: pieces - 1 }, (_, index) => from * Math.expm1((grows * (index + 1)) / pieces));
  return [0, ...inner, reach];
}
