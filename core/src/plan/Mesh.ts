// Which markets join which assets, and in what state each would be after the trades planned so far.

import type { AssetId } from '../money/Asset.ts';
import * as Market from '../market/Market.ts';

/** Hold markets by id and by the assets they trade. */
export type Mesh = {
  readonly markets: ReadonlyMap<Market.MarketId, Market.Market>;
  readonly trading: ReadonlyMap<AssetId, readonly Market.MarketId[]>;
};

/** Name one or two markets to go through one after another. */
export type Path = readonly Market.Market[];

/** Index markets by what they trade. */
export function of(markets: readonly Market.Market[]): Mesh {
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
export function after(mesh: Mesh, changed: readonly Market.Market[]): Mesh {
  const markets = new Map(mesh.markets);
  for (const market of changed) markets.set(market.id, market);
  return { markets, trading: mesh.trading };
}

/** List the markets that trade an asset. */
export function at(mesh: Mesh, asset: AssetId): readonly Market.Market[] {
  return (mesh.trading.get(asset) ?? []).flatMap((id) => mesh.markets.get(id) ?? []);
}

/** Find every path from one asset to another: through one market, or two by way of a common asset. */
export function paths(mesh: Mesh, sell: AssetId, buy: AssetId): readonly Path[] {
  const found: Path[] = [];
  for (const first of at(mesh, sell)) {
    const middle = Market.other(first, sell);
    if (middle === buy) found.push([first]);
    else for (const second of at(mesh, middle)) if (Market.other(second, middle) === buy) found.push([first, second]);
  }
  return found;
}

/** Say how many markets the shortest way from one asset to another takes: 1, 2, or undefined beyond two. */
export function distance(mesh: Mesh, sell: AssetId, buy: AssetId): 1 | 2 | undefined {
  let shortest: 2 | undefined;
  for (const first of at(mesh, sell)) {
    const middle = Market.other(first, sell);
    if (middle === buy) return 1;
    if (shortest === undefined && at(mesh, middle).some((second) => Market.other(second, middle) === buy)) shortest = 2;
  }
  return shortest;
}
