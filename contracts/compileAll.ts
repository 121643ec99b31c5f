// The compiler answers with one JSON text, and cannot write one for all of our files at once: it is too long. So everything is
// compiled folder by folder; what is compiled already is not compiled again.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runForge } from './runForge.ts';

/** How many folders of tests go together. */
const TOGETHER = 16;

/**
 * Compile sources and tests under the profile of the environment: ours, or a copy with a configuration of its own.
 * Throws CompilationFailed with the compiler's words.
 */
export async function compileAll(home = 'contracts'): Promise<void> {
  await compile(home, [`${home}/src`]);
  const found = await readdir(join(root, home, 'test'), { withFileTypes: true });
  const folders = found.filter((entry) => entry.isDirectory()).map(({ name }) => `${home}/test/${name}`);
  for (let from = 0; from < folders.length; from += TOGETHER) await compile(home, folders.slice(from, from + TOGETHER));
}

async function compile(home: string, folders: readonly string[]): Promise<void> {
  const { code, output } = await runForge(['build', ...folders], 'keep', { config: join(root, home, 'foundry.toml') });
  if (code !== 0) throw new CompilationFailed(folders, output);
}

export class CompilationFailed extends Error {
  constructor(folders: readonly string[], output: string) {
    super(`The contracts in ${folders.join(', ')} do not compile. Forge says:\n${output}`);
    this.name = 'CompilationFailed';
  }
}
