// What a plan makes lending pools pay from here on: a deposit is worth what it will have become, and what is withdrawn earns no more.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { YEAR, type Seconds } from '../money/Time.ts';
import { RAY } from '../market/Kinked.ts';
import * as Lending from '../market/Lending.ts';
import * as Market from '../market/Market.ts';
import type { Share } from './Lane.ts';
import * as Mesh from './Mesh.ts';

/** Sell an asset along paths. */
export type Run = { readonly sell: AssetId; readonly shares: readonly Share[] };

/** State how much a pool is supplied with (below zero: withdrawn) in atoms of its asset, what share of that {1} it earns, and in what that counts. */
export type Earning = {
  readonly asset: AssetId;
  readonly atoms: bigint;
  readonly share: number;
  readonly counts: AssetId;
};

/**
 * Count what runs, one after another on the markets `before` them, let lending pools pay over a horizon: deposits at the rate after all of
 * them, which they lower; withdrawals at the rate that they leave.
 */
export function earnings(before: Mesh.Mesh, runs: readonly Run[], horizon: Seconds): readonly Earning[] {
  if (horizon === 0) return [];
  const pools = [...before.values()].filter((market) => market.kind === 'lending');
  if (pools.length === 0) return [];
  const added = supplied(before, runs);
  return pools.flatMap((pool): readonly Earning[] => {
    const more = added.get(pool.id) ?? 0n;
    if (more === 0n) return [];
    const [asset, receipt] = pool.assets;
    const rate = more > 0n ? Lending.supplyRateAfter(pool, more) : Lending.supplyRate(pool);
    const share = (horizon / YEAR) * approximate(rate, RAY);
    return [{ asset, atoms: more, share, counts: more > 0n ? receipt : asset }];
  });
}

/** Add up what each pool is supplied with by runs, in atoms of its asset; below zero what is withdrawn. */
function supplied(before: Mesh.Mesh, runs: readonly Run[]): ReadonlyMap<Market.MarketId, bigint> {
  const added = new Map<Market.MarketId, bigint>();
  const now = new Map(before);
  for (const { sell, shares } of runs) {
    for (const { path, sold } of shares) {
      let [asset, atoms] = [sell, sold];
      for (const { market, buy } of Mesh.within(now, path) ?? []) {
        const outcome = Market.swap(market, asset, atoms, buy);
        if (market.kind === 'lending') {
          const more = asset === market.assets[0] ? outcome.sold : -outcome.bought;
          added.set(market.id, (added.get(market.id) ?? 0n) + more);
        }
        now.set(market.id, outcome.after);
        [asset, atoms] = [buy, outcome.bought];
      }
    }
  }
  return added;
}
