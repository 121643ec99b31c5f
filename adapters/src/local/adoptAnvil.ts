// Taking over a chain whose keeper died: a rehearsal that was killed goes on where it was.

import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import * as Rpc from '../chain/Rpc.ts';
import type { Anvil, Heir } from './startAnvil.ts';

/** Keep a chain that a dead process left behind; undefined if it is gone. `heir` names the file it was started with. */
export async function adoptAnvil(left: Omit<Anvil, 'stop'>, heir: Heir): Promise<Anvil | undefined> {
  if (!(await answers(left))) return undefined;
  await writeFile(heir.file, String(process.pid));
  return { ...left, stop: () => stop(left) };
}

/** Say whether the chain answers as itself. Its process id alone proves nothing: ids are used again. */
async function answers({ rpc, chain }: Omit<Anvil, 'stop'>): Promise<boolean> {
  const answer = await Rpc.open(rpc, chain, 1_000)
    .request('eth_chainId', [])
    .catch(() => undefined);
  return answer === `0x${chain.toString(16)}`;
}

async function stop(anvil: Omit<Anvil, 'stop'>): Promise<void> {
  if (!(await answers(anvil))) return;
  process.kill(anvil.pid, 'SIGKILL');
  while (await answers(anvil)) await setTimeout(10);
}
