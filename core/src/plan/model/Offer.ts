// What one market offers to a plan: to be used in one of its ways or not at all, at a fixed cost. A market whose trades are not concave
// (a loan whose rate turns at a kink) is several that are, of which at most one is used.

import type { AssetId } from '../../money/Asset.ts';
import type { Model } from '../program/Program.ts';

/** State the ways in which one market can be used, of which at most one is, and what using it costs whatever the size {value}. */
export type Offer = { readonly alternatives: readonly Model[]; readonly fixed: number };

/** Say why a market can not be part of a plan, in a sentence that names it. */
export type Unusable = { readonly kind: 'unusable'; readonly why: string };

/** State what a market alone does not know. */
export type Terms = {
  /** What a trade in it costs whatever the size, gas above all {USD}. */
  readonly fixed: number;
  /** For how long a deposit is expected to earn {yr}. */
  readonly horizon: number;
  /** What an asset is worth, about {USD/tok}: only for fees that are fixed in an asset. */
  readonly worth: (asset: AssetId) => number;
};

/** Say that a market can not be part of a plan, and why. */
export function unusable({ id }: { readonly id: string }, why: string): Unusable {
  return { kind: 'unusable', why: `${id} ${why}` };
}
