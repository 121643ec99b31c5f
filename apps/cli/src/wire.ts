// Which adapter serves which port. This is the only file that knows.

import { setTimeout } from 'node:timers/promises';
import { getAddress, zeroAddress } from 'viem';
import type { Address, LocalAccount } from 'viem';
import { Rpc, settlerVenue, Vault, vaultCustody } from '@trimtab/adapters/chain';
import { chainlink } from '@trimtab/adapters/prices';
import type { Strategy } from '@trimtab/core';
import { Config } from '@trimtab/engine';
import type { Alerts, Clock, World } from '@trimtab/engine';
import type { Read } from './readConfig.ts';
import { resolveReference } from './resolveReference.ts';

/** Hold what a look at the world needs: everything but the journal. */
export type Seat = Pick<World, 'venue' | 'custody' | 'prices'> & { readonly strategy: Strategy };

/** Say where a vault is and what it may trade through. */
export type Place = {
  readonly rpc: Rpc.Rpc;
  readonly vault: Address;
  readonly filler: Address;
  readonly pools: readonly Address[];
  readonly native: Address;
};

/** Connect to the chain of a configuration. Without an account everything can be read and nothing signed. */
export async function wire({ config, source }: Read, account?: LocalAccount): Promise<Seat> {
  const { chain, vault, filler, pools } = config;
  const url = chain.rpc.kind === 'plain' ? chain.rpc.url : resolveReference('chain.rpc', chain.rpc);
  const place: Place = {
    rpc: Rpc.open(url, chain.id),
    vault: getAddress(vault),
    filler: getAddress(filler),
    pools: pools.map((pool) => getAddress(pool)),
    native: getAddress(chain.native),
  };
  const ports = await connect(place, account);
  return { ...ports, strategy: Config.strategyFor(config.strategy, ports.custody.assets, source) };
}

/** Connect to a vault. Without an account everything can be read and nothing signed. */
export async function connect(
  place: Place,
  account?: LocalAccount,
): Promise<Pick<World, 'venue' | 'custody' | 'prices'>> {
  const { rpc, vault } = place;
  const { hub, tokens } = await Vault.read(rpc, vault);
  const custody = await vaultCustody({ rpc, vault, ...(account === undefined ? {} : { account }) });
  const [prices, venue] = await Promise.all([
    chainlink({ rpc, hub, assets: tokens }),
    settlerVenue({ ...place, from: account?.address ?? zeroAddress }),
  ]);
  return { custody, prices, venue };
}

/** Name the portfolio of a configuration, as its snapshots and journal entries do. */
export function portfolioOf({ chain, vault }: Config.Config): string {
  return `eip155:${chain.id}/${vault}`;
}

/** The machine's clock. It paces the loop and dates the journal; deadlines use chain time. */
export const clock: Clock = {
  now: () => Math.floor(Date.now() / 1_000),
  sleep: (seconds) => setTimeout(seconds * 1_000),
};

/** Alerts on standard error, where a service manager collects them. */
export const alerts: Alerts = {
  raise: ({ severity, what, why, fix }) =>
    void process.stderr.write(`${severity === 'halt' ? 'HALT' : 'WARNING'}: ${what}: ${why}. Fix: ${fix}\n`),
};
