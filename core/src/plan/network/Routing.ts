// What went through a network, and the proof of how good it is.

import { at, sum } from '../../forecast/Numbers.ts';
import type { Network } from './Network.ts';

/** Hold a flow that every market admits and that leaves no holding below zero, with the bound that no flow exceeds. */
export type Routing = {
  /** What the trader receives of each of a market's tokens {tok}, negative what is tendered; by market. */
  readonly trades: readonly (readonly number[])[];
  /** What the trader receives of each token of the network {tok}. */
  readonly net: readonly number[];
  /** The prices {value/tok} that prove the bound. A token's price is what one more of it would be worth. */
  readonly prices: readonly number[];
  /** What the purpose says the net flow is worth, less fixed costs {value}. */
  readonly value: number;
  /** What no flow is worth more than {value}. */
  readonly bound: number;
  /** bound − value {value}: zero up to rounding where the flow is the best one. */
  readonly gap: number;
  /** Newton steps that were taken. */
  readonly steps: number;
};

/** Add up trades by token {tok}. */
export function net({ tokens, markets }: Network, trades: readonly (readonly number[])[]): readonly number[] {
  const total = Array<number>(tokens).fill(0);
  for (const [index, { tokens: own }] of markets.entries()) {
    for (const [j, token] of own.entries()) total[token] = at(total, token) + at(at(trades, index), j);
  }
  return total;
}

/** Add up the sizes of trades by token {tok}. */
export function gross({ tokens, markets }: Network, trades: readonly (readonly number[])[]): readonly number[] {
  const sizes = trades.map((trade) => trade.map(Math.abs));
  return net({ tokens, markets }, sizes);
}

/** List the markets that a flow uses. */
export function used({ trades }: Routing): readonly number[] {
  return trades.flatMap((trade, index) => (sum(trade.map(Math.abs)) > 0 ? [index] : []));
}
