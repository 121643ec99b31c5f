// A whole world in memory, behind the engine's own ports: thousands of cycles a second, no chain, no clock.

import type { Price, Time } from '@trimtab/core';
import type { Alert, World } from '@trimtab/engine';
import type { Fault } from './Fault.ts';
import type { Spec } from './Spec.ts';

/** Hold a running world. Its time moves only by `tick`, `mine` and the clock's `sleep`. */
export type Simulation = {
  /** The engine's ports. */
  readonly world: World;
  /** Give the ports to a new process after a crash: chain and journal are as they were, the fault is gone. */
  readonly revive: () => World;
  /** Move the market: time to `at`, prices to `fair` in the order of the assets. Feeds publish, pools are arbitraged, a block is made. */
  readonly tick: (at: Time, fair: readonly Price[]) => void;
  /** Make a block now out of everything sent. */
  readonly mine: () => void;
  readonly inject: (fault: Fault) => void;
  readonly alerts: () => readonly Alert[];
};

/** Start a world. Throws RangeError where the spec contradicts itself. */
export function simulate(spec: Spec): Simulation {
  throw new Error(`not yet: ${spec.chain}`);
}
