// A bar of a continuous path: between two ticks the extremes are drawn from the Brownian bridge, so that the range has none
// of the bias of coarse ticks.

import type { Volatility } from '@trimtab/core';
import { Random } from '@trimtab/lab';

/** Simulate a driftless bar of unit variance that opens at 1 and is observed at `ticks` moments and in between. */
export function simulateBar(random: Random, ticks: number): Volatility.Bar {
  let [now, high, low] = [0, 0, 0];
  for (let tick = 0; tick < ticks; tick++) {
    const next = now + Random.normal(random) / Math.sqrt(ticks);
    high = Math.max(high, (now + next + reach(random, next - now, ticks)) / 2);
    low = Math.min(low, (now + next - reach(random, next - now, ticks)) / 2);
    now = next;
  }
  return { open: 1, high: Math.exp(high), low: Math.exp(low), close: Math.exp(now) };
}

function reach(random: Random, step: number, ticks: number): number {
  return Math.sqrt(step ** 2 - (2 * Math.log(1 - Random.uniform(random))) / ticks);
}
