import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../runForge.ts';
import { judge, type Ran } from './judge.ts';
import { NoReport, readForge, readVitest } from './readResults.ts';
import { type Row, rows } from './Row.ts';

const row: Row = { id: 'A14', title: 'a router turns malicious', by: 'forge' };
const file = 'contracts/test/attack/A14.t.sol';
const ran = (...names: readonly string[]): readonly Ran[] => names.map((name) => ({ file, name, passed: true }));
const whole = ran('test_holds()', 'testFuzz_control_loses(uint256)', 'test_honest_fills()');

describe('a row', () => {
  test('passes by a defence, a control and an honest flow that all passed', () => {
    expect(judge([row], whole, [])).toMatchObject([{ id: 'A14', status: 'passed' }]);
  });

  test.each([
    ['whose tests do not exist', [], 'no test'],
    ['without a control', ran('test_holds()', 'test_honest_fills()'), 'no control test'],
    ['without an honest flow', ran('test_holds()', 'test_control_loses()'), 'no honest test'],
    ['with nothing but a control and an honest flow', ran('test_control_a()', 'test_honest_b()'), 'no defence test'],
    ['one of whose tests failed', [...whole, { file, name: 'test_b()', passed: false }], 'test_b() failed'],
    ['tested in another’s file', whole.map((one) => ({ ...one, file: 'contracts/test/attack/A13.t.sol' })), 'no test'],
  ])('%s fails', (_, forge, note) => {
    expect(judge([row], forge, [])).toEqual([{ id: 'A14', status: 'failed', note }]);
  });

  test('that cannot apply says why, until there are tests, which then decide', () => {
    const moot: Row = { ...row, absent: 'there is no router' };
    expect(judge([moot], [], [])).toEqual([{ id: 'A14', status: 'notApplicable', note: 'there is no router' }]);
    expect(judge([moot], whole, [])).toMatchObject([{ status: 'passed' }]);
    expect(judge([moot], whole.slice(1), [])).toMatchObject([{ status: 'failed' }]);
  });

  test('proven elsewhere fails without its proof, by a failed one, and by another file’s', () => {
    const elsewhere: Row = { ...row, by: 'vitest', proofs: [{ file: 'a.test.ts', test: 'refuses strangers' }] };
    const proof = { file: 'a.test.ts', name: 'the API refuses strangers', passed: true };
    expect(judge([elsewhere], [], [proof])).toMatchObject([{ status: 'passed' }]);
    expect(judge([elsewhere], [], [{ ...proof, passed: false }])).toMatchObject([{ status: 'failed' }]);
    expect(judge([elsewhere], [], [{ ...proof, file: 'b.test.ts' }])).toMatchObject([{ status: 'failed' }]);
    expect(judge([elsewhere], whole.slice(1), [proof])).toMatchObject([{ status: 'failed' }]);
    expect(judge([{ ...elsewhere, by: 'both' }], [], [proof])).toMatchObject([{ status: 'failed', note: 'no test' }]);
  });
});

describe('reports', () => {
  test('of forge are found between its other lines', () => {
    const report = {
      [`${file}:A14Test`]: { test_results: { 'test_a()': { status: 'Success' }, 'test_b()': { status: 'Failure' } } },
    };
    expect(readForge(`Compiling…\n${JSON.stringify(report)}\n`)).toEqual([
      { file, name: 'test_a()', passed: true },
      { file, name: 'test_b()', passed: false },
    ]);
  });

  test('that are missing are an error that repeats what was said', () => {
    expect(() => readForge('Error: Compiler run failed')).toThrow(NoReport);
    expect(() => readForge('Error: Compiler run failed')).toThrow(/Compiler run failed/);
  });

  test('of vitest count a skipped test as failed', () => {
    const assertionResults = [
      { fullName: 'a', status: 'passed' },
      { fullName: 'b', status: 'skipped' },
    ];
    const report = JSON.stringify({ testResults: [{ name: '/here/x/a.test.ts', assertionResults }] });
    expect(readVitest(report, '/here')).toEqual([
      { file: 'x/a.test.ts', name: 'a', passed: true },
      { file: 'x/a.test.ts', name: 'b', passed: false },
    ]);
  });
});

test('every row is there once, in order', () => {
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(rows.filter(({ by, proofs = [] }) => by !== 'forge' && proofs.length === 0)).toEqual([]);
});

test('the threat model names no attack and no test that does not exist', async () => {
  const folder = join(root, 'contracts', 'test', 'attack');
  const files = await readdir(folder);
  const told = await readFile(join(root, 'docs/threat-model.md'), 'utf8');
  const named = [...told.matchAll(/^\| (A\d\d) \|.*\| `(\w+)` \|$/gm)].map(([, id = '', name = '']) => ({ id, name }));
  expect(named.length).toBeGreaterThan(20);
  for (const { id, name } of named) {
    const own = files.filter((file) => file.startsWith(id));
    const tests = await Promise.all(own.map((file) => readFile(join(folder, file), 'utf8')));
    expect(tests.join('\n'), `${id} has no ${name}`).toContain(`function ${name}(`);
  }
  const known = new Set(rows.map(({ id }) => id));
  expect([...told.matchAll(/\bA\d\d\b/g)].filter(([id]) => !known.has(id))).toEqual([]);
});
