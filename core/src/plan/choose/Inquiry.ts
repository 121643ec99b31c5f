// A choice while it is being made: what was tried, the best of it, and what is left of the budget.

import { checkAbove, NetworkError } from '../network/Network.ts';
import type { Offer } from '../model/Offer.ts';
import * as Charges from '../program/Charges.ts';
import { checkReach } from '../program/checkReach.ts';
import { real, whole } from '../program/Flat.ts';
import { frame } from '../program/frame.ts';
import * as Goal from '../program/Goal.ts';
import * as Program from '../program/Program.ts';
import type { Search } from '../program/Search.ts';
import type { Solution } from '../program/Solution.ts';
import { solveProgram } from '../program/solveProgram.ts';
import type { Budget, Chosen } from './Choice.ts';
import * as Cut from './Cut.ts';
import * as Slate from './Slate.ts';

/** Hold an inquiry. */
export type Inquiry = {
  readonly slate: Slate.Slate;
  readonly goal: Goal.Goal;
  readonly frame: Goal.Frame;
  readonly budget: Budget;
  /** What doing nothing is worth {value}: −Infinity where it misses an exact target. */
  readonly idle: number;
  readonly trials: Trial[];
  /** The prices of all trials, and of programs relaxed. */
  readonly cuts: Cut.Cut[];
  best: Best;
  /** What is at stake {value}: gaps are shares of it. */
  worth: number;
  looks: number;
  solves: number;
};

/** Hold what came of trying some markets: the prices that bound what these can do, and what the flow through them uses and is worth. */
export type Trial = Cut.Cut & {
  /** Which way of each offer could trade, and which did. */
  readonly allowed: Int32Array;
  readonly used: Int32Array;
  /** What the goal makes of the flow, less the fixed costs of what it uses {value}: −Infinity where none reaches an exact target. */
  readonly value: number;
};

/** Hold the best flow so far. */
export type Best = Cut.Cut &
  Pick<Trial, 'value' | 'used'> & {
    /** What it came of; nothing where it is to do nothing. */
    readonly trial?: Trial;
    /** What holdings that ran out would be worth beyond what they count for {value/tok}. */
    readonly limits: Float64Array;
    readonly net: Float64Array;
    readonly trades: readonly (Chosen | undefined)[];
  };

/** How near each holding must be to its place in an exact target {1} of what all are worth. */
const NEAR = 1e-10;
/** Programs are solved to this share of the gap that the choice may have. */
const FINER = 0.25;
/** The most looks that one program may take: what is still open then says so in its bound. */
const MOST_LOOKS = 100;

/** Begin with doing nothing. Throws NetworkError where offers, goal or budget make no sense. */
export function begin(tokens: number, offers: readonly Offer[], goal: Goal.Goal, budget: Budget): Inquiry {
  checkAbove([budget.gap], 1, 'budget.gap');
  checkAbove([budget.looks], 1, 'budget.looks');
  const slate = Slate.of(tokens, offers);
  const rest = new Int32Array(offers.length).fill(Slate.NONE);
  Slate.allow(slate, rest);
  const laid = frame(goal, tokens);
  // No market trades: the bound is what the goal alone adds to the dual function at the prices that a search starts from, where a target
  // adds as much whether it is to be reached exactly or not.
  const start: Goal.Goal = goal.kind === 'exact' ? { ...goal, kind: 'rebalance', kappa: 1 } : goal;
  const { bound, prices } = solveProgram(slate.program, start, { gap: budget.gap, looks: 1 }, slate.space);
  const misses = goal.kind === 'exact' && Goal.off(laid, laid.held) > NEAR * laid.total;
  const idle = misses ? -Infinity : Goal.worth(laid, laid.held);
  const cut = Cut.of(slate, prices, bound, Slate.gainsAt(slate, prices));
  const best: Best = {
    ...cut,
    value: idle,
    used: rest,
    limits: new Float64Array(tokens),
    net: new Float64Array(tokens),
    trades: offers.map(() => undefined),
  };
  const fresh = { trials: [], cuts: [cut], best, worth: laid.total, looks: 2, solves: 0 };
  return { slate, goal, frame: laid, budget, idle, ...fresh };
}

