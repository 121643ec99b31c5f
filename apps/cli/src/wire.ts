// Which adapter serves which port. This is the only file that knows.

import { setTimeout } from 'node:timers/promises';
import { decodeFunctionResult, encodeFunctionData, getAddress, parseAbi, zeroAddress } from 'viem';
import type { Address, Hex, LocalAccount } from 'viem';
import { Rpc, settlerVenue, vaultCustody } from '@trimtab/adapters/chain';
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
  const settler = await addressAt(rpc, vault, 'settler');
  const hub = await addressAt(rpc, settler, 'hub');
  const custody = await vaultCustody({ rpc, vault, ...(account === undefined ? {} : { account }) });
  const assets = custody.assets.map((asset) => getAddress(asset.id.slice(asset.id.lastIndexOf('/') + 1)));
  const [prices, venue] = await Promise.all([
    chainlink({ rpc, hub, assets }),
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

/** Ask a contract for one of the addresses it was built with. */
async function addressAt(rpc: Rpc.Rpc, to: Address, name: 'settler' | 'hub'): Promise<Address> {
  const abi = parseAbi(['function settler() view returns (address)', 'function hub() view returns (address)']);
  const data = encodeFunctionData({ abi, functionName: name });
  const answer = await rpc.request('eth_call', [{ to, data }, 'latest']);
  if (typeof answer !== 'string' || !/^0x0{24}[0-9a-fA-F]{40}$/.test(answer))
    throw new NotOurContract(to, name, rpc.chain);
  return decodeFunctionResult({ abi, functionName: name, data: answer as Hex });
}

/** Say that an address of the configuration is not the contract it should be. */
export class NotOurContract extends Error {
  override readonly name = 'NotOurContract';
  readonly next = 'halt';
  readonly fix = 'correct `vault` or `chain` in the configuration; `trimtab doctor` checks each address';
  constructor(address: string, name: string, chain: number) {
    super(`The contract at ${address} on chain ${chain} has no ${name}, so it is not a vault of ours.`);
  }
}
