// What a trade may bring at worst is bounded by prices that the market it trades on cannot move.

import * as Bps from '../../money/Bps.ts';
import { fairUp } from '../../plan/fill.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse swaps whose floor is more than `max` below the primary prices. */
export function slippage(max: Bps.Bps, judged: Case.Case): readonly Refusal[] {
  return Case.swaps(judged).flatMap((swap) => {
    const sell = Case.position(judged, swap.sell);
    const buy = Case.position(judged, swap.buy);
    if (sell === undefined || buy === undefined) return [];
    const fair = fairUp(sell, buy, swap.sold);
    // A swap that sells nothing has no price; consistency refuses it.
    if (fair <= 0n) return [];
    const below = Bps.ofUp(fair - swap.floor, fair);
    if (below <= BigInt(max)) return [];
    return [
      {
        limit: 'slippage',
        was: `${sell.asset.symbol} for ${buy.asset.symbol} may settle ${Bps.percent(below)} below the primary prices`,
        allowed: Bps.percent(max),
        fix: 'lower the slippage of trades, wait for the market to come back, or allow more',
      },
    ];
  });
}
