// What a trigger found, and the words for it: also when it is quiet, a person may ask why nothing happens.

import type { Blind } from '../Blind.ts';

/** Say whether a rebalance is due, and why; or what would have to happen first; or what could not be seen. */
export type Finding = Due | { readonly kind: 'quiet'; readonly why: string } | Blind;

/** State that a rebalance is due, and how much of the way to the landing it should go now: `share` in (0, 1], all if absent. */
export type Due = { readonly kind: 'due'; readonly why: string; readonly share?: number };
