// How much of a trade goes along which path, and what that brings: what routers choose among.

import type { AssetId, Market, MarketId } from '@trimtab/core';
import * as Paths from './Paths.ts';
import type { Order, Rebalance, State } from './Rebalance.ts';
import { valueOf } from './Rebalance.ts';

/** Send an amount along a path. */
export type Share = { readonly path: Paths.Path; readonly sold: bigint };

/** Hold shares and what they bring. */
export type Split = {
  readonly shares: readonly Share[];
  readonly bought: bigint;
  /** What is bought, less the gas of its markets {USD}. */
  readonly worth: number;
  /** The markets that it leaves otherwise than it found them. */
  readonly changed: State;
};

/** Carry shares out one after another, one swap a path; undefined where one cannot be. */
export function carry(task: Rebalance, state: State, buy: AssetId, shares: readonly Share[]): Split | undefined {
  const changed = new Map<MarketId, Market>();
  const look = (id: MarketId) => changed.get(id) ?? state.get(id);
  let [bought, markets] = [0n, 0];
  for (const { path, sold } of shares) {
    const quoted = Paths.quote(look, path, sold);
    if (quoted === undefined) return undefined;
    for (const market of quoted.after) changed.set(market.id, market);
    bought += quoted.bought;
    markets += path.length;
  }
  return { shares, bought, worth: valueOf(task, buy, bought) - task.charges.hop * markets, changed };
}

/** Keep the split that is worth most. */
export function best(splits: readonly (Split | undefined)[]): Split | undefined {
  return splits.reduce((most, one) => {
    if (one === undefined) return most;
    return most === undefined || one.worth > most.worth ? one : most;
  }, undefined);
}

/** Write a split as an order. */
export function order(sell: AssetId, buy: AssetId, { shares }: Split): Order {
  const routes = shares.map(({ path, sold }) => ({
    markets: path.map(({ market }) => market),
    through: path.slice(0, -1).map((hop) => hop.buy),
    sold,
  }));
  return { sell, buy, routes };
}
