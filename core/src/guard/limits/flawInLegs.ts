// How far custody would let each holding move, whoever fills: no further than the plan's own swaps take it.

import { max } from '../../money/Fixed.ts';
import { fairUp } from '../../plan/fill.ts';
import type { Authorise } from '../../plan/Plan.ts';
import * as Case from '../Case.ts';

/** Name the first leg that lets an asset be sold below where the swaps leave it, or be bought to twice what they hope for. */
export function flawInLegs({ legs }: Authorise, judged: Case.Case): string | undefined {
  const { positions } = judged.portfolio;
  if (legs.length !== positions.length) return `${legs.length} legs for ${positions.length} assets`;
  for (const [place, { asset, held }] of positions.entries()) {
    const leg = legs[place];
    if (leg?.asset !== asset.id) return `its leg ${place} is for ${leg?.asset} and not for ${asset.id}`;
    const { sold, bought } = moved(judged, asset.id);
    if (leg.buyUpTo > leg.sellDownTo) return `${asset.symbol} may be bought and sold between the bounds of its leg`;
    if (leg.sellDownTo < held - sold) return `${asset.symbol} may be sold down to ${leg.sellDownTo}`;
    // A fill may be better than hoped, but not by more than all of it.
    if (leg.buyUpTo > held - sold + 2n * bought) return `${asset.symbol} may be bought up to ${leg.buyUpTo}`;
  }
  return undefined;
}

/** Sum what the swaps sell of an asset, and what they hope to buy of it: the better of quote and primary prices. */
function moved(judged: Case.Case, asset: string): { readonly sold: bigint; readonly bought: bigint } {
  let [sold, bought] = [0n, 0n];
  for (const swap of Case.swaps(judged)) {
    if (swap.sell === asset) sold += swap.sold;
    const [sell, buy] = [Case.position(judged, swap.sell), Case.position(judged, swap.buy)];
    if (swap.buy !== asset || sell === undefined || buy === undefined) continue;
    bought += max(swap.expected, fairUp(sell, buy, swap.sold));
  }
  return { sold, bought };
}
