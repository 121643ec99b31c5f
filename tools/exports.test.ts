// The public surface of every package, name by name. After a change that is meant: `npm run exports:update`,
// and say in CHANGELOG.md what users gain or lose.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listExports } from './listExports.ts';

type Manifest = { readonly name: string; readonly exports?: string | Readonly<Record<string, string>> };
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const { workspaces } = read('package.json') as { readonly workspaces: readonly string[] };

function surface(): string {
  const entries = workspaces.flatMap((folder) => {
    const { name, exports = {} } = read(`${folder}/package.json`) as Manifest;
    return Object.entries(typeof exports === 'string' ? { '.': exports } : exports).map(([entry, file]) => {
      const names = listExports(`${folder}/${file}`).map((one) => `  ${one}\n`);
      return `${name}${entry.slice(1)}\n${names.join('')}`;
    });
  });
  return entries.toSorted().join('\n');
}

test('every package exports exactly the names that it promises', async () => {
  await expect(surface()).toMatchFileSnapshot('exports.txt');
});
