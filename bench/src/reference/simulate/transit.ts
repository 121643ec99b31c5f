// An imbalance that is traded back by transfers which take time to arrive. Decided on is the position: what is there and what is
// under way.

import { Random } from '@trimtab/lab';

/** State how the imbalance moves in a unit of time, how long a transfer takes, and the position {USD} at which it is sent, to zero. */
export type Transit = { readonly deviation: number; readonly latency: number; readonly trigger: number };

/** Hold mean squares {USD²}: of what is there, and of the position. */
export type Squares = { readonly there: number; readonly position: number };

/** Steps in one transfer. */
const STEPS = 20;

/** Simulate for as long as `transfers` transfers take. */
export function simulateTransit({ deviation, latency, trigger }: Transit, transfers: number, seed: number): Squares {
  const random = Random.stream(seed, 'transit');
  const spread = deviation * Math.sqrt(latency / STEPS);
  const underway = new Float64Array(STEPS);
  let [there, sent, squares, positions] = [0, 0, 0, 0];
  for (let i = 0; i < transfers * STEPS; i++) {
    // What was sent one latency ago arrives, and its place in the ring is free for what is sent now.
    const arriving = underway[i % STEPS] ?? 0;
    there += arriving + spread * Random.normal(random);
    sent -= arriving;
    const position = there + sent;
    const order = Math.abs(position) >= trigger ? -position : 0;
    underway[i % STEPS] = order;
    sent += order;
    squares += there ** 2;
    positions += (position + order) ** 2;
  }
  return { there: squares / (transfers * STEPS), position: positions / (transfers * STEPS) };
}
