// A deviation that is always being traded back, a share of it a year, at a cost that goes with the square of the pace.

import { Random } from '@trimtab/lab';

/** State how the deviation moves {1/yr}, the curvature of its penalty {1/yr} and the cost Λ of a squared rate. */
export type Impact = { readonly variance: number; readonly curvature: number; readonly impact: number };

/** Steps in the time 1/rate, in which a deviation fades. */
const STEPS = 100;

/** Simulate trading at `rate` {1/yr} times the deviation, and add up what both cost a year {1/yr}. Starts at the target. */
export function simulatePartial({ variance, curvature, impact }: Impact, rate: number, steps: number, seed: number) {
  const random = Random.stream(seed, 'partial');
  const step = 1 / rate / STEPS;
  let [x, penalty, trading] = [0, 0, 0];
  for (let i = 0; i < steps; i++) {
    const traded = rate * x;
    const next = x - traded * step + Math.sqrt(variance * step) * Random.normal(random);
    penalty += (curvature * (x ** 2 + next ** 2)) / 4;
    trading += impact * traded ** 2;
    x = next;
  }
  return { penalty: penalty / steps, trading: trading / steps };
}
