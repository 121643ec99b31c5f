// A pool that exchanges two coins one for one after its fee, as long as it has them. Its best response is all or nothing, and
// between prices that make both right, any part of it: so it is seen as two offers, each with a share still to be chosen.

import { at } from '../../forecast/Numbers.ts';
import * as Response from './Response.ts';

/** State a pool. `reserves` {tok}; `fee` {1} of the input, [0, 1). */
export type ConstantSum = {
  readonly kind: 'constant-sum';
  readonly tokens: readonly [number, number];
  readonly reserves: readonly [number, number];
  readonly fee: number;
};

/** Find what buying the whole reserve of the other coin gains at `prices`: below zero where it loses. */
export function offer(pool: ConstantSum, sell: 0 | 1, prices: readonly number[]): Response.Response {
  const bought = pool.reserves[sell === 0 ? 1 : 0];
  const sold = bought / (1 - pool.fee);
  const trade = sell === 0 ? [-sold, bought] : [bought, -sold];
  return { ...Response.none(2), gain: at(trade, 0) * at(prices, 0) + at(trade, 1) * at(prices, 1), trade };
}

/** Find the trade that gains most: one of the two whole reserves, or nothing. */
export function respond(pool: ConstantSum, prices: readonly number[]): Response.Response {
  const [one, other] = [offer(pool, 0, prices), offer(pool, 1, prices)];
  const better = one.gain >= other.gain ? one : other;
  return better.gain > 0 ? better : Response.none(2);
}

/** Compute what selling `sold` of coin 0 or 1 buys of the other {tok}, at most its reserve. */
export function trade(pool: ConstantSum, sell: 0 | 1, sold: number): number {
  return Math.min((1 - pool.fee) * sold, pool.reserves[sell === 0 ? 1 : 0]);
}
