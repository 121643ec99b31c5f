// What is bought must not become too large a part of the whole.

import type { AssetId } from '../../money/Asset.ts';
import * as Bps from '../../money/Bps.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan after which an asset that it adds to weighs more than `max`, or than its own limit in `perAsset`. */
export function concentration(
  max: Bps.Bps,
  perAsset: { readonly [asset: AssetId]: Bps.Bps },
  judged: Case.Case,
): readonly Refusal[] {
  const values = Case.after(judged);
  const whole = [...values.values()].reduce((sum, value) => sum + value, 0n);
  return [...values].flatMap(([asset, value]) => {
    const own = Object.hasOwn(perAsset, asset) ? (perAsset[asset] ?? max) : max;
    if (Case.change(judged, asset) <= 0n) return [];
    // A whole that is not worth anything has no shares: whatever is added to it is too much.
    const share = whole > 0n ? Bps.ofUp(value, whole) : BigInt(Bps.ONE) + 1n;
    if (share <= BigInt(own)) return [];
    return [
      {
        limit: 'concentration',
        was: `${symbolOf(judged.snapshot, asset)} would weigh ${Bps.percent(share)}`,
        allowed: Bps.percent(own),
        fix: 'lower its target, or allow more',
      },
    ];
  });
}
