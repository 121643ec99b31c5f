// What an arbitrageur's trade leaves behind in a pool. The trade itself is not made: in the lab nobody needs to know
// what the arbitrageur earned, only where the price stands afterwards.

import { FixedPoint, SqrtPrice } from '@trimtab/core';
import type { Concentrated, ConstantProduct, Pool } from '@trimtab/core';
import * as Arbitrageur from '../actors/Arbitrageur.ts';

/**
 * Trade a pool to the edge of its fee band as an arbitrageur would; the same pool where no trade pays.
 * What the arbitrageur pays in fees goes to the pool's owners and not into its reserves.
 */
export function pushPool(pool: Pool, market: Arbitrageur.Fair): Pool {
  switch (pool.kind) {
    case 'concentrated': {
      const target = Arbitrageur.target(pool, market);
      return target === undefined ? pool : moveConcentrated(pool, target);
    }
    case 'constant-product': {
      const [x, y] = pool.reserves;
      const sqrtPriceX96 = FixedPoint.sqrtDown((y << 192n) / x);
      const target = Arbitrageur.target({ ...pool, sqrtPriceX96 }, market);
      return target === undefined ? pool : moveReserves(pool, target);
    }
  }
}

/** Set the price, with the liquidity of every tick crossed on the way added or taken. */
function moveConcentrated(pool: Concentrated, sqrtPriceX96: bigint): Concentrated {
  const tick = SqrtPrice.tickAt(sqrtPriceX96);
  const crossed = pool.ticks.reduce((sum, { index, liquidityNet }) => {
    if (index > pool.tick && index <= tick) return sum + liquidityNet;
    return index <= pool.tick && index > tick ? sum - liquidityNet : sum;
  }, 0n);
  return { ...pool, sqrtPriceX96, tick, liquidity: pool.liquidity + crossed };
}

/** Slide along x·y = k; both reserves are rounded up, for the pool. */
function moveReserves(pool: ConstantProduct, sqrtPriceX96: bigint): ConstantProduct {
  const [x, y] = pool.reserves;
  const root = FixedPoint.sqrtDown(x * y);
  return {
    ...pool,
    reserves: [FixedPoint.divUp(root << 96n, sqrtPriceX96), FixedPoint.divUp(root * sqrtPriceX96, SqrtPrice.Q96)],
  };
}
