// One life of an engine, as a process of its own that dies (SIGKILL, no goodbye) at the call it was told to. Run by
// the kill test with a file that describes the world; writes what it knows at the end of a full life as JSON.

import { readFile } from 'node:fs/promises';
import { openEmbedded } from '@trimtab/adapters/journal';
import { Rpc } from '@trimtab/adapters/chain';
import type { Strategy } from '@trimtab/core';
import { open, turn } from '@trimtab/engine';
import type { World } from '@trimtab/engine';
import { privateKeyToAccount } from 'viem/accounts';
import { alerts, clock, connect } from '../src/wire.ts';

export type Life = {
  readonly rpc: string;
  readonly chain: number;
  readonly vault: `0x${string}`;
  readonly filler: `0x${string}`;
  readonly native: `0x${string}`;
  readonly pools: readonly `0x${string}`[];
  readonly strategy: Strategy;
  readonly folder: string;
  readonly key: `0x${string}`;
  /** Die right after the n-th thing done: journalled, proved, signed, sent or looked up. 0 lives to the end. */
  readonly dieAt: number;
};

/** What the world looks like to the one who lived. */
export type Testament = {
  readonly moments: number;
  readonly settled: readonly string[];
  readonly hashes: readonly string[];
};

async function live(life: Life): Promise<Testament> {
  let moments = 0;
  const moment = (): void => {
    moments += 1;
    if (moments === life.dieAt) process.kill(process.pid, 'SIGKILL');
  };
  const rpc = Rpc.open(life.rpc, life.chain);
  const ports = await connect({ ...life, rpc }, privateKeyToAccount(life.key));
  const journal = await openEmbedded(life.folder);
  const world: World = {
    clock,
    alerts,
    prices: mortal(ports.prices, moment),
    venue: mortal(ports.venue, moment),
    custody: mortal(ports.custody, moment),
    journal: mortal(journal, moment),
  };
  let desk = await open(world, {
    strategy: life.strategy,
    mode: 'SIMULATION',
    holder: 'mortal',
    version: 'test',
    leaseSeconds: 60,
  });
  for (;;) {
    const taken = await turn(world, desk);
    desk = taken.desk;
    if (taken.kind === 'decided' && taken.decision.kind !== 'act') break;
    if (taken.kind === 'halted') throw new Error(taken.why);
    // Time passes on the chain while we wait; an exact number of seconds, so that every life sees the same world.
    if (taken.kind === 'waiting') await rpc.request('evm_increaseTime', [12]).then(() => rpc.request('evm_mine', []));
  }
  const entries = await journal.read({ limit: 10_000 });
  await journal.close();
  return {
    moments,
    settled: entries.flatMap(({ event }) => (event.kind === 'StepSettled' ? [`${event.run}/${event.step}`] : [])),
    hashes: entries.flatMap(({ event }) => (event.kind === 'StepSigned' ? [event.signed.hash] : [])),
  };
}

/** What leaves a trace, in the journal, in the world or in our hands. Between two of these nothing can be lost. */
const DEEDS = new Set(['append', 'prove', 'sign', 'send', 'find']);

/** Let a moment follow every deed of a port. */
function mortal<Port extends object>(port: Port, moment: () => void): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string' || !DEEDS.has(name)) return value;
      return async (...args: unknown[]) => {
        const result: unknown = await value.apply(target, args);
        moment();
        return result;
      };
    },
  });
}

const [, , file = ''] = process.argv;
const life = JSON.parse(await readFile(file, 'utf8'), (_, value: unknown) =>
  typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
) as Life;
process.stdout.write(JSON.stringify(await live(life)));
