// How narrowly a search looks at ladders. Each look begins where the last one settled.

import { real, whole } from './Flat.ts';
import { bend, blurred, shareOf, type Answers } from './LadderAnswers.ts';
import type { Ladders } from './Ladders.ts';
import type * as Pairs from './Pairs.ts';

/** A step of which so much {1} of what it is taken to hold is traded is taken to hold more, by as much. */
const GROWS = 0.125;

/** State how narrowly to look {value}: what steps are blurred by, and what the search is about. */
export type Look = {
  readonly width: number;
  /** What a step that is traded in part may give at most for a price that changes by its own size: it is blurred by more if need be. */
  readonly reach: number;
  /** What any step is taken to hold to begin with. */
  readonly size: number;
  /** What a step that holds far more than that may stay idle for, so that no hair's breadth of a price lets all of it go. */
  readonly idle: number;
  /** 1 for each token that can be had, to be tendered. */
  readonly had: Int32Array;
};

/** Look at every ladder's steps from where an answer to prices is. */
export function look(
  ladders: Ladders,
  pairs: Pairs.Pairs,
  prices: Float64Array,
  into: Pairs.Answers & Answers,
  to: Look,
): void {
  const { first, count, starts, one } = ladders;
  const { width, free } = into.blur;
  for (let index = 0; index < count; index++) {
    const [tokenOne, tokenOther] = [whole(pairs.one, first + index), whole(pairs.other, first + index)];
    const [priceOne, priceOther] = [real(prices, tokenOne), real(prices, tokenOther)];
    if (Number.isNaN(real(pairs.low, first + index)) || !(priceOther > 0)) continue;
    for (let step = whole(starts, index); step < whole(starts, index + 1) - 1; step++) {
      const tendered = real(one, step + 1) <= 0 ? tokenOne : tokenOther;
      if (whole(to.had, tendered) === 0) width[step] = Infinity;
      else if (real(width, step) === 0) open(ladders, into, step, priceOther, to);
      else refine(ladders, into, step, priceOther, to);
    }
    free[index] = 0;
    blurred(ladders, into, index, priceOne, priceOther);
    free[index] = real(into.withheld, index);
  }
}

/** See a step for the first time. */
function open(
  { one, price }: Ladders,
  { blur }: Answers,
  step: number,
  priceOther: number,
  { width, size }: Look,
): void {
  blur.size[step] = Math.min(real(one, step + 1) - real(one, step), size / (real(price, step) * priceOther));
  blur.width[step] = width / priceOther;
  blur.pull[step] = 0;
}

/**
 * See a step more narrowly: one that is traded in part is held near where it is instead (Rockafellar, 1976), so that it does not come to
 * depend on more digits than prices have.
 */
function refine({ one, price }: Ladders, { blur, asked }: Answers, step: number, priceOther: number, to: Look): void {
  const holds = real(one, step + 1) - real(one, step);
  let [size, gain] = [real(blur.size, step), real(asked, step)];
  let share = shareOf(gain);
  if (share > GROWS && size < holds) {
    const more = Math.min(holds, size / GROWS);
    share *= size / more;
    size = more;
    gain = 1 / (1 - share) - 1 / share;
  }
  const value = size * real(price, step) * priceOther;
  const firm = (bend(share * shareOf(-gain)) * value ** 2) / to.reach;
  const tied = firm > to.width;
  const held = holds > size ? Math.min(GROWS * Math.abs(gain), to.idle / (share * firm)) : 0;
  blur.size[step] = size;
  blur.width[step] = (tied ? firm : to.width) / priceOther;
  blur.pull[step] = tied ? gain + held : 0;
}
