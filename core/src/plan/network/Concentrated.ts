// A pool whose liquidity lies in ranges of the price: inside each a constant product, shifted.

import { at } from '../../forecast/Numbers.ts';
import * as Response from './Response.ts';

/**
 * State a pool. `sqrtPrice` is the square root of the price of the first token in the second; `segments` ascend, do not
 * overlap, and are bounded by square roots of prices; `fee` {1} of the input, [0, 1).
 */
export type Concentrated = {
  readonly kind: 'concentrated';
  readonly tokens: readonly [number, number];
  readonly sqrtPrice: number;
  readonly segments: readonly Segment[];
  readonly fee: number;
};

/** Hold the liquidity {sqrt(tok0·tok1)} of one range of square roots of prices. */
export type Segment = { readonly low: number; readonly high: number; readonly liquidity: number };

/**
 * Find the trade that gains most: the price moves until it meets the ratio of `prices` after the fee, or its range ends. A price may
 * be zero or below, where less of a token would be better: then as much of it is tendered as the ranges take.
 */
export function respond(pool: Concentrated, prices: readonly number[]): Response.Response {
  const [first, second] = [at(prices, 0), at(prices, 1)];
  const [lowest, highest] = [at(pool.segments, 0).low, at(pool.segments, pool.segments.length - 1).high];
  if (second <= 0 && first <= 0) {
    const [falls, rises] = [trades(pool, prices, lowest), trades(pool, prices, highest)];
    return falls.gain > rises.gain ? falls : rises;
  }
  const keep = 1 - pool.fee;
  const floor = second <= 0 ? Infinity : Math.sqrt(Math.max(0, first) / (second * keep));
  const ceiling = second <= 0 ? Infinity : Math.sqrt((Math.max(0, first) * keep) / second);
  const goal = floor < pool.sqrtPrice ? floor : Math.max(ceiling, pool.sqrtPrice);
  return trades(pool, prices, Math.min(highest, Math.max(lowest, goal)));
}

/** Trade until the square root of the price is `goal`, and tell how the trade turns if the prices are what ends it there. */
function trades(pool: Concentrated, prices: readonly number[], goal: number): Response.Response {
  const [first, second] = [at(prices, 0), at(prices, 1)];
  const [moved0, moved1] = between(pool, Math.min(goal, pool.sqrtPrice), Math.max(goal, pool.sqrtPrice));
  if (moved0 === 0) return Response.none(2);
  const falls = goal < pool.sqrtPrice;
  const keep = 1 - pool.fee;
  const trade = falls ? [-moved0 / keep, moved1] : [moved0, -moved1 / keep];
  const slope = pool.segments.find(({ low, high }) => low < goal && goal < high)?.liquidity ?? 0;
  // ∂trade0/∂ν0, which the other three entries follow from: a trade does not change when both prices double.
  const own = slope === 0 ? 0 : slope / (2 * goal * first * (falls ? keep : 1));
  const cross = slope === 0 ? 0 : (-own * first) / second;
  return {
    gain: at(trade, 0) * first + at(trade, 1) * second,
    trade,
    curvature: [
      [own, cross],
      [cross, slope === 0 ? 0 : (-cross * first) / second],
    ],
  };
}

/** Sum what of each token lies between two square roots of prices ("Uniswap v3 Core", 2021, equations 6.14 and 6.16). */
function between(pool: Concentrated, from: number, to: number): readonly [number, number] {
  let [amount0, amount1] = [0, 0];
  for (const { low, high, liquidity } of pool.segments) {
    const width = Math.min(high, to) - Math.max(low, from);
    if (width <= 0) continue;
    amount0 += (liquidity * width) / (Math.max(low, from) * Math.min(high, to));
    amount1 += liquidity * width;
  }
  return [amount0, amount1];
}

/** Compute what selling `sold` of token 0 or 1 buys of the other {tok}; what the ranges cannot take buys nothing. */
export function trade(pool: Concentrated, sell: 0 | 1, sold: number): number {
  let left = (1 - pool.fee) * sold;
  let bought = 0;
  for (const { low, high, liquidity } of sell === 0 ? pool.segments.toReversed() : pool.segments) {
    const [from, end] = sell === 0 ? [Math.min(high, pool.sqrtPrice), low] : [Math.max(low, pool.sqrtPrice), high];
    const width = sell === 0 ? from - end : end - from;
    if (width <= 0) continue;
    // As in a constant product, written so that a trade that is small beside the liquidity keeps its digits.
    const room = sell === 0 ? (liquidity * width) / (from * end) : liquidity * width;
    const spent = Math.min(left, room);
    bought +=
      sell === 0 ? (spent * from ** 2) / (1 + (spent * from) / liquidity) : spent / (from * (from + spent / liquidity));
    left -= spent;
  }
  return bought;
}
