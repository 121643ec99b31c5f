// Which markets join which assets, and in what state each would be after the trades planned so far.

import type { AssetId } from '../money/Asset.ts';
import * as Market from '../market/Market.ts';

/** Hold markets by id and by the assets they trade. */
export type Mesh = {
  readonly markets: ReadonlyMap<Market.MarketId, Market.Pool>;
  readonly trading: ReadonlyMap<AssetId, readonly Market.MarketId[]>;
};

/** Name one or two markets to go through one after another. */
export type Path = readonly Market.Pool[];

/** Index markets by what they trade. */
export function of(markets: readonly Market.Pool[]): Mesh {
  const trading = new Map<AssetId, Market.MarketId[]>();
  for (const { id, assets } of markets) {
    for (const asset of assets) {
      const ids = trading.get(asset);
      if (ids === undefined) trading.set(asset, [id]);
      else ids.push(id);
    }
  }
  return { markets: new Map(markets.map((market) => [market.id, market])), trading };
}

/** Put markets into the state a trade leaves them in. */
export function after(mesh: Mesh, changed: readonly Market.Pool[]): Mesh {
  const markets = new Map(mesh.markets);
  for (const market of changed) markets.set(market.id, market);
  return { markets, trading: mesh.trading };
}

/** List the markets that trade an asset. */
export function at(mesh: Mesh, asset: AssetId): readonly Market.Pool[] {
  return (mesh.trading.get(asset) ?? []).flatMap((id) => mesh.markets.get(id) ?? []);
}

/** Find every path from one asset to another: through one market, or two by way of a common asset. */
export function paths(mesh: Mesh, sell: AssetId, buy: AssetId): readonly Path[] {
  const last = at(mesh, buy);
  return at(mesh, sell).flatMap((first): readonly Path[] => {
    const middle = Market.other(first, sell);
    if (middle === buy) return [[first]];
    return last.filter((second) => Market.other(second, buy) === middle).map((second) => [first, second]);
  });
}

/** Count the markets on the shortest way from an asset to each that one or two markets lead to. */
export function reach(mesh: Mesh, sell: AssetId): ReadonlyMap<AssetId, 1 | 2> {
  const near = new Set(at(mesh, sell).map((market) => Market.other(market, sell)));
  const hops = new Map<AssetId, 1 | 2>();
  for (const middle of near) {
    hops.set(middle, 1);
    for (const market of at(mesh, middle)) {
      const end = Market.other(market, middle);
      if (end !== sell && !near.has(end)) hops.set(end, 2);
    }
  }
  return hops;
}
