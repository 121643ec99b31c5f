// Every check looks at the same files: what a fresh clone holds, without what is installed or built in it.

import { readdirSync } from 'node:fs';

const built = new Set(['.git', 'node_modules', 'dist', 'coverage', '.cache', '.trimtab', '.stryker-tmp', 'reports']);
const builtAt = new Set(['cache', 'contracts/out', 'contracts/cache']);

/** List the files under `root` as paths relative to it, with forward slashes, sorted. */
export function listFiles(root: string, under = ''): string[] {
  return readdirSync(`${root}/${under}`, { withFileTypes: true })
    .flatMap((entry) => {
      const path = under === '' ? entry.name : `${under}/${entry.name}`;
      if (!entry.isDirectory()) return entry.isFile() ? [path] : [];
      return built.has(entry.name) || builtAt.has(path) ? [] : listFiles(root, path);
    })
    .toSorted();
}
