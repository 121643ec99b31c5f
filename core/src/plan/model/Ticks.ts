// A pool of ticks as ranges of the price: what each tick adds, summed outwards from the price to the end of what was read.

import { approximate } from '../../money/approximate.ts';
import { pow10 } from '../../money/Fixed.ts';
import * as Concentrated from '../../market/amm/Concentrated.ts';
import * as SqrtPrice from '../../market/amm/SqrtPrice.ts';
import type { Segment } from '../network/Concentrated.ts';
import type { Model } from '../program/Program.ts';
import { unusable, type Unusable } from './Offer.ts';
import * as Place from './Place.ts';

/** State how the pool's numbers become those of whole tokens. */
type Scale = { readonly price: number; readonly liquidity: number };

/**
 * Model a concentrated pool by the ranges that were read. Where the price lies outside all liquidity, it is put where liquidity begins:
 * it gets there for nothing.
 */
export function model(pool: Concentrated.Concentrated, two: Place.Two): Model | Unusable {
  const [d0, d1] = [pow10(two[0].decimals), pow10(two[1].decimals)];
  const scale = { price: Math.sqrt(approximate(d0, d1)), liquidity: Math.sqrt(approximate(d0 * d1, 1n)) };
  const segments = [...walk(pool, scale, -1).toReversed(), ...walk(pool, scale, 1)];
  const [first, last] = [segments[0], segments.at(-1)];
  if (first === undefined || last === undefined) return unusable(pool, 'has no liquidity in the range that was read');
  return {
    kind: 'concentrated',
    tokens: Place.pair(two),
    sqrtPrice: Math.min(last.high, Math.max(first.low, root(pool.sqrtPriceX96, scale))),
    segments,
    fee: pool.feePpm / 1e6,
  };
}

/** List the ranges below the price downwards, or those above it upwards. */
function walk(pool: Concentrated.Concentrated, scale: Scale, step: -1 | 1): readonly Segment[] {
  const limit = step < 0 ? Math.max(pool.known[0], SqrtPrice.MIN_TICK) : Math.min(pool.known[1], SqrtPrice.MAX_TICK);
  const found: Segment[] = [];
  if (step < 0 ? pool.tick < limit : pool.tick >= limit) return found;
  let { liquidity } = pool;
  let from = root(pool.sqrtPriceX96, scale);
  let place = Concentrated.countUpTo(pool.ticks, pool.tick) - (step < 0 ? 1 : 0);
  for (;;) {
    const tick = pool.ticks[place];
    const last = tick === undefined || (tick.index - limit) * step >= 0;
    const edge = root(SqrtPrice.atTick(last ? limit : tick.index), scale);
    if ((edge - from) * step > 0 && liquidity > 0n) {
      const depth = approximate(liquidity, 1n) / scale.liquidity;
      found.push({ low: Math.min(from, edge), high: Math.max(from, edge), liquidity: depth });
    }
    if (last) return found;
    liquidity += step < 0 ? -tick.liquidityNet : tick.liquidityNet;
    from = edge;
    place += step;
  }
}

function root(sqrtPriceX96: bigint, { price }: Scale): number {
  return approximate(sqrtPriceX96, SqrtPrice.Q96) * price;
}
