// The configuration of the vault that a rehearsal keeps, so that every other command can be tried on it.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configText } from '../configText.ts';
import type { Role } from './Cast.ts';
import type { Replay } from './Replay.ts';
import { journalOf } from './stage.ts';
import type { Stage } from './stage.ts';

/** Name of the file in the rehearsal's folder. */
export const CONFIG = 'trimtab.yaml';

/** Write the configuration of a rehearsal into its folder. It is a dry run's: the rehearsal alone holds the pen. */
export async function writeConfig(stage: Stage, replay: Replay, roles: readonly Role[], folder: string): Promise<void> {
  const { chain, rpc, native, vault, filler, pools } = stage.deployment;
  const text = configText({
    mode: 'dry-run',
    id: String(chain),
    rpc,
    native,
    vault,
    filler,
    pools: pools.map(({ address }) => address),
    targets: roles.map(({ token, target }) => [token, `${target / 100}%`]),
    absolute: `${replay.band / 100}pp`,
    journal: { folder: journalOf(folder) },
    every: '60s',
    port: '0',
  });
  await writeFile(join(folder, CONFIG), text, { mode: 0o600 });
}
