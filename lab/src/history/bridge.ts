// What may have happened between two published closes: a Brownian bridge in log price, which starts and ends exactly
// on them.

import type { Seconds } from '@trimtab/core';
import type { History } from './History.ts';

/** Say how to fill the time between the known prices. */
export type Filling = {
  /** Seconds between the points to make. */
  readonly step: Seconds;
  readonly seed: number;
  /**
   * Standard deviation of log price over a day, before it is tied to the next close. `realised`: for each symbol the
   * root mean square of its log returns per day over the whole history.
   */
  readonly volatility: number | 'realised';
  /** Correlation between any two symbols' noise, [0, 1]. */
  readonly correlation: number;
};

/** Join the prices of a history by seeded Brownian bridges. Every known price stays where it is, to the atom. */
export function bridge(known: History, filling: Filling): History {
  throw new Error(`not yet: ${known.source} ${filling.seed}`);
}
