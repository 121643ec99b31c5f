// How a plan counts an asset: which of its tokens it is, and how many atoms a whole one has. What is exact and in atoms becomes whole
// tokens in floats here; plan/quantize is the way back.

import { approximate } from '../../money/approximate.ts';
import type { AssetId } from '../../money/Asset.ts';
import { pow10 } from '../../money/Fixed.ts';
import type { Rate } from '../../market/Market.ts';

/** State which token of a program an asset is, and its decimals [0, 36]. */
export type Place = { readonly token: number; readonly decimals: number };

/** Hold the places of all assets of a plan. */
export type Places = ReadonlyMap<AssetId, Place>;

/** Hold the places of a market of two, in its own order. */
export type Two = readonly [Place, Place];

/** Count atoms in whole tokens {tok}. */
export function tokens({ decimals }: Place, atoms: bigint): number {
  return approximate(atoms, pow10(decimals));
}

/** State a rate of atoms in whole tokens: what is received of `to` for each token of `from` {tok/tok}. */
export function rate(from: Place, to: Place, { bought, sold }: Rate): number {
  return approximate(bought * pow10(from.decimals), sold * pow10(to.decimals));
}

/** Name the tokens of a market of two. */
export function pair([one, other]: Two): readonly [number, number] {
  return [one.token, other.token];
}
