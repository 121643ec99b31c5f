// The no-trade region of each asset: inside it, drift is cheaper than the trade that would remove it.

import type { AssetId } from '../money/Asset.ts';
import type { Weight } from '../money/Weight.ts';
import type { Drift } from '../portfolio/Drift.ts';

/** Hold the region of each asset that has one. */
export type Region = ReadonlyMap<AssetId, Half>;

/** State a region by half-widths around the target: trade from `trigger` on, to `landing`, which is no wider. */
export type Half = { readonly trigger: Weight; readonly landing: Weight };

/** Guard nothing. */
export const NONE: Region = new Map();

/** Where several regions guard one asset, keep its narrowest. */
export function narrowest(regions: readonly Region[]): Region {
  return choose(regions, (one, other) => one.trigger < other.trigger);
}

/** Where several regions guard one asset, keep its widest. */
export function widest(regions: readonly Region[]): Region {
  return choose(regions, (one, other) => one.trigger > other.trigger);
}

/** Note in each drift the band that guards its asset. */
export function mark(drift: readonly Drift[], region: Region): readonly Drift[] {
  if (region.size === 0) return drift;
  return drift.map((one) => {
    const half = region.get(one.asset);
    return half === undefined ? one : { ...one, band: band(one.target, half.trigger) };
  });
}

/** Draw a half-width around a target. What can never be crossed is cut off: no weight of a whole exceeds it or is owed. */
export function band(target: Weight, half: Weight): readonly [Weight, Weight] {
  const low = target - half;
  const high = target + half;
  return [target >= 0 ? Math.max(0, low) : low, target <= 1 ? Math.min(1, high) : high];
}

function choose(regions: readonly Region[], better: (one: Half, other: Half) => boolean): Region {
  const drawn = regions.filter(({ size }) => size > 0);
  if (drawn.length <= 1) return drawn[0] ?? NONE;
  const chosen = new Map<AssetId, Half>();
  for (const [asset, half] of drawn.flatMap((region) => [...region])) {
    const known = chosen.get(asset);
    if (known === undefined || better(half, known)) chosen.set(asset, half);
  }
  return chosen;
}
