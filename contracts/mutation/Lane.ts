// A copy of the contracts and their tests inside the workspace, where a mutant can be compiled and tried without anything
// of ours being touched. After a mutant what was compiled is put back, so that the next costs no more than what it changes.

import { cp, copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compileAll } from '../compileAll.ts';
import { root, runForge, TIMED_OUT } from '../runForge.ts';
import { apply, type Mutant } from './Mutant.ts';
import * as Reach from './Reach.ts';

/** Tell what became of a mutant: noticed by a test, by none, by none of those near it so far, or no program at all. */
export type Fate = 'killed' | 'survived' | 'doubtful' | 'invalid';

/** Name a copy, relative to the root, and what its tests reach. */
export type Lane = { readonly home: string; readonly reach: Reach.Reach };

/** {ms} after which a mutant counts as noticed: it hangs. */
const PATIENCE = 1_200_000;

/** Where the compiled things of a lane are, and what they were without a mutant. */
const [COMPILED, PRISTINE] = ['cache/quick', 'pristine'];

/** Make the copy afresh and compile it; what it had compiled before is kept. */
export async function open(number: number): Promise<Lane> {
  const home = `contracts/cache/mutation/${number}`;
  await rm(join(root, home, 'memory'), { recursive: true, force: true });
  await mkdir(join(root, home, 'memory'), { recursive: true });
  for (const folder of ['src', 'test']) {
    await rm(join(root, home, folder), { recursive: true, force: true });
    await cp(join(root, 'contracts', folder), join(root, home, folder), { recursive: true, preserveTimestamps: true });
  }
  const config = await readFile(join(root, 'contracts', 'foundry.toml'), 'utf8');
  await writeFile(join(root, home, 'foundry.toml'), configured(config, home));
  await compileAll(home);
  return { home, reach: Reach.read(join(root, home)) };
}

/** Move a configuration's folders to a copy; what tests read of the tree, `./contracts/…`, they go on reading there. */
export function configured(config: string, home: string): string {
  return config
    .replaceAll(/(?<!\.\/)contracts\/(src|test|script|out|cache)\b/g, `${home}/$1`)
    .replace('contracts/tools/solc', 'contracts/mutation/solc');
}

/** Run every test without a mutant and keep what it compiled; gives what failed, which must be nothing. */
export async function baseline({ home }: Lane): Promise<string | undefined> {
  const { code, output } = await forge(home, []);
  if (code !== 0) return output.slice(-2_000);
  await rm(join(root, home, PRISTINE), { recursive: true, force: true });
  await cp(join(root, home, COMPILED), join(root, home, PRISTINE), { recursive: true, preserveTimestamps: true });
  return undefined;
}

/** Try one mutant by the tests near its contract, or by all the others that reach it. */
export async function attempt({ home, reach }: Lane, mutant: Mutant, where: 'near' | 'far'): Promise<Fate> {
  const { [where]: tests, far } = Reach.testsOf(reach, mutant.file);
  const unnoticed = where === 'near' && far.length > 0 ? 'doubtful' : 'survived';
  if (tests.length === 0) return unnoticed;
  const file = join(root, home, mutant.file);
  const source = await readFile(file);
  await writeFile(file, apply(source, mutant));
  try {
    const paths = tests.map((test) => `${home}/${test}`);
    const fate = fateOf(await forge(home, ['--match-path', `{${paths.join(',')}}`]));
    return fate === 'survived' ? unnoticed : fate;
  } finally {
    await writeFile(file, source);
    await restore(home);
  }
}

/** Read forge's end. Throws Unheard where neither the compiler nor a test has said anything. */
export function fateOf({ code, output }: { readonly code: number; readonly output: string }): Fate {
  if (code === 0) return 'survived';
  if (output.includes('Error writing output JSON')) throw new Unheard(output);
  if (/Compiler run failed|Compilation failed/.test(output)) return 'invalid';
  if (code === TIMED_OUT || output.includes('Suite result: FAILED')) return 'killed';
  throw new Unheard(output);
}

/** Puts back what a mutant's compilation changed, and forgets the examples that it failed by. */
async function restore(home: string): Promise<void> {
  for (const kind of ['fuzz', 'invariant']) await rm(join(root, home, 'cache', kind), { recursive: true, force: true });
  const pristine = join(root, home, PRISTINE);
  for (const entry of await readdir(pristine, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(root, home, COMPILED, relative(pristine, from));
    const [was, is] = await Promise.all([stat(from), stat(to).catch(() => undefined)]);
    if (is?.size === was.size && is.mtimeMs === was.mtimeMs) continue;
    await copyFile(from, to);
    await utimes(to, was.atime, was.mtime);
  }
}

function forge(home: string, args: readonly string[]) {
  return runForge(['test', '--fail-fast', ...args], 'keep', {
    config: join(root, home, 'foundry.toml'),
    timeout: PATIENCE,
  });
}

export class Unheard extends Error {
  constructor(output: string) {
    super(`Neither the compiler nor a test said what became of the mutant. Forge says:\n${output.slice(-2_000)}`);
    this.name = 'Unheard';
  }
}
