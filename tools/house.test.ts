// Every house rule bites, and honest text passes. The planted words are put together here, so that this file passes too.

import { expect, test } from 'vitest';
import { findings } from './house.ts';
import { plantedTree } from './plantedTree.ts';

const word = (...parts: readonly string[]) => parts.join('');

const refused: Readonly<Record<string, string>> = {
  'core/src/utils.ts': '',
  'core/src/helpers/Amount.ts': '',
  'core/src/common/Amount.ts': '',
  'core/src/misc.ts': '',
  'engine/src/shared/Amount.ts': '',
  'engine/src/types.ts': '',
  'engine/src/constants.ts': '',
  'contracts/src/Long.sol': '// one line\n'.repeat(401),
  'docs/machine.md': `Data lies in ${word('/ho', 'me/someone/prices')}.`,
  'docs/registry.md': word('registry', '.npmjs', '.org'),
  'package-lock.json': word('"resolved": "ht', 'tps://example.org/x.tgz"'),
  'docs/key.md': word('-----BEGIN EC PRIV', 'ATE KEY-----'),
  'docs/later.md': word('TO', 'DO: finish'),
  'docs/ticket.md': word('built for iss', 'ue A'),
  'core/src/Skipped.test.ts': word('test.', "skip('x', () => {});"),
  'core/src/Focused.test.ts': word('describe.', "only('x', () => {});"),
  'core/src/Conditional.test.ts': word('test.', "skipIf(true)('x', () => {});"),
  'contracts/test/Skipped.t.sol': word('vm.', 'skip(true);'),
  'core/src/Silenced.ts': word('// oxlint-', 'disable no-console'),
  'core/src/Ignored.ts': word('// @ts-', 'ignore'),
  'docs/outside.md': word('see ', '../', '../data/prices.csv'),
  'docs/missing.md': word('see MISSING', '.md'),
};

const passed: Readonly<Record<string, string>> = {
  'README.md':
    'The guard reads the work of the root: `core/src/guard`. Issue one. See docs/tour.md and ./docs/tour.md.',
  'docs/tour.md': 'Back to ../README.md, on with [units](units.md).',
  'docs/units.md': 'https://example.org/home/page',
  'core/src/Ledger.ts': "import '../src/Ledger.ts';\n// oxlint-disable-next-line no-console -- prints\n",
  '.ci/run': word('data=', '../', 'shared/data'),
};

test('everything that the house rules refuse is found, each where it stands', () => {
  using tree = plantedTree(/$^/, { ...refused, ...passed });
  const files = new Set(findings(tree.root).map(({ file }) => file));
  expect([...files].toSorted()).toEqual(Object.keys(refused).toSorted());
});
