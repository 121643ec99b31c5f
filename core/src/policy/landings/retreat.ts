// Go back only a little inside the region, which trades less than going all the way.

import type { Weight } from '../../money/Weight.ts';
import * as Drift from '../../portfolio/Drift.ts';
import type { Half, Region } from '../Region.ts';

/**
 * How far inside the edge to stop, as a share of the way to the target: fees and rounding taken on the way
 * would otherwise leave the asset a hair outside, and the next look would trade again.
 */
const INSIDE = 0.1;

/**
 * Move what is outside its region to `stop` (or to just inside the edge, where that is nearer the target), and let the
 * others take up the difference in proportion to how far it brings them towards their own target. None is carried past
 * its target, so none leaves its region. Where nothing is outside, what is due is due for another reason, such as the
 * time, and all goes to target.
 */
export function retreat(drift: readonly Drift.Drift[], region: Region, stop: keyof Half): readonly Weight[] {
  if (drift.every((one) => Drift.outside(one) === 0)) return drift.map(({ target }) => target);
  const nearest = drift.map((one) => {
    const half = region.get(one.asset);
    if (half === undefined || Drift.outside(one) === 0) return one.weight;
    return one.target + Math.sign(one.absolute) * Math.min(half[stop], (1 - INSIDE) * half.trigger);
  });
  const gaps = drift.map(({ target }, index) => target - (nearest[index] ?? target));
  const missing = gaps.reduce((sum, gap) => sum + gap, 0);
  const useful = gaps.map((gap) => (gap * missing > 0 ? Math.abs(gap) : 0));
  const total = useful.reduce((sum, gap) => sum + gap, 0);
  return nearest.map((weight, index) => weight + (total === 0 ? 0 : (missing * (useful[index] ?? 0)) / total));
}
