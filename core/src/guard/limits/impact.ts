// A trade that moves its own price is too large for its markets: it pays for it, and invites a sandwich.

import * as Bps from '../../money/Bps.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse swaps whose price impact is more than `max` of the value that they sell. */
export function impact(max: Bps.Bps, judged: Case.Case): readonly Refusal[] {
  return Case.swaps(judged).flatMap((swap) => {
    const value = Case.sold(judged, swap);
    const share = value > 0n ? Bps.ofUp(swap.cost.impact, value) : swap.cost.impact > 0n ? BigInt(Bps.ONE) : 0n;
    if (share <= BigInt(max)) return [];
    const names = `${symbolOf(judged.snapshot, swap.sell)} for ${symbolOf(judged.snapshot, swap.buy)}`;
    return [
      {
        limit: 'impact',
        was: `${names} moves its price by ${Bps.percent(share)}`,
        allowed: Bps.percent(max),
        fix: 'trade less at once, add deeper markets, or allow more',
      },
    ];
  });
}
