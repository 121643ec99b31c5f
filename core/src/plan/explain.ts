// A plan in words: what it does and costs, and a plain sentence for everything that it leaves alone.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { ONE } from '../money/Fixed.ts';
import { dollars, type Usd } from '../money/Price.ts';
import type { Portfolio, Position } from '../portfolio/Portfolio.ts';
import type { Stopped } from './allow.ts';
import type { Choice } from './choose/Choice.ts';
import * as Cost from './Cost.ts';
import type { Made } from './fill.ts';
import type { Passed, Skip, Swap } from './Plan.ts';
import { quantize } from './quantize.ts';
import * as Goal from './program/Goal.ts';
import type { Survey } from './survey.ts';

/** Hold what a plan was made from, and what came of it. */
export type Told = {
  readonly seen: Survey;
  readonly choice: Choice;
  readonly portfolio: Portfolio;
  readonly stopped: readonly Stopped[];
  readonly made: readonly Made[];
  /** The goal as the program lays it out. */
  readonly framed: Goal.Frame;
};

/** What a market would have to gain to be worth a word {USD}. */
const WORD = 0.01;

/** Say what a plan does and what that costs. */
export function summary(turnover: Usd, deeds: readonly (readonly Swap[])[], cost: Cost.Cost): string {
  if (deeds.length === 0) return 'nothing is worth trading';
  const { fee, impact, gas, bridge, mev } = cost;
  const parts = [
    `fees ${dollars(fee)}, price impact ${dollars(impact)}, gas ${dollars(gas)}`,
    ...(bridge > 0n ? [`bridges ${dollars(bridge)}`] : []),
    ...(mev > 0n ? [`MEV ${dollars(mev)}`] : []),
  ].join(', ');
  return `${deeds.map(deed).join('; ')}: ${dollars(turnover)} for ${dollars(Cost.total(cost))} (${parts})`;
}

/** Give every asset that is not traded its reason, in the portfolio's order. */
export function explain(told: Told): readonly Skip[] {
  const traded = new Set(told.made.flatMap(({ trade: { sell, buy } }) => [sell.asset.id, buy.asset.id]));
  return told.portfolio.positions.flatMap((position) => {
    const { id } = position.asset;
    return traded.has(id) ? [] : [{ asset: id, why: reason(told, position, told.seen.assets.indexOf(id)) }];
  });
}

/** Give every market that was not used its reason, where it has one: it cannot be, or it would gain something but not its gas. */
export function passOver({ seen, choice }: Pick<Told, 'seen' | 'choice'>): readonly Passed[] {
  const dear = seen.markets.flatMap(({ id }, index): readonly Passed[] => {
    const gain = choice.gains[index] ?? 0;
    if (choice.trades[index] !== undefined || !(gain > WORD && gain < MOST)) return [];
    const fixed = seen.offers[index]?.fixed ?? 0;
    return [{ market: id, why: `would gain ${usd(gain)} at this plan's prices; using it costs ${usd(fixed)} of gas` }];
  });
  return [...dear, ...seen.unusable.map(({ market, why }) => ({ market, why }))];
}

function reason(told: Told, position: Position, token: number): string {
  const { id } = position.asset;
  const off = offTarget(told, position, token);
  // A billionth of the portfolio is what rounding leaves of a weight that is wanted as it is.
  if (Math.abs(off) <= approximate(told.portfolio.value, ONE) * 1e-9) return 'where it should be';
  const stop =
    told.stopped.find(({ trade }) => trade.sell.asset.id === id) ??
    told.stopped.find(({ trade }) => trade.buy.asset.id === id);
  if (stop !== undefined) {
    const own = stop.trade.sell.asset.id === id;
    return own ? stop.why : `blocked by ${stop.trade.sell.asset.symbol}: ${stop.why}`;
  }
  if (off > 0 && position.held < 0n) return 'cannot be sold: it is owed, and a plan draws no loan';
  if (off > 0 && position.held === 0n) {
    return `cannot be sold: it ${position.staked > position.arriving ? 'is staked' : 'has yet to arrive'}`;
  }
  if (!told.seen.markets.some(({ assets }) => assets.includes(id))) return untraded(told, id);
  return `${usd(Math.abs(off))} ${off > 0 ? 'over' : 'under'} its target: ${unworthy(told, token, off)}`;
}

/** How far a position is above its target {USD}. */
function offTarget({ seen, portfolio }: Told, { value }: Position, token: number): number {
  return approximate(value, ONE) - (seen.goal.weights[token] ?? 0) * approximate(portfolio.value, ONE);
}

/** Say why no market trades an asset: what stands against one of those that would, if any. */
function untraded({ seen }: Told, asset: AssetId): string {
  const why = seen.unusable.find(({ assets }) => assets.includes(asset))?.why;
  return `no market that can be used trades it${why === undefined ? '' : `: ${why}`}`;
}

/** Say what a dollar moved would gain at most, after all that the plan was to trade. */
function unworthy({ seen, choice, framed }: Told, token: number, off: number): string {
  const after = framed.held.map((value, at) => value + (choice.net[at] ?? 0) * (framed.first[at] ?? 0));
  const worths = Goal.marginal(framed, after);
  const own = worths.slice(0, seen.positions.length);
  const [worth, most, least] = [worths[token] ?? 0, Math.max(...own), Math.min(...own)];
  const gain = off > 0 ? most - worth : worth - least;
  return `moving it would gain at most ${(100 * Math.max(0, gain)).toPrecision(2)} % of what is moved, and its markets and their gas cost more`;
}

/** Say what one trade does, and in how many pieces. */
function deed(swaps: readonly Swap[]): string {
  const [first] = swaps;
  if (first === undefined) return '';
  return swaps.length === 1 ? first.why : `${swaps.length} times, one a block, ${first.why}`;
}

/** Beyond this {USD} a figure tells no more than that it is large: at prices of zero a market gives all that it has. */
const MOST = 1e15;

/** Write a belief in dollars. It is words, no amount: nothing is traded by it. */
function usd(amount: number): string {
  return amount < MOST ? dollars(quantize(amount, ONE)) : `over ${dollars(quantize(MOST, ONE))}`;
}
