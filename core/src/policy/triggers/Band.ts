// Rebalance when an asset leaves its band.

import type { AssetId } from '../../money/Asset.ts';
import { ONE, type Bps } from '../../money/Bps.ts';
import type { Weight } from '../../money/Weight.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import type { Half, Region } from '../Region.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';
import { watch } from './watch.ts';

/**
 * Fire when an asset's weight leaves its band.
 * `absolute` is a half-width in percentage points of the portfolio (500 = ±5 pp around the target);
 * `relative` is a half-width as a share of the target (2_500 = ±25 % of the target weight).
 * Where both are given the narrower one counts. `perAsset` overrides both for the assets it names.
 */
export type Band = Width & { readonly kind: 'band'; readonly perAsset?: { readonly [asset: AssetId]: Width } };

/** State how wide a band is, in either sense or in both. */
export type Width = { readonly absolute?: Bps; readonly relative?: Bps };

/** Read a band. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Band {
  Field.record(field, ['kind', 'absolute', 'relative', 'perAsset']);
  const own = Field.part(field, 'perAsset');
  const perAsset: Record<string, Width> = {};
  for (const asset of own.value === undefined ? [] : Field.record(own)) {
    const one = Field.part(own, asset);
    Field.record(one, ['absolute', 'relative']);
    perAsset[asset] = parseWidth(one);
  }
  return { kind: 'band', ...parseWidth(field), ...(own.value === undefined ? undefined : { perAsset }) };
}

/** Read the two widths among a field's parts. Throws StrategyError. */
export function parseWidth(field: Field.Field): Width {
  const absolute = Field.part(field, 'absolute');
  const relative = Field.part(field, 'relative');
  return {
    ...(absolute.value === undefined ? undefined : { absolute: Field.integer(absolute, 1, ONE) }),
    ...(relative.value === undefined ? undefined : { relative: Field.integer(relative, 1, ONE) }),
  };
}

/** Find whether any asset is outside the band that this trigger draws. */
export function find(band: Band, drift: readonly Drift[], { snapshot }: View): Finding {
  return watch(regionOf(band, drift), drift, snapshot);
}

/** Draw the band of each asset that has one. */
export function regionOf({ perAsset, ...all }: Band, drift: readonly Drift[]): Region {
  const region = new Map<AssetId, Half>();
  for (const { asset, target } of drift) {
    const own = perAsset !== undefined && Object.hasOwn(perAsset, asset) ? perAsset[asset] : undefined;
    const half = halfWidth(own ?? all, target);
    if (half !== undefined) region.set(asset, { trigger: half, landing: half });
  }
  return region;
}

/**
 * Compute a half-width in weight units: the narrower of absolute and relative.
 * Undefined where neither is given, or where only a share of a target of zero is: that would be no width at all,
 * and the first atom of dust would make a rebalance due for ever.
 */
export function halfWidth({ absolute, relative }: Width, target: Weight): Weight | undefined {
  const fixed = absolute === undefined ? Infinity : absolute / ONE;
  const share = relative === undefined || target === 0 ? Infinity : (relative / ONE) * Math.abs(target);
  const half = Math.min(fixed, share);
  return half === Infinity ? undefined : half;
}
