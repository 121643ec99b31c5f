// Regions are computed from how a weight drifts. One that should be nothing, or the whole, does not drift: no region can
// be computed for it, yet it may be far off, as when a floor was reached and all that is risky must go.

import type { AssetId } from '../../money/Asset.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import type { Half, Region } from '../Region.ts';

/** How far off such a weight may be {1}: what fees and rounding leave behind is no reason to trade. */
const DUST = 0.001;

/** A target nearer than this {1} to nothing or to the whole is there but for rounding. */
const NEAR = 1e-9;

/** Draw the region of each asset whose target is nothing or the whole: dust around it, and on it to land. */
export function atCorners(drift: readonly Drift[]): Region {
  const corners = drift.filter(({ target }) => Math.abs(target) <= NEAR || Math.abs(1 - target) <= NEAR);
  return new Map(corners.map(({ asset }): [AssetId, Half] => [asset, { trigger: DUST, landing: 0 }]));
}
