// One day of one real pool, minute by minute, as the open-source back-tester demeter records them
// (https://github.com/zelos-alpha/demeter): its price is the market's price and its liquidity the depth we trade in.

import type { Seconds } from '@trimtab/core';
import type { History } from './History.ts';

/** Choose a pool and a day out of a file of many. */
export type PoolChoice = {
  readonly file: string;
  /** Chain as the file names it, e.g. `polygon`. */
  readonly chain: string;
  /** Pool address, any case. */
  readonly pool: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly maxGap: Seconds;
};

export type PoolMinutes = {
  /** One symbol, WETH, priced in the pool's USDC, taken as dollars. */
  readonly history: History;
  /** The pool's liquidity in range at each of the history's times, > 0. */
  readonly liquidity: readonly bigint[];
};

/**
 * Parse the minutes of one USDC/WETH pool. Columns used: chain, pool, time, closeTick, currentLiquidity,
 * price_usdc_per_weth. The price must agree with the tick it was derived from. Throws BadHistory.
 */
export function parsePoolMinutes(text: string, choice: PoolChoice): PoolMinutes {
  throw new Error(`not yet: ${choice.file} ${text.length}`);
}
