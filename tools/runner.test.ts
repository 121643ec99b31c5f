// The one command that everybody trusts: it fails when anything fails, and its last line tells the truth.

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { plantedTree } from './plantedTree.ts';

const tools =
  /^tools\/(?!.*\.test\.ts$)|^contracts\/(runForge\.ts|foundry\.toml)$|^(vitest\.config\.ts|\.oxfmtrc\.json)$/;
const solidity = { 'contracts/src/A.sol': 'contract A {}\n', 'contracts/test/A.t.sol': 'contract T {}\n' };
const testFile = (...bodies: readonly string[]) =>
  `import { expect, test } from 'vitest';\n${bodies.map((body, index) => `${body.replace('NAME', `'${index}'`)};\n`).join('')}`;
const passing = 'test(NAME, () => expect(1).toBe(1))';
const failing = 'test(NAME, () => expect(1).toBe(2))';
const skipped = ['test', 'skip(NAME, () => expect(1).toBe(1))'].join('.');

/** Run the command in a copy of the tools with `planted` beside them. */
function run(only: string, planted: Readonly<Record<string, string>>) {
  using tree = plantedTree(tools, planted);
  const { PATH } = process.env;
  const { status, stdout } = spawnSync(process.execPath, ['tools/test.ts', '--only', only], {
    cwd: tree.root,
    env: { PATH },
    encoding: 'utf8',
  });
  return { status, closing: stdout.trimEnd().split('\n').at(-1) };
}

test.each([
  { name: 'a clean tree', only: 'boundaries', files: {}, closing: '1 passed, 0 failed' },
  {
    name: 'a violation',
    only: 'boundaries',
    files: { 'core/src/a.ts': "import 'viem';\n" },
    closing: '0 passed, 1 failed',
  },
  { name: 'formatted Solidity', only: 'solidity-format', files: solidity, closing: '1 passed, 0 failed' },
  {
    name: 'unformatted Solidity',
    only: 'solidity-format',
    files: { ...solidity, 'contracts/src/B.sol': 'contract   B{}' },
    closing: '0 passed, 1 failed',
  },
  {
    name: 'unformatted TypeScript',
    only: 'format',
    files: { 'core/src/a.ts': 'let  a = 1' },
    closing: '0 passed, 1 failed',
  },
  {
    name: 'a passing test',
    only: 'unit',
    files: { 'core/src/a.test.ts': testFile(passing) },
    closing: '1 passed, 0 failed',
  },
  {
    name: 'failing and skipped tests',
    only: 'unit',
    files: { 'core/src/a.test.ts': testFile(passing, failing), 'apps/cli/a.test.ts': testFile(skipped) },
    closing: '1 passed, 2 failed',
  },
  {
    name: 'a test file that does not load',
    only: 'unit',
    files: { 'core/src/a.test.ts': testFile(passing), 'core/src/b.test.ts': 'throw new Error();\n' },
    closing: '1 passed, 1 failed',
  },
  { name: 'no test at all', only: 'unit', files: {}, closing: '0 passed, 1 failed' },
  { name: 'no Solidity tests', only: 'contracts', files: {}, closing: '0 passed, 1 failed' },
  {
    name: 'Solidity tests that fail',
    only: 'contracts',
    files: { 'contracts/test.ts': "console.log('7 passed, 2 failed');\nprocess.exitCode = 1;\n" },
    closing: '7 passed, 2 failed',
  },
])('$name: $closing', ({ only, files, closing }) => {
  const status = closing.endsWith(' 0 failed') ? 0 : 1;
  expect(run(only, files)).toEqual({ status, closing });
});
