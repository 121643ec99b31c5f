// An imbalance that is traded back by transfers which take time to arrive. Decided on is the position: what is there and what is
// under way.

import { Random } from '@trimtab/lab';
import type { Estimate } from './controlled.ts';

/** State how the imbalance moves in a unit of time, how long a transfer takes, and the position {USD} at which it is sent, to zero. */
export type Transit = { readonly deviation: number; readonly latency: number; readonly trigger: number };

/** Steps in one transfer. */
const STEPS = 20;
/** Stretches of the time that is played, each so long that it does not know of the others. */
const STRETCHES = 100;

/**
 * Simulate for as long as `transfers` transfers take, and estimate by how much the mean square of what is there exceeds
 * that of the position {USD²}; its standard error is that of the stretches' means.
 */
export function simulateTransit(transit: Transit, transfers: number, seed: number): Estimate {
  const play = player(transit, Random.stream(seed, 'transit'));
  const steps = Math.ceil((transfers * STEPS) / STRETCHES);
  const means = Array.from({ length: STRETCHES }, () => play(steps) / steps);
  const value = means.reduce((total, mean) => total + mean, 0) / STRETCHES;
  const squares = means.reduce((total, mean) => total + (mean - value) ** 2, 0);
  return { value, standardError: Math.sqrt(squares / (STRETCHES - 1) / STRETCHES) };
}

/** Play on for some steps; what is added up is the square of what is there less that of the position. */
function player({ deviation, latency, trigger }: Transit, random: Random): (steps: number) => number {
  const spread = deviation * Math.sqrt(latency / STEPS);
  const underway = new Float64Array(STEPS);
  let [there, sent, now] = [0, 0, 0];
  return (steps) => {
    let excess = 0;
    for (let i = 0; i < steps; i++) {
      // What was sent one latency ago arrives, and its place in the ring is free for what is sent now.
      const arriving = underway[now] ?? 0;
      there += arriving + spread * Random.normal(random);
      sent -= arriving;
      const position = there + sent;
      const order = Math.abs(position) >= trigger ? -position : 0;
      underway[now] = order;
      sent += order;
      now = (now + 1) % STEPS;
      excess += there ** 2 - (position + order) ** 2;
    }
    return excess;
  };
}
