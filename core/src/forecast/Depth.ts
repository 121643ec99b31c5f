// How much a market takes before its price gives way: measured on a market whose state is known, estimated from returns
// and volumes where only those are.

import type { AssetId } from '../money/Asset.ts';
import * as Bps from '../money/Bps.ts';
import * as Market from '../market/Market.ts';
import { at, check, checkInside, checkPositive, checkSameLength, ForecastError, mean } from './Numbers.ts';

/**
 * Find the most atoms that can be sold before the marginal price, without the fee, is more than `move` below the present
 * one: the depth at −`move`, exact. Works on every kind of market by bisection over its own integer swaps. Where liquidity
 * ends first, what there was. Throws what the market throws, and ForecastError on a move outside (0, 10000) {bps}.
 */
export function within(market: Market.Market, sell: AssetId, move: Bps.Bps, buy?: AssetId): bigint {
  if (!Number.isSafeInteger(move)) throw new ForecastError('move', `${move}`, 'give whole basis points');
  checkInside(move, 0, Bps.ONE, 'move');
  const start = Market.spot(market, sell, buy);
  const holds = (atoms: bigint): boolean => {
    const { sold, after } = Market.swap(market, sell, atoms, buy);
    if (sold < atoms) return false;
    const { bought, sold: per } = Market.spot(after, sell, buy);
    return bought * start.sold * 10_000n >= start.bought * per * BigInt(Bps.ONE - move);
  };
  if (!holds(1n)) return 0n;
  let [low, high] = [1n, 2n];
  while (high < LIMIT && holds(high)) [low, high] = [high, high * 2n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
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
