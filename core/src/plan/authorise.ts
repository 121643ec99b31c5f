// What custody is told before the first trade: how far each holding may move and at which discount at worst.
// Custody holds everyone who fills to it, so the bounds are as tight as the plan can bear.

import type { AssetId } from '../money/Asset.ts';
import * as Bps from '../money/Bps.ts';
import { max } from '../money/Fixed.ts';
import type { Portfolio } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Trading } from '../policy/Strategy.ts';
import { fairUp } from './fill.ts';
import type { Authorise, Leg, Swap } from './Plan.ts';

/** Bound every holding for a plan of swaps. */
export function authorise(
  snapshot: Snapshot,
  portfolio: Portfolio,
  trading: Trading,
  swaps: readonly Swap[],
): Authorise {
  const { custody } = snapshot;
  return {
    kind: 'authorise',
    nonce: custody.nonce + 1,
    deadline: snapshot.at + trading.lifetime,
    floorDiscount: discount(portfolio, swaps, custody.maxFloorDiscount),
    supply: custody.supply,
    legs: portfolio.positions.map(({ asset, held }) => leg(asset.id, held, swaps, trading.slippage)),
    why: `let custody settle ${swaps.length} ${swaps.length === 1 ? 'trade' : 'trades'} and nothing beyond`,
  };
}

/**
 * Bound one holding. What is sold may go down to where it lands and not an atom further; what is bought may come up to
 * where it lands if the fill is better than expected by as much as it may be worse; what is neither stays as it is.
 * Both bounds are one, so that nobody can trade an asset back and forth between them.
 */
function leg(asset: AssetId, held: bigint, swaps: readonly Swap[], slippage: Bps.Bps): Leg {
  let bound = held;
  for (const swap of swaps) {
    if (swap.sell === asset) bound -= swap.sold;
    if (swap.buy === asset) bound += Bps.shareUp(swap.expected, Bps.ONE + slippage);
  }
  return { asset, sellDownTo: bound, buyUpTo: bound };
}

/** Find the smallest discount, in whole basis points, at which every swap may still settle at its own floor. */
function discount(portfolio: Portfolio, swaps: readonly Swap[], most: Bps.Bps): Bps.Bps {
  const positions = new Map(portfolio.positions.map((position) => [position.asset.id, position]));
  let needed = 0n;
  for (const swap of swaps) {
    const sell = positions.get(swap.sell);
    const buy = positions.get(swap.buy);
    if (sell === undefined || buy === undefined) continue;
    const fair = fairUp(sell, buy, swap.sold);
    needed = max(needed, Bps.ofUp(fair - swap.floor, fair));
  }
  return Math.min(Number(needed), most);
}
