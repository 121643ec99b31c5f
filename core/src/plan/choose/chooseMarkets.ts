// Which markets are worth their gas. A fixed cost makes the program a choice of markets. Relaxed, it says almost what the best choice is and
// what none is worth more than; an exact search closes what is left. Where that takes too long, two rules of thumb that fail in
// different places have their turn, and prices say how much could still have been missed.

import { at } from '../../forecast/Numbers.ts';
import type { Offer } from '../model/Offer.ts';
import { real, whole } from '../program/Flat.ts';
import type { Goal } from '../program/Goal.ts';
import type { Budget, Choice } from './Choice.ts';
import * as Cut from './Cut.ts';
import { dropSmallest } from './dropSmallest.ts';
import { eliminate } from './eliminate.ts';
import { explore } from './explore.ts';
import * as Frontier from './Frontier.ts';
import * as Inquiry from './Inquiry.ts';
import { capacitiesAt } from './Shadows.ts';
import { NONE, type Slate } from './Slate.ts';

/** What is asked where nothing else is. */
const BUDGET: Budget = { gap: 1e-8, looks: 2_000 };
/** The most offers in doubt for which the exact search has the whole budget. */
const EXACT = 12;
/** The share {1} of the budget after which it lets the rules have their turn where more are in doubt. */
const TURN = 0.8;
/** How sharply {1} shares turn as the choice is relaxed, step by step: at once, the search would take more looks. */
const BLURS = [0.3, 0.03];
/** An offer that gains at least this share {1} of its cost where the choice is relaxed may have its place in it. */
const NEAR = 0.4;

/**
 * Choose which offers to use, in which of their ways, and the flow through them, so that what the goal makes of the flow less the fixed
 * costs of what is used is largest. Where the budget lasts no choice is better by more than its gap; a spent budget returns the best
 * choice so far with the gap that is left. Nothing is ever worth less than doing nothing, which is what no offers at all come to.
 * Throws NetworkError naming the offer, the market, the goal or the budget that makes no sense, or why an exact target is not reached.
 */
export function chooseMarkets(tokens: number, offers: readonly Offer[], goal: Goal, budget: Budget = BUDGET): Choice {
  const inquiry = Inquiry.begin(tokens, offers, goal, budget);
  const isNothing = offers.length === 0 && inquiry.idle > -Infinity;
  return conclude(inquiry, isNothing ? inquiry.idle : search(inquiry));
}

/** Search, and return what no choice is worth more than {value}. */
function search(inquiry: Inquiry.Inquiry): number {
  const { slate, best, budget } = inquiry;
  const all = Cut.everything(slate);
  const first = Inquiry.attempt(inquiry, Cut.favourites(best, slate, Cut.paid(all)));
  if (first.top <= inquiry.best.value + Inquiry.allowance(inquiry)) return first.top;
  const relaxed = Inquiry.relax(inquiry, all, first, BLURS);
  round(inquiry, relaxed);
  const frontier = Frontier.of(slate, relaxed);
  const turn = inDoubt(inquiry, relaxed) > EXACT ? TURN * budget.looks : Infinity;
  const bound = explore(inquiry, frontier, turn);
  if (bound <= inquiry.best.value + Inquiry.allowance(inquiry) || Inquiry.isSpent(inquiry)) return bound;
  dropSmallest(inquiry, first);
  if (inquiry.best.trial !== undefined) eliminate(inquiry, inquiry.best.trial);
  return explore(inquiry, frontier, Infinity);
}

/**
 * Try what a relaxed choice comes near to: what pays at its prices, what almost does, and with that what pays at the prices that come of
 * it, as what was left out may be the only way to or from a token.
 */
function round(inquiry: Inquiry.Inquiry, relaxed: Cut.Cut): void {
  const { slate } = inquiry;
  let near: Inquiry.Trial | undefined;
  for (const share of [1, NEAR]) {
    if (Inquiry.isSpent(inquiry)) return;
    near = Inquiry.attempt(inquiry, paying(relaxed, slate, share), relaxed.prices);
  }
  if (near === undefined || Inquiry.isSpent(inquiry)) return;
  const { used, prices } = near;
  const more = paying(near, slate, 1);
  const joined = used.map((pick, offer) => (pick === NONE ? whole(more, offer) : pick));
  Inquiry.attempt(inquiry, joined, prices);
}

/** Pick the favourite way of every offer that gains more than so much {1} of its cost. */
function paying(cut: Cut.Cut, slate: Slate, share: number): Int32Array {
  return Cut.favourites(cut, slate, Cut.paid(Cut.everything(slate))).map((pick, offer) =>
    Cut.gainOf(cut, slate, offer, pick) > (share - 1) * real(slate.fixed, offer) ? pick : NONE,
  );
}

/**
 * Count the offers in doubt. At prices that bound all choices by U, to use an offer that gains d < 0 after its cost, or not to use one that
 * gains d > 0, is bounded by U − |d|: an offer for which that is less than the best known choice is decided (Dantzig, Fulkerson, Johnson, 1954).
 */
function inDoubt({ slate, best }: Inquiry.Inquiry, cut: Cut.Cut): number {
  const picks = Cut.favourites(cut, slate, Cut.paid(Cut.everything(slate)));
  const spare = cut.top - best.value;
  return picks.filter((pick, offer) => Math.abs(Cut.gainOf(cut, slate, offer, pick)) < spare).length;
}

function conclude({ best, slate, idle, looks, solves }: Inquiry.Inquiry, ceiling: number): Choice {
  const { trades, net, prices, value } = best;
  const bound = Math.max(ceiling, value);
  const picks = Cut.favourites(best, slate, Cut.paid(Cut.everything(slate)));
  const gains = Array.from(picks, (pick, offer) => real(best.gains, whole(slate.starts, offer) + pick));
  const models = slate.offers.map(({ alternatives }, offer) => {
    const trade = trades[offer];
    return trade === undefined ? undefined : at(alternatives, trade.alternative);
  });
  const shadows = { limits: best.limits, capacities: capacitiesAt(models, trades, prices) };
  return { trades, net, prices, gains, value, bound, gap: bound - value, idle, looks, solves, shadows };
}
