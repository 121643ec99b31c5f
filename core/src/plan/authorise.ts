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
    legs: legs(portfolio, swaps, trading.slippage),
    why: `let custody settle ${swaps.length} ${swaps.length === 1 ? 'trade' : 'trades'} and nothing beyond`,
  };
}

/**
 * Bound every holding. What is sold may go down to where it lands and not an atom further; what is bought may come up to
 * where it lands if the fill is better than hoped by as much as it may be worse; what is neither stays as it is.
 * Hoped is the better of the quote and the oracle: by the next block arbitrage may have undone what an earlier trade of
 * the plan moved, and a fill that brings more than quoted must not be turned away for it.
 * Both bounds are one, so that nobody can trade an asset back and forth between them.
 */
function legs({ positions }: Portfolio, swaps: readonly Swap[], slippage: Bps.Bps): readonly Leg[] {
  const bounds = new Map(positions.map(({ asset, held }) => [asset.id, held]));
  const move = (id: AssetId, atoms: bigint) => bounds.set(id, (bounds.get(id) ?? 0n) + atoms);
  const byId = new Map(positions.map((position) => [position.asset.id, position]));
  for (const { sell, buy, sold, expected } of swaps) {
    const [from, to] = [byId.get(sell), byId.get(buy)];
    const fair = from === undefined || to === undefined ? expected : fairUp(from, to, sold);
    move(sell, -sold);
    move(buy, Bps.shareUp(max(expected, fair), Bps.ONE + slippage));
  }
  return positions.map(({ asset }) => {
    const bound = bounds.get(asset.id) ?? 0n;
    return { asset: asset.id, sellDownTo: bound, buyUpTo: bound };
  });
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
