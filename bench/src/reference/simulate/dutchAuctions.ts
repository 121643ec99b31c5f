// Dutch auctions on a chain whose blocks come at random, played one by one.

import { Random } from '@trimtab/lab';
import type { LossVersusFair } from '@trimtab/core';

/**
 * Play auctions from a start at `premium` above the fair price, each until the first block at which the asked price is
 * not above the fair one. Returns the mean share of the fair value that is lost, and the mean time to the fill.
 * Between blocks the time is exponential and the gap Gaussian, so that nothing is approximated.
 */
export function dutchAuctions(
  { volatility, decay, block }: LossVersusFair.Race,
  premium: number,
  auctions: number,
  seed: number,
): readonly [number, number] {
  const random = Random.stream(seed, 'dutch auctions');
  let [lost, waited] = [0, 0];
  for (let auction = 0; auction < auctions; auction++) {
    let gap = premium;
    do {
      const time = -block * Math.log(1 - Random.uniform(random));
      gap += volatility * Math.sqrt(time) * Random.normal(random) - decay * time;
      waited += time;
    } while (gap > 0);
    lost += -Math.expm1(gap);
  }
  return [lost / auctions, waited / auctions];
}
