// The markets of a plan, in the state that the trades planned so far leave them in, and the ways through them.

import type { AssetId } from '../money/Asset.ts';
import * as Market from '../market/Market.ts';

/** Hold markets by id. */
export type Mesh = ReadonlyMap<Market.MarketId, Market.Market>;

/** Go through one market and come out with `buy`. */
export type Hop = { readonly market: Market.Market; readonly buy: AssetId };

/** Go through markets one after another. */
export type Path = readonly Hop[];

/** Index markets by id. */
export function of(markets: readonly Market.Market[]): Mesh {
  return new Map(markets.map((market) => [market.id, market]));
}

/** Take a path through the markets of another state; undefined where one of them is not there. */
export function within(mesh: Mesh, path: Path): Path | undefined {
  const found: Hop[] = [];
  for (const { market, buy } of path) {
    const there = mesh.get(market.id);
    if (there === undefined) return undefined;
    found.push({ market: there, buy });
  }
  return found;
}

/**
 * Find the path that a route names: its markets, and what comes out of each. Undefined where a market is not there, does not trade what
 * comes in, or what goes in is what comes out.
 */
export function pathOf(mesh: Mesh, route: Named, sell: AssetId, buy: AssetId): Path | undefined {
  if (route.through.length !== route.markets.length - 1) return undefined;
  const path: Hop[] = [];
  let asset = sell;
  for (const [index, id] of route.markets.entries()) {
    const market = mesh.get(id);
    const next = route.through[index] ?? buy;
    if (market === undefined || next === asset) return undefined;
    if (!market.assets.includes(asset) || !market.assets.includes(next)) return undefined;
    path.push({ market, buy: next });
    asset = next;
  }
  return path;
}

/** Name a path: its markets, and the assets between one and the next. */
export type Named = { readonly markets: readonly Market.MarketId[]; readonly through: readonly AssetId[] };

/** Name a path for a route. */
export function name(path: Path): Named {
  return { markets: path.map(({ market }) => market.id), through: path.slice(0, -1).map(({ buy }) => buy) };
}
