// Which adapter serves which port. This is the only file that knows.

import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getAddress, zeroAddress } from 'viem';
import type { Address, LocalAccount } from 'viem';
import { Rpc, settlerVenue, Vault, vaultCustody } from '@trimtab/adapters/chain';
import { createKeystore, openKeystore } from '@trimtab/adapters/custody';
import type { Passphrase } from '@trimtab/adapters/custody';
import { ask, NobodyOwns, openEmbedded, openServer } from '@trimtab/adapters/journal';
import type { Answer, Request } from '@trimtab/adapters/journal';
import { chainlink } from '@trimtab/adapters/prices';
import type { Strategy } from '@trimtab/core';
import { Config } from '@trimtab/engine';
import type { Alerts, Clock, Journal, World } from '@trimtab/engine';
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
  /** Blocks that must hold a transaction before it counts; default: the venue's own, as for all below. */
  readonly confirmations?: number;
  /** What is added to the base fee {wei/gas}. */
  readonly tip?: bigint;
  /** Highest gas price that is paid {wei/gas}. */
  readonly maxFee?: bigint;
};

/** Connect to the chain of a configuration. Without an account everything can be read and nothing signed. */
export async function wire({ config, source }: Read, account?: LocalAccount): Promise<Seat> {
  const { chain, vault, filler, pools } = config;
  const { confirmations, tip, maxFee } = chain;
  const url = chain.rpc.kind === 'plain' ? chain.rpc.url : resolveReference('chain.rpc', chain.rpc);
  const place: Place = {
    rpc: Rpc.open(url, chain.id),
    vault: getAddress(vault),
    filler: getAddress(filler),
    pools: pools.map((pool) => getAddress(pool)),
    native: getAddress(chain.native),
    confirmations,
    tip,
    maxFee,
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

/** Open the journal to write it; `answer` serves those who ask its owner. Throws FolderOwned, StorageFailed, JournalFailed. */
export async function openJournal({ journal }: Config.Config, answer?: Answer): Promise<Journal> {
  if (journal.kind === 'server') return openServer(resolveReference('journal.url', journal.url));
  return openEmbedded(journal.folder, answer === undefined ? {} : { answer });
}

/** Ask the engine that owns the journal's folder; undefined where none runs. Throws OwnerRefused. */
export async function askEngine({ journal }: Config.Config, request: Request): Promise<unknown> {
  if (journal.kind === 'server') return undefined;
  try {
    return await ask(journal.folder, request);
  } catch (error) {
    if (error instanceof NobodyOwns) return undefined;
    throw error;
  }
}

/**
 * Name who holds the lease. A folder has one owner anyway, so its name outlives the process and a restart need not
 * wait for its own lease; on a server two processes must not share a name.
 */
export function holderOf({ journal }: Config.Config): string {
  return journal.kind === 'folder' ? `${hostname()}:${journal.folder}` : `${hostname()}:${process.pid}`;
}

/** Open the key that proposes. Throws KeyNotConfigured and the keystore's own errors. */
export async function openAccount(config: Config.Config): Promise<LocalAccount> {
  const { file, passphrase } = keystoreOf(config);
  return openKeystore(file, passphraseIn(passphrase));
}

/** Make the keystore that a configuration names, with a fresh key, and give its address. Throws KeystoreExists. */
export async function createKey(config: Config.Config): Promise<Address> {
  const { file, passphrase } = keystoreOf(config);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return createKeystore(file, passphraseIn(passphrase));
}

type Keystore = NonNullable<Config.Config['keystore']>;

function keystoreOf({ keystore }: Config.Config): Keystore {
  if (keystore === undefined) throw new KeyNotConfigured();
  return keystore;
}

function passphraseIn(reference: Keystore['passphrase']): Passphrase {
  switch (reference.kind) {
    case 'prompt':
      return 'prompt';
    case 'env':
      return `env:${reference.name}`;
    case 'file':
      return `file:${reference.path}`;
  }
}

/** Say that signing was asked for without a key. */
export class KeyNotConfigured extends Error {
  override readonly name = 'KeyNotConfigured';
  readonly next = 'halt';
  readonly fix = 'add `keystore: { file: PATH, passphrase: env:NAME }`, or run without --live';
  constructor() {
    super('The configuration names no keystore, so nothing can be signed.');
  }
}
