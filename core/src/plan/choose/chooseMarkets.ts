// Which markets are worth their gas. A fixed cost makes the program a choice of markets: few are chosen from exactly; for many, two rules that
// fail in different places go first, and the exact search goes on from there as long as the budget lasts. Either way prices say how
// much could have been missed.

import { at } from '../../forecast/Numbers.ts';
import type { Offer } from '../model/Offer.ts';
import { whole } from '../program/Flat.ts';
import type { Goal } from '../program/Goal.ts';
import { applyRules } from './applyRules.ts';
import type { Budget, Choice } from './Choice.ts';
import * as Cut from './Cut.ts';
import { explore } from './explore.ts';
import * as Inquiry from './Inquiry.ts';
import { capacitiesAt } from './Shadows.ts';
import { NONE, type Slate } from './Slate.ts';

/** What is asked where nothing else is. */
const BUDGET: Budget = { gap: 1e-8, looks: 2_000 };
/** The most offers in doubt that are chosen from without a rule of thumb first. */
const EXACT = 12;
/** How sharply {1} shares turn as the choice is relaxed, step by step: at once, the search would take more looks. */
const BLURS = [0.3, 0.1, 0.03, 0.01];

/**
 * Choose which offers to use, in which of their ways, and the flow through them, so that what the goal makes of the flow less the fixed
 * costs of what is used is largest. As long as the budget lasts no choice is better by more than its gap; a spent budget returns the best choice
 * so far with the gap that is left. Nothing is ever worth less than doing nothing, which is what no offers at all come to. Throws
 * NetworkError naming the offer, the market, the goal or the budget that makes no sense.
 */
export function chooseMarkets(tokens: number, offers: readonly Offer[], goal: Goal, budget: Budget = BUDGET): Choice {
  const inquiry = Inquiry.begin(tokens, offers, goal, budget);
  return conclude(inquiry, offers.length === 0 ? inquiry.idle : search(inquiry));
}

/** Search, and return what no choice is worth more than {value}. */
function search(inquiry: Inquiry.Inquiry): number {
  const { slate, best } = inquiry;
  const all = Cut.everything(slate);
  const first = Inquiry.attempt(inquiry, favouritesOf(best, slate, Cut.paid(all)));
  const proved = () => Cut.ceiling(first, slate, all) <= inquiry.best.value + Inquiry.allowance(inquiry);
  if (proved() || Inquiry.isSpent(inquiry)) return explore(inquiry, first);
  const relaxed = Inquiry.relax(inquiry, all, first, BLURS);
  if (!Inquiry.isSpent(inquiry)) Inquiry.attempt(inquiry, favouritesOf(relaxed, slate, all), relaxed.prices);
  if (inDoubt(inquiry, relaxed) > EXACT) applyRules(inquiry, first, relaxed);
  return explore(inquiry, relaxed);
}

function favouritesOf(cut: Pick<Cut.Cut, 'gains'>, slate: Slate, open: Cut.Open): Int32Array {
  return open.map((bits, offer) => Cut.favourite(cut, slate, offer, bits));
}

/**
 * Count the offers in doubt. At prices that bound all choices by U, to use an offer that gains d < 0 after its cost, or not to use one that
 * gains d > 0, is bounded by U − |d|: an offer for which that is less than the best known choice is decided (Dantzig, Fulkerson, Johnson, 1954).
 */
function inDoubt({ slate, best }: Inquiry.Inquiry, cut: Cut.Cut): number {
  const all = Cut.everything(slate);
  const spare = Cut.ceiling(cut, slate, all) - best.value;
  const own = (bits: number, offer: number) =>
    Cut.gainOf(cut, slate, offer, Cut.favourite(cut, slate, offer, bits & ~Cut.bitOf(NONE)));
  return all.filter((bits, offer) => Math.abs(own(bits, offer)) < spare).length;
}

function conclude({ best, slate, idle, looks, solves }: Inquiry.Inquiry, ceiling: number): Choice {
  const bound = Math.max(ceiling, best.value);
  const ways = slate.offers.map((offer, index) => {
    const pick = whole(best.used, index);
    return pick === NONE ? undefined : at(offer.alternatives, pick);
  });
  const free = Cut.paid(Cut.everything(slate));
  return {
    trades: best.trades,
    net: best.net,
    prices: best.prices,
    gains: slate.offers.map((_, index) => {
      const pick = Cut.favourite(best, slate, index, whole(free, index));
      return Cut.gainOf(best, slate, index, pick) + (slate.fixed[index] ?? NaN);
    }),
    value: best.value,
    bound,
    gap: bound - best.value,
    idle,
    looks,
    solves,
    shadows: { limits: best.limits, capacities: capacitiesAt(ways, best.trades, best.prices) },
  };
}
