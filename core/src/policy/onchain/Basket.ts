// How far a basket is from its target weights, in the integers of the contracts' `Basket`: what a rule will say on chain
// can be foretold to the wei. `worth` of one asset and `nav` of all are D18{USD}, weights and half-widths D18{1}.

import { min, ONE, pow10 } from '../../money/Fixed.ts';
import type { Usd } from '../../money/Price.ts';
import { D18_A_BPS, WHOLE } from './Scale.ts';

/** State a basket against its target, asset by asset in one order. */
export type Basket = {
  /** D18{USD} */
  readonly worths: readonly Usd[];
  /** D18{USD}, above zero. */
  readonly nav: Usd;
  /** D18{1}, together at most one. */
  readonly weights: readonly bigint[];
};

/** Measure what is held against what is wanted of one asset. D36{USD}. */
export function gap(worth: Usd, nav: Usd, weight: bigint): bigint {
  const off = worth * ONE - nav * weight;
  return off < 0n ? -off : off;
}

/** Say whether a weight is further from its target than `half`. */
export function isOutside(worth: Usd, nav: Usd, weight: bigint, half: bigint): boolean {
  return gap(worth, nav, weight) > nav * half;
}

/** Take the narrower of an absolute and a relative band {bps}; zero leaves one out, and without both there is none. D18{1}. */
export function halfDown(absolute: bigint, relative: bigint, weight: bigint): bigint {
  const fixed = absolute === 0n ? ONE : absolute * D18_A_BPS;
  return relative === 0n || weight === 0n ? fixed : min(fixed, (weight * relative) / WHOLE);
}

/** Measure what must be sold to be on target (D18{1} of NAV) and the squared distance from it (D36{1}). */
export function distance(basket: Basket): { readonly turnover: bigint; readonly squares: bigint } {
  const deltas = basket.worths.map((worth, asset) => gap(worth, basket.nav, weightOf(basket, asset)) / basket.nav);
  const turnover = deltas.reduce((sum, delta) => sum + delta, 0n) / 2n;
  return { turnover, squares: deltas.reduce((sum, delta) => sum + delta * delta, 0n) };
}

/** Find the part of every deviation that may stay when the last asset is to stand at `land` {bps} of its half-width. D18{1}. */
export function keptDown(basket: Basket, halves: readonly bigint[], land: bigint): bigint {
  return basket.worths.reduce((kept, worth, asset) => {
    const off = gap(worth, basket.nav, weightOf(basket, asset));
    if (off === 0n) return kept;
    return min(kept, (basket.nav * (((halves[asset] ?? 0n) * land) / WHOLE) * ONE) / off);
  }, ONE);
}

/** Find the weights at which a basket lands that keeps this part of its deviations. D18{1}. */
export function landed(basket: Basket, kept: bigint): readonly bigint[] {
  return basket.worths.map((worth, asset) => {
    const weight = weightOf(basket, asset);
    const delta = ((gap(worth, basket.nav, weight) / basket.nav) * kept) / ONE;
    return worth * ONE > basket.nav * weight ? weight + delta : weight - delta;
  });
}

/** Count the atoms per 1e18 shares that make up a weight; the rest stays where it is. `price` > 0. {tokAtom}. */
export function unitsDown(navPerShare: Usd, weight: bigint, price: bigint, decimals: number): bigint {
  return (navPerShare * weight * pow10(decimals)) / (price * ONE);
}

function weightOf({ weights }: Basket, asset: number): bigint {
  return weights[asset] ?? 0n;
}
