// The no-trade region of each asset: inside it, drift is cheaper than the trade that would remove it.

import type { AssetId } from '../money/Asset.ts';
import { ONE } from '../money/Bps.ts';
import type { Weight } from '../money/Weight.ts';
import type { Bands, Weights } from '../portfolio/Drift.ts';
import type { Band, Trigger } from './Trigger.ts';

/** Find each asset's band under a trigger; where several guard one asset, the narrowest. */
export function of(trigger: Trigger, targets: Weights): Bands {
  const bands: { [asset: AssetId]: readonly [Weight, Weight] } = {};
  for (const band of bandsIn(trigger)) {
    for (const [asset, target] of Object.entries(targets)) {
      const half = halfWidth(band, asset, target);
      const known = bands[asset];
      if (half === undefined || (known !== undefined && known[1] - target <= half)) continue;
      bands[asset] = [Math.max(0, target - half), Math.min(1, target + half)];
    }
  }
  return bands;
}

/** Say whether a trigger has any band at all. */
export function exist(trigger: Trigger): boolean {
  return bandsIn(trigger).length > 0;
}

/**
 * Compute a band's half-width in weight units: the narrower of absolute and relative.
 * Undefined where neither is given, or where only a share of a target of zero is: that would be no width at all,
 * and the first atom of dust would make a rebalance due for ever.
 */
function halfWidth(band: Band, asset: AssetId, target: Weight): number | undefined {
  const own = band.perAsset !== undefined && Object.hasOwn(band.perAsset, asset) ? band.perAsset[asset] : undefined;
  const { absolute, relative } = own ?? band;
  const widths: number[] = [];
  if (absolute !== undefined) widths.push(absolute / ONE);
  if (relative !== undefined && target > 0) widths.push((relative / ONE) * target);
  return widths.length === 0 ? undefined : Math.min(...widths);
}

function bandsIn(trigger: Trigger): readonly Band[] {
  switch (trigger.kind) {
    case 'band':
      return [trigger];
    case 'calendar':
      return [];
    case 'any':
      return trigger.of.flatMap(bandsIn);
  }
}
