// What a rehearsal leaves behind if it is killed: enough for the next start to adopt its chain and carry on.

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anvil, Balances, Deployment } from '@trimtab/adapters/local';

export type Relic = {
  /** What was played, for whom; another choice starts afresh. */
  readonly choice: string;
  readonly anvil: Omit<Anvil, 'stop'>;
  readonly deployment: Deployment;
  readonly before: Balances;
};

const NAME = 'stage.json';

/** Read what an earlier rehearsal left in a folder; undefined if there is nothing that can be used for this choice. */
export async function read(folder: string, choice: string): Promise<Relic | undefined> {
  const text = await readFile(join(folder, NAME), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const relic = JSON.parse(text, revive) as Relic & { readonly before: Iterable<readonly [string, bigint]> };
    return relic.choice === choice ? { ...relic, before: new Map(relic.before) } : undefined;
  } catch {
    // Torn or foreign: it only ever saves time, so a fresh start is the right answer.
    return undefined;
  }
}

/** Leave what the next start needs, whole or not at all. */
export async function write(folder: string, relic: Relic): Promise<void> {
  const path = join(folder, NAME);
  await writeFile(`${path}.new`, JSON.stringify({ ...relic, before: [...relic.before] }, keep));
  await rename(`${path}.new`, path);
}

/** Take it away: this rehearsal has ended, and the next one is a new one. */
export async function remove(folder: string): Promise<void> {
  await rm(join(folder, NAME), { force: true });
}

function keep(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { $bigint: String(value) } : value;
}

function revive(_: string, value: unknown): unknown {
  const boxed = typeof value === 'object' && value !== null && '$bigint' in value ? value.$bigint : undefined;
  return typeof boxed === 'string' ? BigInt(boxed) : value;
}
