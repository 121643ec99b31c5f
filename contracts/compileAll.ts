// The compiler answers with one JSON text, and cannot write one for all of our files at once: it is too long. So everything is
// compiled folder by folder; what is compiled already is not compiled again.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runForge } from './runForge.ts';

/** How many folders of tests go together. */
const TOGETHER = 16;

/** Compile sources and tests under the profile of the environment. Throws CompilationFailed with the compiler's words. */
export async function compileAll(): Promise<void> {
  await compile(['contracts/src']);
  const found = await readdir(join(root, 'contracts', 'test'), { withFileTypes: true });
  const folders = found.filter((entry) => entry.isDirectory()).map(({ name }) => `contracts/test/${name}`);
  for (let from = 0; from < folders.length; from += TOGETHER) await compile(folders.slice(from, from + TOGETHER));
}

async function compile(folders: readonly string[]): Promise<void> {
  const { code, output } = await runForge(['build', ...folders], 'keep');
  if (code !== 0) throw new CompilationFailed(folders, output);
}

export class CompilationFailed extends Error {
  constructor(folders: readonly string[], output: string) {
    super(`The contracts in ${folders.join(', ')} do not compile. Forge says:\n${output}`);
    this.name = 'CompilationFailed';
  }
}
