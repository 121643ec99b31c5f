// The folder that a rehearsal lives in. Its files come and go with every start, so it must be the rehearsal's own: a
// folder is only ever used, and only ever cleared, where it carries the mark that a rehearsal put there first.

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../UsageError.ts';

const MARK = '.trimtab-demo';
/** All that a rehearsal writes beside its mark; nothing else is ever removed. */
const OWN = ['journal', 'keystore.json', 'passphrase', 'keeper', 'stage.json', 'stage.json.new', 'trimtab.yaml'];

/** Make a folder the rehearsal's own, or find that it is. Throws UsageError where it holds what no rehearsal wrote. */
export async function claim(folder: string): Promise<void> {
  const names = await contents(folder);
  if (names.includes(MARK)) return;
  if (names.length > 0)
    throw new UsageError(
      `--folder: ${folder} is not empty and was not made by a demo (it holds ${some(names)}), so nothing in it is touched.`,
      'name an empty or a new folder with --folder, or move what is in this one away',
    );
  await writeFile(join(folder, MARK), 'trimtab demo keeps its files here and removes them when it starts anew.\n');
}

/** Take an earlier rehearsal out of its folder; whatever else lies there stays. */
export async function clear(folder: string): Promise<void> {
  for (const name of OWN) await rm(join(folder, name), { recursive: true, force: true });
}

async function contents(folder: string): Promise<readonly string[]> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await readdir(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--folder: ${folder} cannot be used: ${why}.`,
      'name a folder that this user may write, or may make',
    );
  }
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
