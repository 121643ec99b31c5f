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

/** Hold estimates: the mean time {yr} and the probability of leaving upwards. */
export type Exits = { readonly time: number; readonly upProbability: number };

/**
 * Play `cycles` exits. Both figures are read off the place of exit: with drift m and volatility s the means of
 * y = x − mτ and y² − s²τ are zero (Wald, 1944), so E τ = E(y² − (u − d)y)/s², which is u·d at either barrier and
 * scatters only by what is overshot; and the chance of the upper side is what y has not explained of it.
 */
export function simulateExits({ up, down, drift, volatility, step }: Watched, cycles: number, random: Random): Exits {
  const [trend, spread] = [drift * step, volatility * Math.sqrt(step)];
  let [times, ups] = [0, 0];
  for (let cycle = 0; cycle < cycles; cycle++) {
    let [x, steps] = [0, 0];
    while (x < up && x > -down) {
      x += trend + spread * Random.normal(random);
      steps += 1;
    }
    const fair = x - steps * trend;
    times += fair ** 2 - (up - down) * fair;
    ups += (x >= up ? 1 : 0) - fair / (up + down);
  }
  return { time: times / cycles / volatility ** 2, upProbability: ups / cycles };
}
