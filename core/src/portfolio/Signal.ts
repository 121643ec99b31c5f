// A number that somebody outside vouches for: a forecast, a utilisation, a switch. It is used only while it is fresh and
// inside the bounds that the strategy gives it.

import type { Time } from '../money/Time.ts';

/** State a signal: what it is called, what it says and when that was said. */
export type Signal = { readonly id: string; readonly value: number; readonly at: Time };
