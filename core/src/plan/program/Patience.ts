// How long a search goes on that changes nothing.

import { isClosest, type Focus } from './Focus.ts';

/** Where ladders are looked at, it is rounding for now after so many. */
export const ENOUGH = 2;

/** Hold how many steps in a row changed nothing, and the gap {value} that the last look at ladders began with. */
export type Patience = { still: number; reached: number };

/** Count steps that changed nothing, and tell whether a search is stuck for now. */
export function follow(patience: Patience, changed: boolean): 'going' | 'stuck' {
  patience.still = changed ? 0 : patience.still + 1;
  return patience.still < ENOUGH ? 'going' : 'stuck';
}

/** A closer look is a new beginning; another look as close as can be is one if the last narrowed the gap. */
export function lookAgain(patience: Patience, focus: Focus, gap: number): void {
  const begins = !isClosest(focus) || gap < 0.9 * patience.reached;
  patience.still = begins ? 0 : patience.still + 1;
  patience.reached = gap;
}
