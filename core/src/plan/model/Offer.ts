// What one market offers to a plan: to be used in one of its ways or not at all, at a fixed cost. A market whose trades are not concave
// (a loan whose rate turns at a kink) is several that are, of which at most one is used.

import type { Model } from '../program/Program.ts';

/** State the ways in which one market can be used, of which at most one is, and what using it costs whatever the size {value}. */
export type Offer = { readonly alternatives: readonly Model[]; readonly fixed: number };

/** Say why a market can not be part of a plan, in a sentence that names it. */
export type Unusable = { readonly kind: 'unusable'; readonly why: string };