/** Give the gap at which a choice is good enough {value}. */
export function allowance({ budget, worth }: Inquiry): number {
  return budget.gap * worth;
}

/** Tell whether the budget is used up. */
export function isSpent({ budget, looks }: Inquiry): boolean {
  const { clock } = budget;
  return looks >= budget.looks || (clock !== undefined && clock.now() >= clock.until);
}

/** Find a trial of these picks: it allowed them, or what it allowed beyond them rested. */
export function find({ trials }: Inquiry, picks: Int32Array): Trial | undefined {
  return trials.find(({ allowed, used }) => isSame(used, picks) || isSame(allowed, picks));
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  for (let offer = 0; offer < one.length; offer++) if (one[offer] !== other[offer]) return false;
  return true;
}

/** Try picks, unless that was done before: find the best flow through them alone, starting from prices near those that it ends with. */
export function attempt(inquiry: Inquiry, picks: Int32Array, near?: Float64Array): Trial {
  const known = find(inquiry, picks);
  if (known !== undefined) return known;
  const { slate, best } = inquiry;
  const found = solve(inquiry, picks, near);
  if (found === undefined) return miss(inquiry, picks);
  const flow = read(slate, picks, found);
  // What can be gained is part of what is at stake where nothing is held.
  if (inquiry.trials.length === 0 && inquiry.frame.kind === 'convert')
    inquiry.worth = Math.max(inquiry.worth, found.bound);
  const trial = { ...cutOf(inquiry, picks, found), allowed: picks.slice(), used: flow.used, value: flow.value };
  inquiry.trials.push(trial);
  inquiry.cuts.push(trial);
  if (flow.value > best.value) inquiry.best = { ...flow, ...trial, trial, limits: found.limits };
  return trial;
}

/** Note that no flow through the picked ways was found to reach an exact target: that bounds nothing, and has no prices of its own. */
function miss(inquiry: Inquiry, picks: Int32Array): Trial {
  const { slate, best } = inquiry;
  const cut = Cut.of(slate, best.prices, Infinity, slate.none);
  const trial = { ...cut, allowed: picks.slice(), used: picks.slice(), value: -Infinity };
  inquiry.trials.push(trial);
  return trial;
}

/** Tell whether what is open joins what is held to what an exact target wants: what does not need not be searched. */
export function reaches({ slate, goal, frame: laid }: Inquiry, open: Cut.Open): boolean {
  if (goal.kind !== 'exact' || Goal.off(laid, laid.held) <= NEAR * laid.total) return true;
  Slate.allowOpen(slate, open);
  return attempted(() => checkReach(slate.program, laid)) !== undefined;
}

/** Give what comes of a search, or undefined where it is refused: beyond the first, refusals only say which choices miss an exact target. */
function attempted<Found>(search: () => Found): { readonly found: Found } | undefined {
  try {
    return { found: search() };
  } catch (error) {
    if (error instanceof NetworkError) return undefined;
    throw error;
  }
}

/**
 * Relax the choice among what is open: markets are used to shares that grow with what they gain beyond their fixed cost, ever more
 * sharply, and paid by share. The prices that this ends with bound the choice almost as well as any prices do.
 */
export function relax(inquiry: Inquiry, open: Cut.Open, near: Cut.Cut, blurs: readonly number[]): Cut.Cut {
  const { slate } = inquiry;
  const picks = open.map((bits, offer) => Cut.favourite(near, slate, offer, bits === 1 ? bits : bits & ~1));
  const charges = slate.none.slice();
  for (let offer = 0; offer < picks.length; offer++) {
    const pick = whole(picks, offer);
    if (pick === Slate.NONE || !Cut.isOpen(whole(open, offer), Slate.NONE)) continue;
    charges[whole(slate.starts, offer) + pick] = real(slate.fixed, offer);
  }
  let [prices, cut] = [near.prices, near];
  for (const blur of blurs) {
    if (isSpent(inquiry)) break;
    Program.charge(slate.program, charges, blur);
    const found = solve(inquiry, picks, prices);
    if (found === undefined) break;
    prices = found.prices;
    cut = cutOf(inquiry, picks, found, { charges, blur });
    inquiry.cuts.push(cut);
  }
  return cut;
}

