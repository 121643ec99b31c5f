// A check that never fails may check nothing. Its tests plant violations in a copy of the tree and see them caught.

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { listFiles } from './listFiles.ts';

/**
 * Copy the sources under the working folder that `keep` matches into a temporary folder, write `planted` (path to
 * text) over them, and link what is installed. The caller disposes of it with `using`.
 */
export function plantedTree(keep: RegExp, planted: Readonly<Record<string, string>>): Disposable & { root: string } {
  const root = mkdtempSync(`${tmpdir()}/trimtab-planted-`);
  for (const file of listFiles('.').filter((one) => keep.test(one))) {
    mkdirSync(dirname(`${root}/${file}`), { recursive: true });
    copyFileSync(file, `${root}/${file}`);
  }
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(dirname(`${root}/${file}`), { recursive: true });
    writeFileSync(`${root}/${file}`, text);
  }
  symlinkSync(resolve('node_modules'), `${root}/node_modules`);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}
