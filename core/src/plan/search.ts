// Which trades to make: the program chooses, its choice is made into trades of whole atoms, and where those fall short of what it promised
// it chooses again.

import { approximate } from '../money/approximate.ts';
import { ONE } from '../money/Fixed.ts';
import * as Gas from '../market/Gas.ts';
import { allow, type Allowed, type Stopped } from './allow.ts';
import type { Budget, Choice } from './choose/Choice.ts';
import { chooseMarkets } from './choose/chooseMarkets.ts';
import { type Desk, worthAtOnce } from './Desk.ts';
import { fill, type Made } from './fill.ts';
import { sequence, type Trade } from './sequence.ts';
import type { Survey } from './survey.ts';
import { tradesOf } from './tradesOf.ts';

/** Hold trades that can be made, and what stopped others. */
export type Done = { readonly made: readonly Made[]; readonly stopped: readonly Stopped[] };

/** Hold a choice of markets and the trades that come of it, with what the portfolio counts for after them {USD}. */
type Attempt = {
  readonly choice: Choice;
  readonly allowed: Allowed;
  readonly misleading: ReadonlySet<number>;
  readonly done: Done;
  readonly worth: number;
};

/** A plan that falls short of its bound by less than this part {1} of the portfolio is not tried again. */
const NEAR = 1e-4;
/** What share {1} of the budget the first choice may spend: what misled it takes the rest. */
const FIRST = 0.5;
/** How often what misled is taken out of a choice. */
const ROUNDS = 2;

/**
 * Choose markets and make trades of the choice. The program knows neither what a fill costs beside its markets, nor that circles, which gain
 * where markets disagree among themselves, are no fills of ours, nor that whole lots are not what another market pays: where one of these
 * may have misled it, it chooses again with every market as dear as a fill, or without the markets that mostly took part in circles or were
 * to take lots, and the best trades count. The bound is that of the first choice.
 */
export function search(desk: Desk, budget: Budget) {
  const { seen, portfolio, snapshot } = desk;
  const value = approximate(portfolio.value, ONE);
  let picks: readonly number[] = [...seen.offers.keys()];
  const first = attempt(desk, picks, 0, { ...budget, looks: Math.ceil(FIRST * budget.looks) });
  const { bound } = first.choice;
  let [top, last, looks, solves] = [first, first, first.choice.looks, first.choice.solves];
  const again = (least: number): void => {
    last = attempt(desk, picks, least, { ...budget, looks: budget.looks - looks });
    looks += last.choice.looks;
    solves += last.choice.solves;
    if (last.worth > top.worth) top = last;
  };
  const open = (): boolean => bound - top.worth > NEAR * value && looks < budget.looks;
  for (let round = 0; round < ROUNDS && open() && last.misleading.size > 0; round++) {
    const { misleading } = last;
    picks = picks.filter((index) => !misleading.has(index));
    again(0);
  }
  if (open()) again(approximate(Gas.costUp(snapshot.gas, snapshot.gas.swap), ONE));
  return { ...top, choice: { ...top.choice, looks, solves }, bound };
}

/** Choose among some offers, each at least as dear as `least` {USD}, and make trades of the choice at once. */
function attempt(desk: Desk, picks: readonly number[], least: number, budget: Budget): Attempt {
  const { seen, snapshot, trading, portfolio } = desk;
  const offers = picks.flatMap((index) => seen.offers[index] ?? []);
  const dear = least === 0 ? offers : offers.map((offer) => ({ ...offer, fixed: Math.max(offer.fixed, least) }));
  const choice = among(seen, picks, chooseMarkets(seen.assets.length, dear, seen.goal, budget));
  const { trades, misleading } = tradesOf(seen, choice, portfolio.value, desk.dust);
  const allowed = allow(trades, snapshot.custody.turnoverRoom, trading.minNotional);
  const done = best(desk, sequence(desk.before, allowed.trades));
  return { choice, allowed, misleading, done, worth: worthAtOnce(desk, done.made) };
}

/** Say of a choice among some of the survey's offers what it is among all of them. */
function among({ offers }: Survey, picks: readonly number[], choice: Choice): Choice {
  if (picks.length === offers.length) return choice;
  const places = new Map(picks.map((index, place) => [index, place]));
  const { trades, gains, shadows } = choice;
  return {
    ...choice,
    trades: offers.map((_, index) => trades[places.get(index) ?? -1]),
    gains: offers.map((_, index) => gains[places.get(index) ?? -1] ?? 0),
    shadows: { ...shadows, capacities: shadows.capacities.map((one) => ({ ...one, offer: picks[one.offer] ?? -1 })) },
  };
}

/** Fill trades, and leave out again, one by one, those without which the plan is worth more: gas has a price for every fill. */
function best(desk: Desk, trades: readonly Trade[]): Done {
  let kept = trades;
  const dropped: Stopped[] = [];
  for (;;) {
    const { made, stopped } = fillAll(desk, kept);
    const gone = leastWorth(desk, made);
    if (gone === undefined) return { made, stopped: [...dropped, ...stopped] };
    kept = kept.filter((trade) => trade !== gone);
    dropped.push({ trade: gone, why: 'would gain less than the gas of its fill' });
  }
}

/** Find the trade without which the plan would be worth most, if that is no less than with it. */
function leastWorth(desk: Desk, made: readonly Made[]): Trade | undefined {
  let most = worthAtOnce(desk, made);
  let found: Trade | undefined;
  for (const one of made) {
    const without = worthAtOnce(
      desk,
      made.filter((other) => other !== one),
    );
    if (without >= most) [found, most] = [one.trade, without];
  }
  return found;
}

/** Fill trades one after another, each on the markets that those before it leave behind. */
function fillAll(desk: Desk, trades: readonly Trade[]): Done {
  const made: Made[] = [];
  const stopped: Stopped[] = [];
  let markets = desk.before;
  for (const trade of trades) {
    const filled = fill(markets, trade, desk);
    if (filled.kind === 'made') {
      made.push(filled);
      markets = filled.after;
    } else stopped.push({ trade, why: filled.why });
  }
  return { made, stopped };
}
