// The public surface of every package, name by name. After a change that is meant: `npm run exports:update`,
// and say in CHANGELOG.md what users gain or lose.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listExports } from './listExports.ts';
import { plantedTree } from './plantedTree.ts';

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

test('the list holds every kind of export, and only what is exported', () => {
  using tree = plantedTree(/$^/, {
    'index.ts': [
      "import * as PriceModule from './Price.ts';",
      'export const Price = PriceModule;',
      'export type Price = PriceModule.Price;',
      "export * from './behind.ts';",
      "export type * from './Types.ts';",
      "export * as Weight from './Weight.ts';",
      "export { a as b, type C } from './behind.ts';",
      'const hidden = 1;',
      'export class Failed extends Error {}',
      'export function decide() { return hidden; }',
    ].join('\n'),
    'Price.ts': 'export type Price = bigint;\nexport const parse = 1;\n',
    'Weight.ts': 'export type Weight = number;\nexport const sum = 1;\n',
    'Types.ts': 'export const onlyItsType = 1;\n',
    'behind.ts': 'export const a = 1;\nexport interface C {}\n',
  });
  expect(listExports(`${tree.root}/index.ts`)).toEqual([
    'Failed',
    'Price',
    'Price.parse',
    'Weight.sum',
    'a',
    'b',
    'decide',
    'type C',
    'type Price',
    'type Weight.Weight',
    'type onlyItsType',
  ]);
});
