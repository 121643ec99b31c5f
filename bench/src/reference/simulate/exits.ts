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
 * Play `cycles` exits. Both figures are read off the place of exit: with drift m and volatility s the means of x − mτ
 * and (x − mτ)² − s²τ are zero (Wald, 1944), so E τ = E(x − mτ)²/s², which scatters ten times less than τ itself, and
 * the chance of the upper side is what is left after x − mτ has explained its part.
 */
export function simulateExits({ up, down, drift, volatility, step }: Watched, cycles: number, seed: number): Exits {
  const random = Random.stream(seed, 'exits');
  const [trend, spread] = [drift * step, volatility * Math.sqrt(step)];
  let [squares, ups] = [0, 0];
  for (let cycle = 0; cycle < cycles; cycle++) {
    let x = 0;
    let steps = 0;
    while (x < up && x > -down) {
      x += trend + spread * Random.normal(random);
      steps += 1;
    }
    const martingale = x - steps * trend;
    squares += martingale ** 2;
    ups += (x >= up ? 1 : 0) - martingale / (up + down);
  }
  return { time: squares / cycles / volatility ** 2, upProbability: ups / cycles };
}
