// A constant-product pool whose price arbitrageurs correct at the blocks of a Poisson process, played block by block.

import type { Lvr } from '@trimtab/core';
import { Random } from '@trimtab/lab';

/** State how often a block brought a trade {1}, and what arbitrageurs earned of the pool's value {1/time}. */
export type Played = { readonly probability: number; readonly rate: number };

/**
 * Play `blocks` blocks. Between two, the outside log price moves by a normal over an exponential time; at each, where it
 * left the fee's band, the pool is traded back to its edge, and the profit is that of the trade at the outside price.
 */
export function simulateArbitrage({ sigma, fee, block }: Lvr.Fees, blocks: number, seed: number): Played {
  const random = Random.stream(seed, 'arbitrage');
  const band = -Math.log1p(-fee);
  const edge = Math.exp(band);
  let gap = 0;
  let trades = 0;
  let profit = 0;
  for (let count = 0; count < blocks; count++) {
    const waited = -Math.log(1 - Random.uniform(random)) * block;
    // Without drift in the log price: the numéraire is such that none is left.
    gap += sigma * Math.sqrt(waited) * Random.normal(random);
    const size = Math.abs(gap);
    if (size <= band) continue;
    // The pool's root price goes from e^(−size/2) to e^(−band/2); liquidity is that of a pool worth 1 at the outside price.
    const [from, to] = [Math.exp(-size / 2), Math.exp(-band / 2)];
    profit += (1 / from - 1 / to - edge * (to - from)) / 2;
    trades += 1;
    gap = Math.sign(gap) * band;
  }
  return { probability: trades / blocks, rate: profit / (blocks * block) };
}
