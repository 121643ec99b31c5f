// Which tests can notice a change of a source: those that import it, however far away. The compiler's own rule: what is not
// imported is neither deployed nor inherited.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Hold what each file imports, all by their paths below one folder. */
export type Reach = ReadonlyMap<string, readonly string[]>;

const IMPORT = /^import [^;]*?["'](\.[^"']+)["'];/gm;

/** Read the imports of `src` and `test` below a folder. */
export function read(folder: string): Reach {
  const files = ['src', 'test'].flatMap((part) =>
    readdirSync(join(folder, part), { recursive: true })
      .map((file) => join(part, String(file)))
      .filter((file) => file.endsWith('.sol')),
  );
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(join(folder, file), 'utf8'))]));
}

/** Give the relative imports of a file's text. */
export function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(IMPORT)].map(([, path = '']) => join(dirname(file), path));
}

/** List the files of tests that reach a source: those named for it or for what builds on it, and the others. */
export function testsOf(
  reach: Reach,
  source: string,
): { readonly near: readonly string[]; readonly far: readonly string[] } {
  const users = usersOf(reach, source);
  const names = new Set(users.filter((file) => file.startsWith('src/')).map((file) => basename(file, '.sol')));
  const folder = basename(dirname(source));
  const tests = users.filter((file) => file.endsWith('.t.sol'));
  const isNear = (test: string) => names.has(basename(dirname(test))) || basename(dirname(test)) === folder;
  return { near: tests.filter(isNear), far: tests.filter((test) => !isNear(test)) };
}

/** The source itself, and everything that imports it directly or through others. */
function usersOf(reach: Reach, source: string): readonly string[] {
  const found = new Set([source]);
  for (const known of found) for (const [file, imports] of reach) if (imports.includes(known)) found.add(file);
  return [...found];
}
