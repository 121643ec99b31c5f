// A file that nothing reaches and an export that nothing uses are both reported.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { plantedTree } from './plantedTree.ts';

test('dead code is found in a copy of the tree', () => {
  const entry = readFileSync('core/src/index.ts', 'utf8');
  using tree = plantedTree(/./, {
    'core/src/DeadFile.ts': 'export const a = 1n;\n',
    'core/src/Live.ts': 'export const used = 1n;\nexport const deadExport = 2n;\n',
    'core/src/index.ts': `${entry}export { used } from './Live.ts';\n`,
  });
  const knip = resolve('node_modules/knip/bin/knip.js');
  const { stdout, status } = spawnSync(process.execPath, [knip], { cwd: tree.root, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toMatch(/core\/src\/DeadFile\.ts/);
  expect(stdout).toMatch(/deadExport +core\/src\/Live\.ts/);
  expect(stdout).not.toMatch(/\bused\b.*Live/);
});
