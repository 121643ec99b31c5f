// What a path would pay, computed on the markets themselves: nobody has to be asked.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import * as Market from '../market/Market.ts';
import type { Path } from './Mesh.ts';

/** State a path's answer to one size, in atoms. */
export type Quote = {
  readonly sold: bigint;
  readonly bought: bigint;
  /** What each market keeps as fee, in the asset that it takes, in the path's order. */
  readonly fees: readonly bigint[];
  /** The markets as the trade would leave them, in the path's order. */
  readonly after: Path;
};

/**
 * Ask a path what `sold` atoms would fetch. A path of one market may take less and says so in `sold`;
 * undefined where a later market cannot take all that an earlier one pays, or nothing would come back.
 */
export function of(path: Path, sell: AssetId, sold: bigint): Quote | undefined {
  const outcomes: Market.Outcome<Market.Pool>[] = [];
  let asset = sell;
  let atoms = sold;
  for (const market of path) {
    const outcome = Market.swap(market, asset, atoms);
    if (outcomes.length > 0 && outcome.sold !== atoms) return undefined;
    outcomes.push(outcome);
    asset = outcome.buy;
    atoms = outcome.bought;
  }
  const [first] = outcomes;
  if (first === undefined || atoms === 0n) return undefined;
  const fees = outcomes.map(({ fee }) => fee);
  return { sold: first.sold, bought: atoms, fees, after: outcomes.map(({ after }) => after) };
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
  return path.reduce((price, market) => price * Market.keep(market), approximate(bought, sold));
}
