// What a path would pay, and where the rest goes: each market's fee, and what our own size moves the price by.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { divUp } from '../money/Fixed.ts';
import * as Market from '../market/Market.ts';
import type { Path } from './Mesh.ts';

/** State a path's answer to one size. All but `sold` in atoms of what is bought. */
export type Quote = {
  readonly sold: bigint;
  readonly bought: bigint;
  /** What `sold` would fetch at the marginal prices before the trade, without fees; rounded up. */
  readonly ideal: bigint;
  /** What the markets keep as fee, at those same prices; rounded up. */
  readonly fee: bigint;
  /** The markets as the trade would leave them, in the path's order. */
  readonly after: Path;
};

/**
 * Ask a path what `sold` atoms would fetch. A path of one market may take less and says so in `sold`;
 * undefined where a later market cannot take all that an earlier one pays, or nothing would come back.
 */
export function of(path: Path, sell: AssetId, sold: bigint): Quote | undefined {
  const outcomes: Market.Outcome[] = [];
  let asset = sell;
  let atoms = sold;
  for (const market of path) {
    const outcome = Market.swap(market, asset, atoms);
    if (outcomes.length > 0 && outcome.sold !== atoms) return undefined;
    outcomes.push(outcome);
    asset = outcome.buy;
    atoms = outcome.bought;
  }
  const first = outcomes[0];
  if (first === undefined || atoms === 0n) return undefined;
  return { sold: first.sold, bought: atoms, ...atSpot(path, outcomes), after: outcomes.map(({ after }) => after) };
}

/** Carry the input and every fee to the end of the path at the marginal prices before the trade. */
function atSpot(path: Path, outcomes: readonly Market.Outcome[]): { readonly ideal: bigint; readonly fee: bigint } {
  let ideal = 0n;
  let fee = 0n;
  outcomes.forEach((outcome, hop) => {
    const rate = spot(path.slice(hop), outcome.sell);
    if (hop === 0) ideal = divUp(outcome.sold * rate.bought, rate.sold);
    fee += divUp(outcome.fee * rate.bought, rate.sold);
  });
  return { ideal, fee };
}

/** Give a path's exact marginal price before fees. */
export function spot(path: Path, sell: AssetId): Market.Rate {
  let asset = sell;
  let rate: Market.Rate = { bought: 1n, sold: 1n };
  for (const market of path) {
    const next = Market.spot(market, asset);
    rate = { bought: rate.bought * next.bought, sold: rate.sold * next.sold };
    asset = Market.other(market, asset);
  }
  return rate;
}

/** Believe what one more atom sold along a path would bring, after fees. */
export function marginal(path: Path, sell: AssetId): number {
  const { bought, sold } = spot(path, sell);
  return path.reduce((price, { feePpm }) => price * (1 - feePpm / 1e6), approximate(bought, sold));
}
