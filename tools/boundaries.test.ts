// Every line of the table of who may import whom bites, and nothing else does.

import { expect, test } from 'vitest';
import { violations } from './boundaries.ts';
import { plantedTree } from './plantedTree.ts';

const rooms = ['money', 'market', 'portfolio', 'forecast', 'policy', 'plan', 'guard'];
const target = 'export const target = 1n;\n';

// Place of the violation, and what it imports there.
const forbidden: readonly (readonly [place: string, imports: string])[] = [
  ...rooms.slice(1).map((room, index) => [`core/src/${rooms[index]}`, `../${room}/planted.ts`] as const),
  ['core/src/guard', '../planted.ts'],
  ['core/src', 'zod'],
  ['core/src', 'node:fs'],
  ['core/src', '@trimtab/engine'],
  ['core/src', '../../engine/src/conformance/planted.ts'],
  ['engine/src', 'viem'],
  ['engine/src', 'ccxt'],
  ['engine/src', 'node:fs'],
  ['engine/src', '@trimtab/adapters/chain'],
  ['engine/src', '@trimtab/lab'],
  ['engine/src', '@trimtab/cli'],
  ['engine/src', './conformance/planted.ts'],
  ['engine/src', '@trimtab/core/sample'],
  ['adapters/src/chain', '@trimtab/engine/conformance'],
  ['engine/src', '../../core/src/planted.ts'],
  ['adapters/src/chain', '@trimtab/engine'],
  ['adapters/src/chain', '@trimtab/lab'],
  ['adapters/src/chain', '@trimtab/api'],
  ['lab/src', '@trimtab/adapters/local'],
  ['lab/src', '@trimtab/cli'],
  ['lab/src', 'node:fs'],
  ['lab/src', 'viem'],
  ['apps/api/src', 'viem'],
  ['apps/api/src', 'ccxt'],
  ['apps/api/src', '@trimtab/adapters/journal'],
  ['apps/web/src', '@trimtab/engine'],
  ['apps/web/src', '@trimtab/adapters/chain'],
  ['apps/web/src', '@trimtab/api'],
  ['apps/web/src', 'node:fs'],
  ['apps/cli/src', '../../../adapters/src/planted.ts'],
  ['contracts', '@trimtab/core'],
  ['examples', '@trimtab/adapters/chain'],
  ['somewhere/else', 'node:fs'],
];

const allowed: readonly (readonly [place: string, imports: string])[] = [
  ...rooms.slice(1).map((room, index) => [`core/src/${room}`, `../${rooms[index]}/planted.ts`] as const),
  ['engine/src', '@trimtab/core'],
  ['engine/src', 'zod'],
  ['adapters/src/chain', 'viem'],
  ['adapters/src/journal', '@trimtab/engine/codec'],
  ['lab/src', '@trimtab/engine'],
  ['apps/api/src', 'fastify'],
  ['apps/web/src', '@trimtab/api/contract'],
  ['apps/web/src', '@trimtab/core'],
  ['apps/cli/src', '@trimtab/adapters/chain'],
];

/** Plant one file for each pair; its name says which. */
const plant = (kind: string, pairs: typeof forbidden, write: (imports: string) => string) =>
  Object.fromEntries(pairs.map(([place, imports], index) => [`${place}/${kind}${index}.ts`, write(imports)]));

const targets = Object.fromEntries(
  [...rooms.map((room) => `core/src/${room}`), 'core/src', 'engine/src/conformance', 'adapters/src'].map((place) => [
    `${place}/planted.ts`,
    target,
  ]),
);

/** List the planted files that are refused for what they import (not because the import leads nowhere). */
function refused(files: Readonly<Record<string, string>>): readonly string[] {
  using tree = plantedTree(/$^/, { ...targets, ...files });
  const found = violations(tree.root).filter(({ why }) => /may not see it|no rule covers/.test(why));
  return found.map(({ file }) => file).toSorted();
}

test('the tree as it stands, with every import that the table allows, passes', () => {
  const files = plant('Allowed', allowed, (imports) => `import '${imports}';\n`);
  using tree = plantedTree(/\.tsx?$/, { ...targets, ...files });
  expect(violations(tree.root)).toEqual([]);
});

test.each([
  ['an import', (from: string) => `import { target } from '${from}';\nexport const planted = target;\n`],
  ['a re-export', (from: string) => `export * from '${from}';\n`],
  ['a dynamic import', (from: string) => `export const planted = () => import('${from}');\n`],
])('every import that the table forbids is refused, as %s', (_, write) => {
  const files = plant('Planted', forbidden, write);
  expect(refused(files)).toEqual(Object.keys(files).toSorted());
});

test('an import of types only is refused too, but for the adapters, which see the ports and their suites as types', () => {
  const files = plant(
    'Planted',
    forbidden,
    (from) => `import type { target } from '${from}';\nexport type P = target;\n`,
  );
  const expected = forbidden.flatMap(([place, imports], index) =>
    place.startsWith('adapters/') && imports.startsWith('@trimtab/engine') ? [] : [`${place}/Planted${index}.ts`],
  );
  expect(expected).toHaveLength(forbidden.length - 2);
  expect(refused(files)).toEqual(expected.toSorted());
});

test('a type named through an import expression, and an import of a computed name, are refused', () => {
  const files = {
    'core/src/Type.ts': "export type P = import('viem').Hex;\n",
    'engine/src/Computed.ts': 'export const planted = (name: string) => import(`./${name}.ts`);\n',
  };
  expect(refused(files)).toEqual(Object.keys(files));
});

test('a relative import that leads nowhere is a violation', () => {
  using tree = plantedTree(/$^/, { 'engine/src/Ending.ts': "import './planted';\n" });
  expect(violations(tree.root)).toMatchObject([
    { file: 'engine/src/Ending.ts', why: expect.stringMatching('no such') },
  ]);
});
