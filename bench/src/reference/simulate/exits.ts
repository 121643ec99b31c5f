// When a Brownian motion that is looked at now and then is first seen outside its corridor.

import { Random } from '@trimtab/lab';

/** State a motion from zero and how often one looks {yr}. */
export type Watched = {
  readonly up: number;
  readonly down: number;
  readonly drift: number;
  readonly volatility: number;
  readonly step: number;
};

/** Hold one exit: after how many steps it was seen {1}, and where the motion then was. */
export type Exit = { readonly steps: number; readonly place: number };

/** A side that is this many deviations away is not reached: by chance once in three million times. */
const FAR = 5;

/**
 * Play one exit and count its steps. Where both sides are far the motion takes as many steps at once as cannot have
 * brought it out; their sum is as normal as each of them, so that what is counted is the walk that looks at every step.
 */
export function simulateExit({ up, down, drift, volatility, step }: Watched, random: Random): Exit {
  const [trend, spread] = [drift * step, volatility * Math.sqrt(step)];
  let [place, steps] = [0, 0];
  while (place < up && place > -down) {
    const room = Math.min(up - place, place + down) / spread;
    const leap = Math.max(1, Math.floor((room / FAR) ** 2));
    place += leap * trend + Math.sqrt(leap) * spread * Random.normal(random);
    steps += leap;
  }
  return { steps, place };
}
