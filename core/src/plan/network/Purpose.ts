// What a flow through a network is for: how much the trader values what is held before and after it.

import { at, sum } from '../../forecast/Numbers.ts';
import { checkAbove, checkNotBelow, NetworkError, type Network } from './Network.ts';
import { guess } from './guess.ts';

/** State a purpose. Whatever it is, no holding may end below zero. */
export type Purpose = Convert | Rebalance;

/** Gain most, each token received being worth its value. */
export type Convert = {
  readonly kind: 'convert';
  /** {tok}, at least zero. */
  readonly holdings: readonly number[];
  /** {value/tok}, at least zero, not all zero. */
  readonly values: readonly number[];
};

/**
 * Approach target weights at the least cost: keep Σv − κ/(2·V0)·‖v − w·Σv‖² as large as possible, where v = p∘(holdings + flow) and
 * V0 is what the holdings are worth before.
 */
export type Rebalance = {
  readonly kind: 'rebalance';
  /** {tok}, at least zero, not all zero. */
  readonly holdings: readonly number[];
  /** {value/tok}, above zero. */
  readonly prices: readonly number[];
  /** {1}, at least zero, of sum one. */
  readonly weights: readonly number[];
  /** {1}, above zero: trading one token for another at a one-way cost k stops k/2κ from the target, where a further trade costs what it gains. */
  readonly kappa: number;
};

/** Take what the markets give away at these values, tendering nothing in the end. */
export function arbitrage(values: readonly number[]): Convert {
  checkAbove(values, values.length, 'values');
  return { kind: 'convert', holdings: values.map(() => 0), values };
}

/** Turn a basket into as much as possible of one token. */
export function liquidate(basket: readonly number[], into: number): Convert {
  return { kind: 'convert', holdings: basket, values: basket.map((_, token) => (token === into ? 1 : 0)) };
}

/** Value a net flow {tok}: for a conversion what is received, for a rebalance what is held after it less its penalty. */
export function worth(purpose: Purpose, flow: readonly number[]): number {
  switch (purpose.kind) {
    case 'convert':
      return sum(flow.map((amount, token) => amount * at(purpose.values, token)));
    case 'rebalance': {
      const held = flow.map((amount, token) => at(purpose.prices, token) * (at(purpose.holdings, token) + amount));
      const total = sum(held);
      const off = sum(held.map((value, token) => (value - at(purpose.weights, token) * total) ** 2));
      return total - (purpose.kappa / (2 * before(purpose))) * off;
    }
  }
}

/** Value the holdings before any trade {value}. */
export function before({ holdings, prices }: Rebalance): number {
  return sum(holdings.map((amount, token) => amount * at(prices, token)));
}

/** Refuse a purpose that a network cannot serve. Throws NetworkError naming what stands against it. */
export function check(purpose: Purpose, network: Network): void {
  checkNotBelow(purpose.holdings, network.tokens, 'holdings');
  switch (purpose.kind) {
    case 'convert':
      checkNotBelow(purpose.values, network.tokens, 'values');
      checkReach(purpose, network);
      return;
    case 'rebalance':
      checkAbove(purpose.prices, network.tokens, 'prices');
      checkNotBelow(purpose.weights, network.tokens, 'weights');
      checkAbove([purpose.kappa], 1, 'kappa');
      if (Math.abs(sum(purpose.weights) - 1) > 1e-9) {
        throw new NetworkError('weights', `a sum of ${sum(purpose.weights)}`, 'let them sum to one');
      }
      if (!(before(purpose) > 0)) throw new NetworkError('holdings', 'nothing of value', 'hold something');
      return;
  }
}

function checkReach({ values }: Convert, network: Network): void {
  if (!values.some((value) => value > 0)) throw new NetworkError('values', 'only zeros', 'value at least one token');
  const lost = guess(network, values).indexOf(0);
  if (lost >= 0) {
    throw new NetworkError(`tokens[${lost}]`, 'no way to any token of value', 'add a market, or leave the token out');
  }
}
