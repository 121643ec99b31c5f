// The ticks of a concentrated pool, looked through once before they are believed: a swap walks them from the price on,
// and what is out of order or takes away more liquidity than there is would send it anywhere.

import { approximate } from '../../money/approximate.ts';
import { MarketError } from '../Terms.ts';
import type { Concentrated } from './Concentrated.ts';
import * as SqrtPrice from './SqrtPrice.ts';

/** More ticks than any pool has had, few enough to walk through all of them. */
const MOST_TICKS = 10_000;

/** Logarithm of the square-root price of one tick. */
const STEP = Math.log(1.0001) / 2;

/** How far that logarithm may be off, in ticks. */
const NEAR = 0.001;

/**
 * Refuse a tick that is not the price's, ticks that do not ascend in whole spacings, and ticks by which the liquidity
 * would somewhere be negative. Throws MarketError.
 */
export function checkTicks(pool: Concentrated): void {
  const { ticks, tick, sqrtPriceX96 } = pool;
  const exact = Math.log(approximate(sqrtPriceX96, SqrtPrice.Q96)) / STEP;
  // Where the price lies on a tick, that tick may have been crossed or not.
  if (!(exact > tick - NEAR && exact < tick + 1 + NEAR)) {
    throw new MarketError('tick', `${tick} at a price of tick ${exact}`, 'read both at the same block');
  }
  if (ticks.length > MOST_TICKS) {
    throw new MarketError('ticks', `${ticks.length} of them`, `read at most ${MOST_TICKS} around the price`);
  }
  const below = countBelow(pool);
  let liquidity = pool.liquidity;
  for (let place = below; place < ticks.length; place++) liquidity = crossed(pool, place, liquidity, 1n);
  liquidity = pool.liquidity;
  for (let place = below - 1; place >= 0; place--) liquidity = crossed(pool, place, liquidity, -1n);
}

/** Count the ticks at or below the price, and check the order of all on the way. */
function countBelow({ ticks, tick, tickSpacing }: Concentrated): number {
  let last = -Infinity;
  let below = 0;
  for (const { index } of ticks) {
    if (!(index > last && Math.abs(index) <= SqrtPrice.MAX_TICK && index % tickSpacing === 0)) {
      const fix = `list them in ascending order, each a multiple of ${tickSpacing} within ±${SqrtPrice.MAX_TICK}`;
      throw new MarketError('ticks', `${index} after ${last}`, fix);
    }
    last = index;
    if (index <= tick) below++;
  }
  return below;
}

/** State the liquidity beyond a tick; one that is negative, or no number, would let a swap run the wrong way. */
function crossed({ ticks }: Concentrated, place: number, liquidity: bigint, sign: bigint): bigint {
  const beyond = liquidity + sign * (ticks[place]?.liquidityNet ?? 0n);
  if (beyond >= 0n) return beyond;
  throw new MarketError(`ticks[${place}].liquidityNet`, `a liquidity of ${beyond} beyond it`, 'read the pool again');
}
