// What it costs to use markets whatever they trade, relaxed and blurred: a market is used to a share between none and all, which follows
// smoothly from what it would gain beyond its charge. The prices that such a search ends with are nearly those that bound every choice
// of markets best, and the shares say which ones to doubt (smoothing by entropy: Nesterov, 2005).

import type * as Baskets from './Baskets.ts';
import { real, whole } from './Flat.ts';
import type * as LadderAnswers from './LadderAnswers.ts';
import type * as Ladders from './Ladders.ts';
import type * as Pairs from './Pairs.ts';
import type { Program } from './Program.ts';

/** Hold the charges {value} of pairs and of baskets, and how much of a charge decides between none and all of a market {1}: zero for no charges. */
export type Charges = { readonly pairs: Float64Array; readonly baskets: Float64Array; readonly blur: Float64Array };

/** Hold what charges come to, with what their blur is worth: the one number {value} that is in it. */
export type Answers = { readonly charged: Float64Array };

/** Charge nothing. */
export function none(pairs: number, baskets: number): Charges {
  return { pairs: new Float64Array(pairs), baskets: new Float64Array(baskets), blur: new Float64Array(1) };
}

/** Compute which share {1} of a market is used that gains so much {value}: half of it where the gain pays for the charge. */
export function shareOf(gain: number, charge: number, blur: number): number {
  return charge === 0 ? 1 : 1 / (1 + Math.exp((charge - gain) / (blur * charge)));
}

/** Compute what a market adds to the dual function that gains so much before its charge {value}: the integral of its share over gains. */
export function netOf(gain: number, charge: number, blur: number): number {
  if (charge === 0) return gain;
  const scale = blur * charge;
  return scale * (softplus((gain - charge) / scale) - softplus(-1 / blur));
}

function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Let every market answer with the share of its trade that its charge leaves of it. */
export function respond(
  { charges, pairs, baskets, ladders }: Program,
  prices: Float64Array,
  into: Pairs.Answers & Baskets.Answers & LadderAnswers.Answers & Answers,
): void {
  into.charged[0] = 0;
  if (real(charges.blur, 0) === 0) return;
  respondPairs(charges, pairs, ladders, prices, into);
  respondBaskets(charges, baskets, prices, into);
}

function respondPairs(
  charges: Charges,
  { one, other }: Pairs.Pairs,
  ladders: Ladders.Ladders,
  prices: Float64Array,
  { gotOne, gotOther, turn, withheld, beyond, charged }: Pairs.Answers & LadderAnswers.Answers & Answers,
): void {
  const blur = real(charges.blur, 0);
  for (let index = 0; index < gotOne.length; index++) {
    const charge = real(charges.pairs, index);
    if (charge === 0 || real(gotOne, index) === 0) continue;
    const mine = real(prices, whole(one, index)) * real(gotOne, index);
    const theirs = real(prices, whole(other, index)) * real(gotOther, index);
    // A ladder is used as a search sees it; what is beyond that is what makes the bound its own.
    const ladder = index - ladders.first;
    const hidden = ladder >= 0 ? real(prices, whole(other, index)) * real(withheld, ladder) : 0;
    const gain = mine + theirs - hidden;
    const share = shareOf(gain, charge, blur);
    charged[0] = real(charged, 0) + netOf(gain, charge, blur) - share * gain;
    if (ladder >= 0) {
      const sharply = netOf(mine + theirs + real(beyond, ladder), charge, blur);
      withheld[ladder] = share * real(withheld, ladder);
      beyond[ladder] = sharply - netOf(gain, charge, blur) - share * hidden;
    }
    gotOne[index] = share * real(gotOne, index);
    gotOther[index] = share * real(gotOther, index);
    turn[index] = share * real(turn, index) + stiffness(mine, theirs, share, charge, blur);
  }
}

/** How a share turning with the prices adds to how the trade of two coins worth so much {value} turns. */
function stiffness(mine: number, theirs: number, share: number, charge: number, blur: number): number {
  return (Math.max(0, -mine * theirs) * share * (1 - share)) / (blur * charge);
}

function respondBaskets(
  charges: Charges,
  { count, starts, links, tokens }: Baskets.Baskets,
  prices: Float64Array,
  { coins, turns, charged }: Baskets.Answers & Answers,
): void {
  const blur = real(charges.blur, 0);
  const worth = (coin: number) => real(prices, whole(tokens, coin)) * real(coins, coin);
  for (let index = 0; index < count; index++) {
    const charge = real(charges.baskets, index);
    const [from, to] = [whole(starts, index), whole(starts, index + 1)];
    let gain = 0;
    for (let coin = from; coin < to; coin++) gain += worth(coin);
    if (charge === 0 || gain === 0) continue;
    const share = shareOf(gain, charge, blur);
    charged[0] = real(charged, 0) + netOf(gain, charge, blur) - share * gain;
    let link = whole(links, index);
    for (let one = from; one < to; one++) {
      for (let other = one + 1; other < to; other++) {
        turns[link] = share * real(turns, link) + stiffness(worth(one), worth(other), share, charge, blur);
        link += 1;
      }
    }
    for (let coin = from; coin < to; coin++) coins[coin] = share * real(coins, coin);
  }
}
