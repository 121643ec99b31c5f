// Ways from one token to another through at most three markets: all simple ones among the deep markets, the most promising first.

import { approximate, Market } from '@trimtab/core';
import type { AssetId, MarketId } from '@trimtab/core';
import { depthOf } from '../pools/depthOf.ts';
import { valueOf, type Rebalance } from './Rebalance.ts';

/** Go through a market, from one token to another. */
export type Hop = { readonly market: MarketId; readonly sell: AssetId; readonly buy: AssetId };

/** Go through markets one after another. */
export type Path = readonly Hop[];

/** Hold where each token leads. */
export type Paths = ReadonlyMap<AssetId, readonly Step[]>;

/** Lead from one token to another: what one more atom brings after the fee {atoms/atom}, and what stands behind it {USD}. */
type Step = { readonly hop: Hop; readonly price: number; readonly depth: number };

/** Markets between the same two tokens that are looked at, the deepest first. */
const WIDE = 6;
/** Markets in a row. */
const LONG = 3;
/** A market with less behind it than this share of a trade {1} cannot carry a part of it. */
const SHALLOW = 0.01;
/** Paths that are quoted exactly: those of the best price, and those that are deepest. */
const QUOTED = 48;

/** Index the markets of a rebalance by what they lead to. */
export function of(task: Rebalance): Paths {
  const steps = [...task.markets.values()].flatMap((market) =>
    market.assets.flatMap((sell) =>
      market.assets.flatMap((buy) => (sell === buy ? [] : step(task, market, sell, buy))),
    ),
  );
  const by = new Map<AssetId, Map<AssetId, Step[]>>();
  for (const one of steps.toSorted((a, b) => b.depth - a.depth)) {
    const from = by.get(one.hop.sell) ?? new Map<AssetId, Step[]>();
    const list = from.get(one.hop.buy) ?? [];
    if (list.length < WIDE) list.push(one);
    by.set(one.hop.sell, from.set(one.hop.buy, list));
  }
  return new Map([...by].map(([asset, to]) => [asset, [...to.values()].flat()]));
}

function step(task: Rebalance, market: Market, sell: AssetId, buy: AssetId): readonly Step[] {
  const { bought, sold } = Market.spot(market, sell, buy);
  if (bought <= 0n || sold <= 0n) return [];
  const [one, other] = depthOf(market, sell, buy);
  const depth = Math.min(valueOf(task, sell, BigInt(Math.floor(one))), valueOf(task, buy, BigInt(Math.floor(other))));
  return [
    { hop: { market: market.id, sell, buy }, price: approximate(bought, sold) * Market.keep(market, sell), depth },
  ];
}

/** Find paths for a trade of so much value {USD}: those with the best price for the first atom, and those that are deepest. */
export function find(paths: Paths, sell: AssetId, buy: AssetId, value: number): readonly Path[] {
  const found: { readonly path: Path; readonly price: number; readonly depth: number }[] = [];
  const least = SHALLOW * value;
  const walk = (at: AssetId, path: Path, price: number, depth: number): void => {
    for (const step of paths.get(at) ?? []) {
      if (!(step.depth >= least)) continue;
      const { hop } = step;
      if (hop.buy === sell || path.some((one) => one.buy === hop.buy || one.market === hop.market)) continue;
      const next = [...path, hop];
      const narrowest = Math.min(depth, step.depth);
      if (hop.buy === buy) found.push({ path: next, price: price * step.price, depth: narrowest });
      else if (next.length < LONG) walk(hop.buy, next, price * step.price, narrowest);
    }
  };
  walk(sell, [], 1, Infinity);
  const best = found.toSorted((a, b) => b.price - a.price).slice(0, QUOTED);
  const deepest = found.toSorted((a, b) => b.depth - a.depth || b.price - a.price).slice(0, QUOTED);
  return [...new Set([...best, ...deepest])].map(({ path }) => path);
}

/** Find a market as it is now. */
export type Look = (id: MarketId) => Market | undefined;

/** State what a path pays for an amount, and its markets afterwards. */
export type Quote = { readonly bought: bigint; readonly after: readonly Market[] };

/** Quote a path exactly; undefined where a market does not take all of it, or nothing comes back. */
export function quote(look: Look, path: Path, sold: bigint): Quote | undefined {
  const after: Market[] = [];
  let atoms = sold;
  for (const { market: id, sell, buy } of path) {
    const market = look(id);
    if (market === undefined || atoms <= 0n) return undefined;
    const swapped = Market.swap(market, sell, atoms, buy);
    if (swapped.sold !== atoms) return undefined;
    after.push(swapped.after);
    atoms = swapped.bought;
  }
  return atoms > 0n ? { bought: atoms, after } : undefined;
}
