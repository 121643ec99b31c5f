// A copy of the contracts and their tests inside the workspace, where a mutant can be compiled and tried without anything
// of ours being touched. What a lane has compiled stays, so that a mutant costs no more than what it changes.

import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root, runForge } from '../runForge.ts';
import { apply, type Mutant } from './Mutant.ts';

/** Tell what became of a mutant: noticed by a test, by none, or no program at all. */
export type Fate = 'killed' | 'survived' | 'invalid';

/** Name a copy, relative to the root. */
export type Lane = { readonly home: string };

/** {ms} after which a mutant counts as noticed: it hangs. */
const PATIENCE = 1_200_000;

/** Make the copy afresh; what it had compiled before is kept. */
export async function open(number: number): Promise<Lane> {
  const home = `contracts/cache/mutation/${number}`;
  await mkdir(join(root, home), { recursive: true });
  for (const folder of ['src', 'test']) {
    await rm(join(root, home, folder), { recursive: true, force: true });
    await cp(join(root, 'contracts', folder), join(root, home, folder), { recursive: true });
  }
  const config = await readFile(join(root, 'contracts', 'foundry.toml'), 'utf8');
  // What tests read of the tree they go on reading there.
  const [settings = '', ...rest] = config.split('fs_permissions');
  const moved = [settings.replaceAll(/contracts\/(src|test|script|out|cache)\b/g, `${home}/$1`), ...rest];
  await writeFile(join(root, home, 'foundry.toml'), moved.join('fs_permissions'));
  return { home };
}

/** Run every test without a mutant; gives what failed, which must be nothing. */
export async function baseline(lane: Lane): Promise<string | undefined> {
  const { code, output } = await forge(lane, []);
  return code === 0 ? undefined : output.slice(-2_000);
}

/** Try one mutant: first by the tests named for its contract, then by all. */
export async function attempt(lane: Lane, mutant: Mutant): Promise<Fate> {
  const file = join(root, lane.home, mutant.file);
  const source = await readFile(file);
  await writeFile(file, apply(source, mutant));
  try {
    const near = `${lane.home}/test/${basename(mutant.file, '.sol')}`;
    if (existsSync(join(root, near))) {
      const fate = fateOf(await forge(lane, ['--match-path', `${near}/*`]));
      if (fate !== 'survived') return fate;
    }
    return fateOf(await forge(lane, []));
  } finally {
    await writeFile(file, source);
  }
}

/** Read forge's end: no test ran where nothing compiled. */
export function fateOf({ code, output }: { readonly code: number; readonly output: string }): Fate {
  if (code === 0) return 'survived';
  return /Compiler run failed|Compilation failed/.test(output) ? 'invalid' : 'killed';
}

function forge({ home }: Lane, args: readonly string[]) {
  return runForge(['test', '--fail-fast', ...args], 'keep', {
    config: join(root, home, 'foundry.toml'),
    timeout: PATIENCE,
  });
}
