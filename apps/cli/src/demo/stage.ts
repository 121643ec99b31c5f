// The stage of a rehearsal: a chain of this machine with a whole world on it, a journal in a folder, and an engine
// wired to them exactly as to any other chain. A stage whose process was killed is taken over as it was left.

import { join } from 'node:path';
import { Rpc } from '@trimtab/adapters/chain';
import { ask, NobodyOwns } from '@trimtab/adapters/journal';
import { Actor, adoptAnvil, deployWorld, startAnvil, vaultBalances } from '@trimtab/adapters/local';
import type { Anvil, Balances, Deployment, Heir } from '@trimtab/adapters/local';
import type { Asset, MarketId, Snapshot } from '@trimtab/core';
import { open } from '@trimtab/engine';
import type { Desk, Entry, Journal, World } from '@trimtab/engine';
import type { LocalAccount } from 'viem';
import { version } from '../version.ts';
import { alerts, clock, connect } from '../wire.ts';
import { strategy, world as worldSpec } from './Cast.ts';
import type { Role } from './Cast.ts';
import * as Relic from './Relic.ts';
import type { Replay } from './Replay.ts';

export type Stage = {
  readonly world: World;
  readonly desk: Desk;
  readonly assets: readonly Asset[];
  readonly actor: Actor.Actor;
  readonly deployment: Deployment;
  /** What the vault held before the first trade. */
  readonly before: Balances;
  /** Everything journalled so far, in order. */
  readonly entries: readonly Entry[];
  readonly lastSeen: () => Snapshot | undefined;
  readonly poolOf: (market: MarketId) => `0x${string}`;
  readonly tokenOf: (symbol: string) => `0x${string}`;
};

/** Say what the engine is wired to. */
export type Site = { readonly account: LocalAccount; readonly journal: Journal; readonly ground: Ground };

/** The chain with the world on it. */
export type Ground = Relic.Relic & { readonly chain: Anvil };

const CHAIN = 31_337;
/** Chain seconds before the replay starts in which the world is built. {s} */
const PROLOGUE = 3_600;
const LEASE_SECONDS = 60;
/** How long the chain of a killed rehearsal waits for the next start. {s} */
const GRACE = 600;
/** A record gas price must not stop the rehearsal: its coin is worth cents. {wei/gas} */
const MAX_FEE = 10n ** 15n;
/** What the strategist has for gas: enough for a rebalance at that price. {wei} */
const PURSE = 10_000n * 10n ** 18n;

/** Take over the chain that a killed rehearsal of the same choice left; undefined if there is none. Throws DemoRunning. */
export async function inherit(folder: string, choice: string): Promise<Ground | undefined> {
  if (await isOwned(journalOf(folder))) throw new DemoRunning(folder);
  const relic = await Relic.read(folder, choice);
  const anvil = relic === undefined ? undefined : await adoptAnvil(relic.anvil, heirOf(folder));
  return relic === undefined || anvil === undefined ? undefined : { ...relic, chain: anvil };
}

/** Say where to begin, for which key, and what: only the same choice is ever carried on. */
export type Plot = { readonly folder: string; readonly choice: string; readonly account: LocalAccount };

/** Start from nothing: a new chain with the world on it. Nothing is left running if that fails. */
export async function begin(replay: Replay, roles: readonly Role[], plot: Plot): Promise<Ground> {
  const { folder, choice, account } = plot;
  const first = replay.history.times[0] ?? 0;
  const chain = await startAnvil({ chain: CHAIN, at: first - PROLOGUE, heir: heirOf(folder) });
  try {
    const deployment = await deployWorld(chain, worldSpec(replay, roles, account.address, first - 60));
    await Rpc.open(chain.rpc, CHAIN).request('anvil_setBalance', [account.address, `0x${PURSE.toString(16)}`]);
    const anvil = { rpc: chain.rpc, chain: chain.chain, pid: chain.pid };
    const made = { choice, anvil, deployment, before: await vaultBalances(deployment) };
    await Relic.write(folder, made);
    return { ...made, chain };
  } catch (error) {
    await chain.stop();
    throw error;
  }
}

/** Wire an engine to the ground. Rejects with the typed error of whatever could not be had. */
export async function build(replay: Replay, roles: readonly Role[], site: Site): Promise<Stage> {
  const { deployment, before } = site.ground;
  const rpc = Rpc.open(deployment.rpc, CHAIN);
  const { vault, filler, native } = deployment;
  const pools = deployment.pools.map(({ address }) => address);
  const ports = await connect({ rpc, vault, filler, native, pools, maxFee: MAX_FEE }, site.account);
  const world: World = { ...ports, clock, alerts, journal: site.journal };
  const entries = await remember(site.journal, deployment.portfolio);
  const tokens = new Map(deployment.tokens.map(({ asset, address }) => [asset.symbol, { asset, address }]));
  const token = (symbol: string) => found(tokens.get(symbol), symbol);
  const plan = strategy(replay, roles, (symbol) => token(symbol).asset.id);
  const opening = { strategy: plan, mode: 'SIMULATION', holder: 'demo', version, leaseSeconds: LEASE_SECONDS } as const;
  const desk = await open(world, opening);
  return {
    world,
    desk,
    assets: deployment.tokens.map(({ asset }) => asset),
    actor: await Actor.of(deployment),
    deployment,
    before,
    entries,
    lastSeen: () => newest(entries),
    poolOf: (market) =>
      found(
        deployment.pools.find(({ id }) => id === market),
        market,
      ).address,
    tokenOf: (symbol) => token(symbol).address,
  };
}

/** Collect what was journalled and what will be. */
async function remember(journal: Journal, portfolio: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const page = await journal.read({ portfolio, after: entries.at(-1)?.seq ?? 0, limit: 1_000 });
    if (page.length === 0) break;
    entries.push(...page);
  }
  journal.watch((news) => void entries.push(...news));
  return entries;
}

function newest(entries: readonly Entry[]): Snapshot | undefined {
  const entry = entries.findLast(({ event }) => event.kind === 'Observed');
  return entry?.event.kind === 'Observed' ? entry.event.snapshot : undefined;
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new RangeError(`the demo's world has no ${name}`);
  return value;
}

function heirOf(folder: string): Heir {
  return { file: join(folder, 'keeper'), grace: GRACE };
}

/** Name the folder of a rehearsal's journal. Whoever owns it owns the whole rehearsal. */
export function journalOf(folder: string): string {
  return join(folder, 'journal');
}

async function isOwned(journal: string): Promise<boolean> {
  try {
    await ask(journal, { cmd: 'status' });
    return true;
  } catch (error) {
    if (error instanceof NobodyOwns) return false;
    throw error;
  }
}

/** Another rehearsal is at work in this folder. */
export class DemoRunning extends Error {
  override readonly name = 'DemoRunning';
  readonly next = 'halt';
  readonly fix = 'stop it, or give this one its own folder with --folder';
  constructor(folder: string) {
    super(`Another process is rehearsing in ${folder}.`);
  }
}
