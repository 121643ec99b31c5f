// What a model pays for an amount: the forward question, which the program never asks. It is what a plan's trade is checked by, and what
// models are held against exact markets by.

import { at, sum } from '../../forecast/Numbers.ts';
import type { Concentrated } from '../network/Concentrated.ts';
import * as Ranges from '../network/Concentrated.ts';
import { NetworkError } from '../network/Network.ts';
import * as Deposits from '../program/Deposits.ts';
import type { Rung } from '../program/Ladders.ts';
import type { Model } from '../program/Program.ts';
import type { Stable } from '../program/StablePairs.ts';
import type { Weighted } from '../program/WeightedPairs.ts';

/** State how much a model takes of what is tendered, and what it pays {tok}. */
export type Quoted = { readonly sold: number; readonly bought: number };

/** Tender `amount` {tok} of the token `from` for the token `to`, as far as the model reaches. Throws NetworkError. */
export function quoteModel(model: Model, from: number, to: number, amount: number): Quoted {
  const [sell, buy] = [model.tokens.indexOf(from), model.tokens.indexOf(to)];
  if (sell < 0 || buy < 0 || sell === buy) {
    throw new NetworkError('tokens', `${from} for ${to}`, `name two of ${model.tokens.join(', ')}`);
  }
  if (!(amount >= 0)) throw new NetworkError('amount', `${amount}`, 'give a number of at least zero');
  switch (model.kind) {
    case 'constant-product': {
      const effective = (1 - model.fee) * amount;
      const [x, y] = [at(model.reserves, sell), at(model.reserves, buy)];
      return { sold: amount, bought: y * (effective / (x + effective)) };
    }
    case 'weighted': {
      const { reserves, most = Infinity, fee } = model;
      const sold = Math.min(amount, (most * at(reserves, sell)) / (1 - fee));
      return { sold, bought: weighted(model, sell, buy, sold) };
    }
    case 'stable':
      return { sold: amount, bought: stable(model, sell, buy, amount) };
    case 'concentrated': {
      const sold = Math.min(amount, reach(model, sell));
      return { sold, bought: Ranges.trade(model, sell === 0 ? 0 : 1, sold) };
    }
    case 'deposit': {
      const sold = sell === 0 ? Math.min(amount, model.most) : 0;
      return { sold, bought: Deposits.received(model, sold) };
    }
    case 'ladder':
      return climb(sell === 0 ? model.falls : model.rises, amount);
  }
}

/** Tender along the rungs, the best first. */
function climb(rungs: readonly Rung[], amount: number): Quoted {
  return rungs.reduce<Quoted>(
    ({ sold, bought }, { rate, most }) => {
      const taken = Math.min(most, amount - sold);
      return { sold: sold + taken, bought: bought + rate * taken };
    },
    { sold: 0, bought: 0 },
  );
}

function weighted({ reserves, weights, fee }: Weighted, sell: number, buy: number, amount: number): number {
  const grows = Math.log1p(((1 - fee) * amount) / at(reserves, sell));
  return -at(reserves, buy) * Math.expm1((-grows * at(weights, sell)) / at(weights, buy));
}

/** How much the ranges take, fee included. */
function reach({ segments, sqrtPrice, fee }: Concentrated, sell: number): number {
  const takes = segments.map(({ low, high, liquidity }) => {
    const [from, to] = sell === 0 ? [low, Math.min(high, sqrtPrice)] : [Math.max(low, sqrtPrice), high];
    if (to <= from) return 0;
    return sell === 0 ? (liquidity * (to - from)) / (from * to) : liquidity * (to - from);
  });
  return sum(takes) / (1 - fee);
}

/**
 * Solve the invariant for how far the balance that is paid falls. With y² + (b − D)·y = c before and after the payment in, d = y − y' is a root
 * of d² − (2y + b' − D)·d + (y + c/x')·Δx = 0, which keeps the digits that a difference of balances would lose.
 */
function stable(pool: Stable, sell: number, buy: number, amount: number): number {
  const { reserves, rates, ann, fee, feeIn } = pool;
  const balances = reserves.map((reserve, place) => reserve * at(rates, place));
  const whole = invariant(balances, ann);
  const added = (feeIn === 'input' ? 1 - fee : 1) * amount * at(rates, sell);
  const others = balances.filter((_, place) => place !== buy);
  const size = balances.length;
  const c = others.reduce((so, balance) => (so * whole) / (balance * size), (whole * whole) / (ann * size));
  const y = at(balances, buy);
  const linear = 2 * y + sum(others) + added + whole / ann - whole;
  const constant = added * (y + c / (at(balances, sell) + added));
  const falls = (2 * constant) / (linear + Math.sqrt(linear * linear - 4 * constant));
  return ((feeIn === 'input' ? 1 : 1 - fee) * falls) / at(rates, buy);
}

const ROUNDS = 100;

/** Find D of Ann·Σx + D = Ann·D + D^(n+1)/(n^n·Πx) by Newton's method, which falls to it from the sum (Egorov, "StableSwap", 2019). */
function invariant(balances: readonly number[], ann: number): number {
  const total = sum(balances);
  const size = balances.length;
  let now = total;
  for (let round = 0; round < ROUNDS; round++) {
    const before = now;
    const product = balances.reduce((so, balance) => (so * before) / (balance * size), before);
    now = (before * (ann * total + size * product)) / ((ann - 1) * before + (size + 1) * product);
    if (Math.abs(now - before) <= 1e-16 * before) return now;
  }
  return now;
}
