// What a path would pay, computed on the markets themselves: nobody has to be asked.

import type { AssetId } from '../money/Asset.ts';
import { divUp } from '../money/Fixed.ts';
import * as Market from '../market/Market.ts';
import type { Hop, Path } from './Mesh.ts';
import * as Way from './slice/Way.ts';

/** State a path's answer to one size, in atoms. */
export type Quote = {
  readonly sold: bigint;
  readonly bought: bigint;
  /** What each market keeps as fee, in the path's order. */
  readonly fees: readonly Kept[];
  /** The path through the markets as the trade would leave them. */
  readonly after: Path;
};

/** State what a market keeps, in atoms of what goes into it or of what comes out. */
export type Kept = { readonly atoms: bigint; readonly side: 'in' | 'out' };

/**
 * Ask a path what `sold` atoms would fetch. A path of one market may take less and says so in `sold`;
 * undefined where a later market cannot take all that an earlier one pays, a market's arithmetic gives up, or nothing would come back.
 */
export function of(path: Path, sell: AssetId, sold: bigint): Quote | undefined {
  const outcomes: Market.Outcome[] = [];
  let asset = sell;
  let atoms = sold;
  for (const { market, buy } of path) {
    const outcome = Way.swap(market, asset, atoms, buy);
    if (outcome === undefined || (outcomes.length > 0 && outcome.sold !== atoms)) return undefined;
    outcomes.push(outcome);
    asset = buy;
    atoms = outcome.bought;
  }
  const [first] = outcomes;
  if (first === undefined || atoms <= 0n) return undefined;
  const fees = outcomes.map(({ fee, feeIn, sell: taken }): Kept => ({
    atoms: fee,
    side: feeIn === taken ? 'in' : 'out',
  }));
  return {
    sold: first.sold,
    bought: atoms,
    fees,
    after: outcomes.map(({ after, buy }): Hop => ({ market: after, buy })),
  };
}

/** Give a path's exact marginal price before fees. */
export function spot(path: Path, sell: AssetId): Market.Rate {
  let asset = sell;
  let rate: Market.Rate = { bought: 1n, sold: 1n };
  for (const { market, buy } of path) {
    const next = Market.spot(market, asset, buy);
    rate = { bought: rate.bought * next.bought, sold: rate.sold * next.sold };
    asset = buy;
  }
  return rate;
}

/** Carry atoms to the end of a path at its spot prices, rounded up. Of an empty path they are what they are. */
export function atSpotUp(path: Path, sell: AssetId, atoms: bigint): bigint {
  const { bought, sold } = spot(path, sell);
  return divUp(atoms * bought, sold);
}