function solve(inquiry: Inquiry, picks: Int32Array, near: Float64Array | undefined): Solution | undefined {
  const { slate, goal, budget } = inquiry;
  Slate.allow(slate, picks);
  const first = goal.kind === 'exact' && inquiry.solves === 0;
  // An exact target has to be reached once, whatever the budget.
  const looks = first ? MOST_LOOKS : Math.max(1, Math.min(MOST_LOOKS, budget.looks - inquiry.looks));
  const search = { gap: FINER * budget.gap, looks, ...startFrom(slate, near) };
  const run = (from: Search) => {
    const refusable = goal.kind === 'exact' && !first;
    const search = () => solveProgram(slate.program, goal, from, slate.space);
    const found = refusable ? attempted(search)?.found : search();
    inquiry.looks += found?.looks ?? looks;
    inquiry.solves += 1;
    return found;
  };
  const found = run(search);
  if (found === undefined || found.closed || search.prices === undefined || isSpent(inquiry)) return found;
  // What follows may take as many looks twice.
  if (budget.looks - inquiry.looks < 2 * looks) return found;
  // Prices that come of other markets may lead astray, where these take any amount at them. A solution stands in the one workspace.
  const { prices: _, ...afresh } = search;
  const other = run(afresh);
  return other !== undefined && other.gap <= found.gap ? other : run(search);
}

/** Start from known prices, unless a market that may trade would take any amount of a token at them. */
function startFrom({ program }: Slate.Slate, prices: Float64Array | undefined): Pick<Search, 'prices'> {
  if (prices === undefined) return {};
  const drained = prices.some((price, token) => !(price > 0) && whole(program.unbounded, token) === 1);
  return drained ? {} : { prices };
}

/** Read prices out of a solution, with what the goal alone adds there: the bound without what the picked ways added to it. */
function cutOf(
  inquiry: Inquiry,
  picks: Int32Array,
  { prices, bound }: Solution,
  { charges, blur }: { readonly charges: Float64Array; readonly blur: number } = {
    charges: inquiry.slate.none,
    blur: 1,
  },
): Cut.Cut {
  const { slate } = inquiry;
  const gains = Slate.gainsAt(slate, prices);
  inquiry.looks += 1;
  let base = bound;
  for (let offer = 0; offer < picks.length; offer++) {
    if (whole(picks, offer) === Slate.NONE) continue;
    const way = whole(slate.starts, offer) + whole(picks, offer);
    base -= Charges.netOf(real(gains, way), real(charges, way), blur);
  }
  // Where the price of a token that nothing wants has fallen to nothing, prices bound nothing.
  return Cut.of(slate, prices, Number.isFinite(base) ? base : Infinity, gains);
}

/** Read what each offer trades out of a solution, and what the flow is worth after the fixed costs of these. */
function read(
  { program, starts, fixed }: Slate.Slate,
  picks: Int32Array,
  { answer, share, net, value }: Solution,
): Pick<Best, 'value' | 'used' | 'net' | 'trades'> {
  const used = new Int32Array(picks.length).fill(Slate.NONE);
  let cost = 0;
  const trades = Array.from(picks, (alternative, offer): Chosen | undefined => {
    if (alternative === Slate.NONE || share === 0) return undefined;
    const got = Program.trade(program, answer, whole(starts, offer) + alternative);
    if (got.every((amount) => amount === 0)) return undefined;
    used[offer] = alternative;
    cost += real(fixed, offer);
    return { alternative, got: share === 1 ? got : got.map((amount) => amount * share) };
  });
  return { value: value - cost, used, net, trades };
}
