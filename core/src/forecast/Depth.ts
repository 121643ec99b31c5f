// How much a market takes before its price gives way: measured on a market whose state is known, estimated from returns
// and volumes where only those are.

import type { AssetId } from '../money/Asset.ts';
import * as Bps from '../money/Bps.ts';
import * as Market from '../market/Market.ts';
import { at, check, checkInside, checkPositive, checkSameLength, ForecastError, mean } from './Numbers.ts';

/**
 * Find the most atoms after whose sale the marginal price, without the fee, is not more than `move` below the present
 * one: the depth at −`move`, exact. Works on every kind of market by bisection over its own integer swaps. A market that
 * takes lots leaves the part of one untaken; where liquidity ends first, what there was. Throws what the market throws,
 * and ForecastError on a move outside (0, 10000) {bps}.
 */
export function within(market: Market.Market, sell: AssetId, move: Bps.Bps, buy?: AssetId): bigint {
  if (!Number.isSafeInteger(move)) throw new ForecastError('move', `${move}`, 'give whole basis points');
  checkInside(move, 0, Bps.ONE, 'move');
  const start = Market.spot(market, sell, buy);
  // Not whether all of it was taken: more is never taken of less, so that the price after it never rises.
  const holds = (atoms: bigint): boolean => {
    const { after } = Market.swap(market, sell, atoms, buy);
    const { bought, sold: per } = Market.spot(after, sell, buy);
    return bought * start.sold * 10_000n >= start.bought * per * BigInt(Bps.ONE - move);
  };
  let [low, high] = [0n, 1n];
  while (high < LIMIT && holds(high)) [low, high] = [high, high * 2n];
  while (high < LIMIT && high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return Market.swap(market, sell, low, buy).sold;
}

/** Turn the depth {USD} at a move {1} into the demand {USD} that would move the price by all of it, were impact a line. */
export function perUnit(depth: number, move: number): number {
  checkPositive([depth], 'depth', 1);
  checkInside(move, 0, 1, 'move');
  return depth / move;
}

/** Estimate illiquidity, the mean of |return| / volume {1/USD} over periods (Amihud, 2002): the move that a dollar makes. */
export function amihud(returns: readonly number[], volumes: readonly number[]): number {
  check(returns, 'returns', 1);
  checkPositive(volumes, 'volumes', 1);
  checkSameLength(returns, volumes, 'volumes');
  return mean(returns.map((value, index) => Math.abs(value) / at(volumes, index)));
}

/** More atoms than any token has. */
const LIMIT = 1n << 256n;
