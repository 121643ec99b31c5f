// Looking: everything a decision may depend on, read at one block and frozen.

import type { Snapshot, Time } from '@trimtab/core';
import type { World } from './ports.ts';

/** Read one snapshot of the world. Rejects with the port's own error if any part cannot be read. */
export async function observe(
  world: Pick<World, 'venue' | 'custody' | 'prices'>,
  lastRebalanceAt: Time | undefined,
): Promise<Snapshot> {
  const head = await world.venue.head();
  const [held, prices, market] = await Promise.all([
    world.custody.holdings(head),
    world.prices.read(head),
    world.venue.markets(head),
  ]);
  return freeze({
    portfolio: world.custody.portfolio,
    at: head.at,
    block: head.block,
    assets: world.custody.assets,
    holdings: held.holdings,
    prices,
    markets: market.markets,
    gas: market.gas,
    inFlight: held.inFlight,
    custody: held.permits,
    ...(lastRebalanceAt === undefined ? {} : { lastRebalanceAt }),
  });
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
