// The certificate of a plan: what it is worth as it will be executed, and what no other is worth more than.

import { approximate } from '../money/approximate.ts';
import { max, ONE } from '../money/Fixed.ts';
import * as Gas from '../market/Gas.ts';
import type { Usd } from '../money/Price.ts';
import type { Portfolio } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Choice } from './choose/Choice.ts';
import type { Proof, Shadow } from './Proof.ts';
import type { Survey } from './survey.ts';

/** Hold what is proved: `objective` of the plan in whole atoms {USD}, and how much more was to be sold than custody has room for. */
export type Claim = {
  readonly seen: Survey;
  readonly choice: Choice;
  readonly snapshot: Snapshot;
  readonly portfolio: Portfolio;
  readonly objective: number;
  readonly beyond: Usd;
};

/** A bound that a search has not found yet is put so high {USD}: a number that can be written down. */
const UNKNOWN = 1e18;

/**
 * Certify a plan. The choice's bound counts the gas of each market; any plan that trades pays besides for telling custody and for what a
 * fill costs more than one market in it: the bound is lower by that, but never below doing nothing.
 */
export function prove({ seen, choice, snapshot, portfolio, objective, beyond }: Claim): Proof {
  const { gas } = snapshot;
  const beside = Gas.costUp(gas, gas.authorise + max(0n, gas.swap - gas.hop), 0n);
  const known = Math.min(UNKNOWN, choice.bound - approximate(beside, ONE));
  const bound = Math.max(objective, choice.idle, known);
  const gap = bound - objective;
  return {
    objective,
    idle: choice.idle,
    bound,
    gap,
    gapBps: (1e4 * gap) / approximate(portfolio.value, ONE),
    looks: choice.looks,
    solves: choice.solves,
    shadows: [...held(seen, choice), ...emptied(seen, choice), ...(beyond > 0n ? [turnover(gap, beyond)] : [])],
  };
}

/** Price what the plan would sell more of if more were held. */
function held({ goal, positions }: Survey, { shadows }: Choice): readonly Shadow[] {
  return positions.flatMap(({ asset }, token): readonly Shadow[] => {
    const price = (shadows.limits[token] ?? 0) / (goal.prices[token] ?? 1);
    // What has a target is not sold to below it: that is no limit of anybody's but the plan's own.
    if (!(price > 0) || (goal.weights[token] ?? 0) > 0) return [];
    const why = `all that can be sold of ${asset.symbol} is sold; a dollar more of it would count for $${price.toPrecision(2)}`;
    return [{ limit: 'held', asset: asset.id, price, why }];
  });
}

/** Price what the plan would send more of through a market that it uses to its end. */
function emptied({ markets, offers, goal }: Survey, { shadows, trades }: Choice): readonly Shadow[] {
  return shadows.capacities.flatMap(({ offer, price }): readonly Shadow[] => {
    const [market, trade] = [markets[offer], trades[offer]];
    const model = offers[offer]?.alternatives[trade?.alternative ?? 0];
    const token = model?.tokens.find((_, coin) => (trade?.got[coin] ?? 0) < 0);
    if (market === undefined || token === undefined) return [];
    const gain = price / (goal.prices[token] ?? 1);
    const why = `${market.id} takes no more; a dollar more sent through it would count for $${gain.toPrecision(2)}`;
    return [{ limit: 'market', market: market.id, price: gain, why }];
  });
}

/** Price custody's room to sell by what the plan could gain with as much of it as was wanted: on average a dollar of it gains no more. */
function turnover(gap: number, beyond: Usd): Shadow {
  const price = gap / approximate(beyond, ONE);
  return {
    limit: 'turnover',
    price,
    why: `custody has no more room to sell; a dollar more of it would count for $${price.toPrecision(2)} at most, on average`,
  };
}
