// Write, then act: the engine is killed between every pair of things it does in one rebalance, started again, and
// must finish with exactly one effect of each step on a real chain.

import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '@trimtab/adapters/journal';
import { Rpc } from '@trimtab/adapters/chain';
import { checkConservation, vaultBalances } from '@trimtab/adapters/local';
import type { Strategy } from '@trimtab/core';
import { Settler } from '@trimtab/contracts';
import { decodeEventLog } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY, localVault } from './localVault.ts';
import type { LocalVault } from './localVault.ts';
import type { Life, Testament } from './mortal.ts';

const MORTAL = fileURLToPath(new URL('./mortal.ts', import.meta.url));
const USD = 10n ** 18n;
let ground: LocalVault;
let rpc: Rpc.Rpc;
let folder: string;

beforeAll(async () => {
  ground = await localVault();
  rpc = Rpc.open(ground.deployment.rpc, ground.deployment.chain);
  await rpc.request('evm_setAutomine', [true]);
  folder = await mkdtemp(join(tmpdir(), 'trimtab-kill-'));
  // Making a database takes seconds; every life starts from a copy of an empty one.
  await (await openEmbedded(join(folder, 'empty'))).close();
});
afterAll(async () => {
  await ground.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('an engine killed in the middle of a rebalance', () => {
  test('and started again finishes it, with exactly one effect of each step', async () => {
    const calm = await lives(0);
    expect(calm.end.settled.length).toBeGreaterThanOrEqual(2);
    expect(calm.effects).toEqual({ proposed: 1, filled: calm.end.settled.length - 1, nonce: calm.end.settled.length });
    let deaths = 0;
    for (let dieAt = 1; dieAt <= calm.end.moments; dieAt++) {
      const killed = await lives(dieAt);
      expect({ dieAt, effects: killed.effects, settled: killed.end.settled }).toEqual({
        dieAt,
        effects: calm.effects,
        settled: calm.end.settled,
      });
      expect(killed.conserved).toEqual({ kind: 'kept' });
      deaths += killed.died ? 1 : 0;
    }
    expect(deaths).toBe(calm.end.moments);
  }, 900_000);
});

type Lived = {
  readonly died: boolean;
  readonly end: Testament;
  readonly effects: { proposed: number; filled: number; nonce: number };
  readonly conserved: unknown;
};

/** Live once until death, then again to the end, in a world put back to how it was; say what is on chain then. */
async function lives(dieAt: number): Promise<Lived> {
  const mark = await rpc.request('evm_snapshot', []);
  const before = await vaultBalances(ground.deployment);
  const from = Number(await rpc.request('eth_blockNumber', [])) + 1;
  const home = join(folder, `life-${dieAt}`);
  await cp(join(folder, 'empty', 'pgdata'), join(home, 'pgdata'), { recursive: true });
  const died = dieAt === 0 ? false : (await run(home, dieAt)).died;
  const { end } = await run(home, 0);
  if (end === undefined) throw new Error('the second life did not end by itself');
  const logs = await effects(from);
  const conserved = await checkConservation(ground.deployment, before, logs.fills);
  await rpc.request('evm_revert', [mark]);
  return { died, end, effects: logs.counts, conserved };
}

function run(home: string, dieAt: number): Promise<{ readonly died: boolean; readonly end?: Testament }> {
  const file = `${home}-${dieAt}.json`;
  const { deployment } = ground;
  const life: Life = {
    rpc: deployment.rpc,
    chain: deployment.chain,
    vault: deployment.vault,
    filler: deployment.filler,
    native: deployment.native,
    pools: deployment.pools.map(({ address }) => address),
    strategy: strategy(),
    folder: home,
    key: KEY,
    dieAt,
  };
  const text = JSON.stringify(life, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  return writeFile(file, text).then(
    () =>
      new Promise((resolve, reject) => {
        execFile(process.execPath, [MORTAL, file], (error, stdout, stderr) => {
          if (error === null) resolve({ died: false, end: JSON.parse(stdout) as Testament });
          else if (error.signal === 'SIGKILL') resolve({ died: true });
          else reject(new Error(`a life failed instead of ending: ${stderr}`));
        });
      }),
  );
}

/** Count what happened on chain, from its own logs and nonce: nothing the engine says is believed here. */
async function effects(from: number) {
  const filter = { address: ground.deployment.settler, fromBlock: `0x${from.toString(16)}`, toBlock: 'latest' };
  const logs = (await rpc.request('eth_getLogs', [filter])) as readonly {
    data: `0x${string}`;
    topics: [`0x${string}`, ...`0x${string}`[]];
  }[];
  const events = logs.map((log) => decodeEventLog({ abi: Settler.abi, ...log, strict: true }));
  const nonce = Number(await rpc.request('eth_getTransactionCount', [privateKeyToAccount(KEY).address, 'latest']));
  const idOf = (address: string): string =>
    ground.deployment.tokens.find((t) => t.address.toLowerCase() === address.toLowerCase())?.asset.id ?? '';
  const fills = events.flatMap((event) =>
    event.eventName === 'Filled'
      ? [
          {
            sell: idOf(event.args.sell),
            buy: idOf(event.args.buy),
            sold: event.args.sellAmount,
            received: event.args.received,
          },
        ]
      : [],
  );
  return {
    fills,
    counts: { proposed: events.filter((e) => e.eventName === 'Proposed').length, filled: fills.length, nonce },
  };
}

function strategy(): Strategy {
  const weights = Object.fromEntries(ground.deployment.tokens.map(({ asset }, i) => [asset.id, i === 0 ? 0.6 : 0.4]));
  return {
    when: { kind: 'band', absolute: 500 },
    toward: { kind: 'fixed', weights },
    landing: 'target',
    // One fill a trade: every step more is a dozen lives more.
    trading: { minNotional: 100n * USD, slippage: 50, lifetime: 3_600, sending: 'private' },
    within: [
      { kind: 'staleness', grace: 600 },
      { kind: 'slippage', max: 100 },
      { kind: 'turnover', max: 5_000 },
    ],
  };
}
