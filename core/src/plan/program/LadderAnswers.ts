// What ladders answer to prices. The best answer is all or nothing at every step, so that prices alone do not say which part of a step at
// its own price is right. In a search steps are blurred: a ladder withholds some of the other coin, more the nearer a step is to none or
// all of it, and is a smooth market that the ladder always betters. How much better is known, so that bounds hold for the ladder itself.

import { real, whole } from './Flat.ts';
import * as Ladders from './Ladders.ts';
import * as Pairs from './Pairs.ts';

/** Hold how a search sees the steps, each at the place of its lower end; none are blurred in the beginning. */
export type Blur = {
  /** How wide a step is blurred {tok of other}: above zero, or zero for all. */
  readonly width: Float64Array;
  /** What a step is drawn by to where it stood when it was seen so last {1}. */
  readonly pull: Float64Array;
  /** What each ladder withholds less, so that it withheld nothing then {tok of other}. */
  readonly free: Float64Array;
  /** What a step is taken to hold {tok of one}: what it holds, or what a search could have use for. */
  readonly size: Float64Array;
};

/** Hold what ladders answer beside what all pairs do. */
export type Answers = {
  readonly blur: Blur;
  /** How much of each step is traded, as the gain G that asks for it {1}. */
  readonly asked: Float64Array;
  /** What each ladder withholds {tok of other}. */
  readonly withheld: Float64Array;
  /** What each would gain beyond what it answers if it were seen sharply {value}. */
  readonly beyond: Float64Array;
};

/** Prices as near as this {1} are tied: they are right to no more digits, and so are rates. */
const TIED = 4e-15;

/** Make room for the answers of ladders, seen sharply. */
export function answers({ count, one }: Ladders.Ladders): Answers {
  const [steps, each] = [() => new Float64Array(one.length), () => new Float64Array(count)];
  const blur = { width: steps(), pull: steps(), free: each(), size: steps() };
  return { blur, asked: steps(), withheld: each(), beyond: each() };
}

/** Let every ladder answer the prices. */
export function respond(
  ladders: Ladders.Ladders,
  pairs: Pairs.Pairs,
  prices: Float64Array,
  into: Pairs.Answers & Answers,
): void {
  const { first, count } = ladders;
  for (let index = 0; index < count; index++) {
    const place = first + index;
    into.withheld[index] = 0;
    into.beyond[index] = 0;
    Pairs.rest(into, place);
    if (Number.isNaN(real(pairs.low, place))) continue;
    const priceOne = real(prices, whole(pairs.one, place));
    const priceOther = real(prices, whole(pairs.other, place));
    if (!(priceOther > 0)) end(ladders, into, index, priceOne, priceOther);
    else if (real(into.blur.width, whole(ladders.starts, index)) > 0)
      blurred(ladders, into, index, priceOne, priceOther);
    else sharp(ladders, into, index, priceOne, priceOther);
  }
}

/** Trade where less of the other coin would be better: to the end that gains more. */
function end(
  { first, starts, one, other }: Ladders.Ladders,
  into: Pairs.Answers,
  index: number,
  a: number,
  b: number,
): void {
  const [lowest, highest] = [whole(starts, index), whole(starts, index + 1) - 1];
  const gain = (at: number) => a * real(one, at) + b * real(other, at);
  const best = gain(highest) >= gain(lowest) ? highest : lowest;
  if (!(gain(best) > 0)) return;
  into.gotOne[first + index] = real(one, best);
  into.gotOther[first + index] = real(other, best);
}

/** Trade every step that gains. */
function sharp(
  { first, starts, one, other, price }: Ladders.Ladders,
  into: Pairs.Answers,
  index: number,
  a: number,
  b: number,
): void {
  const last = whole(starts, index + 1) - 1;
  const tied = TIED * Math.abs(a);
  let end = whole(starts, index);
  while (end < last && (real(one, end) < 0 ? a - real(price, end) * b >= -tied : a - real(price, end) * b > tied))
    end++;
  into.gotOne[first + index] = real(one, end);
  into.gotOther[first + index] = real(other, end);
}

/**
 * Trade some of every step, the more the more it gains: z of a step is traded where G = 1/(1 − z) − 1/z, with G what all of it would gain in
 * widths of its blur, and what it is drawn by. That is where gains and width·(ln z(1 − z) + pull·z) are largest together.
 */
export function blurred(
  ladders: Ladders.Ladders,
  into: Pairs.Answers & Answers,
  index: number,
  priceOne: number,
  priceOther: number,
): void {
  const { first, starts, one, price } = ladders;
  const { width, pull, free, size: sizes } = into.blur;
  const place = first + index;
  const ratio = priceOne / priceOther;
  let [got, smooth, turn] = [0, real(free, index), 0];
  for (let step = whole(starts, index); step < whole(starts, index + 1) - 1; step++) {
    if (real(width, step) === Infinity) continue;
    const size = real(sizes, step);
    const sign = real(one, step + 1) <= 0 ? -1 : 1;
    const asked = (sign * (ratio - real(price, step)) * size) / real(width, step) + real(pull, step);
    const share = shareOf(asked);
    const both = share * shareOf(-asked);
    into.asked[step] = asked;
    got += sign * size * share;
    smooth += real(width, step) * (Math.log(both) + real(pull, step) * share) - sign * real(price, step) * size * share;
    turn += bend(both) * size * (size / real(width, step));
  }
  const last = Ladders.stepAt(ladders, index, got);
  into.gotOne[place] = got;
  into.gotOther[place] = Ladders.paid(ladders, last, got);
  into.turn[place] = priceOne * ratio * turn;
  into.withheld[index] = real(into.gotOther, place) - smooth;
  into.beyond[index] = beyond(ladders, index, last, got, priceOne, priceOther);
}

/** How much of a step is traded {1} for what asks for it; its opposite leaves as much, to the last digit. */
export function shareOf(asked: number): number {
  const root = Math.sqrt(4 + asked * asked);
  const less = (1 + 2 / (root + Math.abs(asked))) / (2 + root);
  return asked < 0 ? less : 1 - less;
}

/** How the share of a step grows with what asks for it, for the product of what is traded and what is left of it. */
export function bend(both: number): number {
  return (both * both) / (1 - 2 * both);
}

/** Compute what going on to where the prices alone would lead gains {value}; what is tied gains nothing, however deep it is. */
function beyond(
  { starts, one, price }: Ladders.Ladders,
  index: number,
  from: number,
  got: number,
  priceOne: number,
  priceOther: number,
): number {
  const [lowest, highest] = [whole(starts, index), whole(starts, index + 1) - 2];
  const tied = TIED * Math.abs(priceOne);
  let total = 0;
  for (let step = from; step <= highest; step++) {
    const gain = priceOne - real(price, step) * priceOther;
    if (gain <= tied) break;
    const left = real(one, step + 1) - Math.max(got, real(one, step));
    if (left > 0) total += gain * left;
  }
  for (let step = from; step >= lowest; step--) {
    const gain = real(price, step) * priceOther - priceOne;
    if (gain <= tied) break;
    const left = Math.min(got, real(one, step + 1)) - real(one, step);
    if (left > 0) total += gain * left;
  }
  return total;
}
