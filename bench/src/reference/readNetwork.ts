// The networks of markets that vectors state, in core's form.

import type { Network, Purpose } from '@trimtab/core';
import { list, number, numbers, record, text } from './read.ts';

type Inputs = { readonly [name: string]: unknown };
type Market = Network['markets'][number];

/** Read a network of as many tokens as its markets name. Throws RangeError. */
export function readNetwork(inputs: Inputs): Network {
  const markets = list(inputs['markets']).map((market) => readMarket(record(market)));
  return { tokens: 1 + Math.max(...markets.flatMap((market) => market.tokens)), markets };
}

function readMarket(market: Inputs): Market {
  const kind = text(market['kind']);
  const tokens = numbers(market['tokens']);
  const fee = number(market['fee']);
  if (kind === 'weighted') {
    return { kind, tokens, reserves: numbers(market['reserves']), weights: numbers(market['weights']), fee };
  }
  const two = pair(tokens);
  if (kind === 'constant-product' || kind === 'constant-sum') {
    return { kind, tokens: two, reserves: pair(numbers(market['reserves'])), fee };
  }
  if (kind !== 'concentrated') throw new RangeError(`${kind} is no market`);
  const [low, high] = pair(numbers(market['range']));
  const segments = [{ low: Math.sqrt(low), high: Math.sqrt(high), liquidity: number(market['liquidity']) }];
  return { kind, tokens: two, sqrtPrice: Math.sqrt(number(market['price'])), segments, fee };
}

/** Read a rebalance. Throws RangeError. */
export function readRebalance(inputs: Inputs): Purpose {
  return {
    kind: 'rebalance',
    holdings: numbers(inputs['h0']),
    prices: numbers(inputs['p']),
    weights: numbers(inputs['w']),
    kappa: number(inputs['kappa']),
  };
}

function pair(values: readonly number[]): readonly [number, number] {
  const [one, other] = values;
  if (one === undefined || other === undefined) throw new RangeError(`${values.join()} is no pair`);
  return [one, other];
}
