// Where prices are right to the last digit, a holding may still end a trifle below its limit: by the rounding of a sum, or because a market
// stands at the very price where it begins to trade. Such trifles are taken back from trades that tender the holding. A share of what a
// market does is something that it does as well, so the flow stays one that every market admits.

import { addUp } from './addUp.ts';
import { add, real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import type * as Program from './Program.ts';

/** Who received less by it may be short in turn: so often trades are gone through. */
const ROUNDS = 120;
/**
 * Take back more than is short {1}, as the sum rounds as well; and ever more from the round on where what is short only goes round in a
 * circle of trades, until what is short is not tendered at all.
 */
const MORE = 1.1;
const PATIENT = 12;
const GROWTH = 1.3;

/** Take back of an answer's trades until no holding is below its limit. Tell whether that was possible; `after` {value} is kept up. */
export function takeBack(
  program: Program.Program,
  frame: Frame,
  prices: Float64Array,
  answer: Program.Answer,
  after: Float64Array,
): boolean {
  const { size, first, held } = frame;
  const keep = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    const more = MORE * GROWTH ** Math.max(0, round - PATIENT);
    if (!shares(keep, program, frame, answer, after, more)) return true;
    shrinkPairs(program, answer, keep);
    shrinkBaskets(program, answer, keep);
    addUp(program, prices, answer);
    for (let j = 0; j < size; j++) after[j] = real(held, j) + real(first, j) * real(answer.flow, j);
  }
  return false;
}

/** Find what share {1} to keep of the trades that tender each token. Tell whether some is short. */
function shares(
  keep: Float64Array,
  program: Program.Program,
  { first, least }: Frame,
  answer: Program.Answer,
  after: Float64Array,
  more: number,
): boolean {
  tendered(program, answer, keep);
  let short = false;
  for (let j = 0; j < keep.length; j++) {
    const lack = (real(least, j) - real(after, j)) / real(first, j);
    short ||= lack > 0;
    keep[j] = lack > 0 ? Math.max(0, 1 - Math.max(Number.EPSILON, (more * lack) / real(keep, j))) : 1;
  }
  return short;
}

/** Add up what all trades tender of each token {tok}. */
function tendered(
  { pairs, baskets }: Program.Program,
  { gotOne, gotOther, coins }: Program.Answer,
  into: Float64Array,
) {
  into.fill(0);
  for (let index = 0; index < pairs.count; index++) {
    const [mine, theirs] = [real(gotOne, index), real(gotOther, index)];
    if (mine < 0) add(into, whole(pairs.one, index), -mine);
    else if (theirs < 0) add(into, whole(pairs.other, index), -theirs);
  }
  for (let coin = 0; coin < coins.length; coin++) {
    if (real(coins, coin) < 0) add(into, whole(baskets.tokens, coin), -real(coins, coin));
  }
}

function shrinkPairs({ pairs }: Program.Program, { gotOne, gotOther }: Program.Answer, keep: Float64Array): void {
  for (let index = 0; index < pairs.count; index++) {
    const mine = real(gotOne, index);
    const share = real(keep, mine < 0 ? whole(pairs.one, index) : whole(pairs.other, index));
    if (mine === 0 || share === 1) continue;
    gotOne[index] = share * mine;
    gotOther[index] = share * real(gotOther, index);
  }
}

function shrinkBaskets({ baskets }: Program.Program, { coins }: Program.Answer, keep: Float64Array): void {
  for (let index = 0; index < baskets.count; index++) {
    const [from, to] = [whole(baskets.starts, index), whole(baskets.starts, index + 1)];
    let share = 1;
    for (let coin = from; coin < to; coin++) {
      if (real(coins, coin) < 0) share = Math.min(share, real(keep, whole(baskets.tokens, coin)));
    }
    if (share < 1) for (let coin = from; coin < to; coin++) coins[coin] = share * real(coins, coin);
  }
}
