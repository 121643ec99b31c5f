// Everything that must hold before a change lands, in one command: the checks, the TypeScript tests, the Solidity
// tests. It runs all of them, whatever fails, and its last line counts them. `--only NAME` runs a group or one gate.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { runForge } from '../contracts/runForge.ts';
import { violations } from './boundaries.ts';
import { checkTypes } from './checkTypes.ts';
import { findings } from './house.ts';
import { runNode } from './runNode.ts';

/** Count what passed and what failed. */
type Tally = { readonly passed: number; readonly failed: number };
type Gate = {
  readonly group: 'checks' | 'unit' | 'contracts';
  readonly name: string;
  readonly run: () => Promise<Tally>;
};

const gates: readonly Gate[] = [
  check('types', checkTypes),
  check('lint', script('node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.')),
  check('format', script('node_modules/oxfmt/bin/oxfmt', '--check', '.')),
  check(
    'solidity-format',
    async () => (await runForge(['fmt', '--check', 'contracts/src', 'contracts/test'])).code === 0,
  ),
  check('boundaries', checkBoundaries),
  check('dead-code', script('node_modules/knip/bin/knip.js')),
  check('house', checkHouse),
  { group: 'unit', name: 'vitest', run: vitest },
  { group: 'contracts', name: 'forge', run: forge },
];

function check(name: string, passes: () => Promise<boolean>): Gate {
  const run = async () => ((await passes()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  return { group: 'checks', name, run };
}

function script(...command: readonly [string, ...string[]]): () => Promise<boolean> {
  return async () => (await runNode(...command)).code === 0;
}

async function checkBoundaries(): Promise<boolean> {
  const found = violations('.');
  for (const { file, line, imports, why } of found) console.error(`${file}:${line} imports ${imports}: ${why}`);
  if (found.length > 0) console.error('Move the code to a room that may see it; tools/boundaries.ts has the table.');
  return found.length === 0;
}

async function checkHouse(): Promise<boolean> {
  const found = findings('.');
  for (const { file, line, what, fix } of found) console.error(`${file}:${line} has ${what}: ${fix}`);
  return found.length === 0;
}

/** Run vitest and read its own count. A skipped test counts as failed, and so does an error outside every test. */
async function vitest(): Promise<Tally> {
  const folder = mkdtempSync(`${tmpdir()}/trimtab-test-`);
  const report = `${folder}/report.json`;
  const { code } = await runNode(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  );
  try {
    const { numTotalTests, numPassedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    const passed = numPassedTests ?? 0;
    const notPassed = (numTotalTests ?? 0) - passed;
    return { passed, failed: Math.max(notPassed, code === 0 && passed > 0 ? 0 : 1) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Run the Solidity tests, whose last line has the same form as ours. */
async function forge(): Promise<Tally> {
  const { code, output } = await runNode('contracts/test.ts');
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(output);
  const passed = Number(counts?.[1] ?? 0);
  const failed = Number(counts?.[2] ?? 0);
  return { passed, failed: Math.max(failed, code === 0 && passed > 0 ? 0 : 1) };
}

function chosen(args: readonly string[]): readonly Gate[] {
  if (args.length === 0) return gates;
  const [flag, only, ...rest] = args;
  const found = gates.filter(({ group, name }) => only === group || only === name);
  if (flag === '--only' && found.length > 0 && rest.length === 0) return found;
  const names = new Set(gates.flatMap(({ group, name }) => [group, name]));
  throw new Error(`Unknown arguments: ${args.join(' ')}. Use --only with one of ${[...names].join(', ')}.`);
}

async function runAll(selected: readonly Gate[]): Promise<Tally> {
  let total: Tally = { passed: 0, failed: 0 };
  const broken: string[] = [];
  for (const { name, run } of selected) {
    const start = performance.now();
    console.log(`\n── ${name}`);
    const { passed, failed } = await run().catch((error: unknown): Tally => {
      console.error(error);
      return { passed: 0, failed: 1 };
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`── ${name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
    if (failed > 0) broken.push(name);
    total = { passed: total.passed + passed, failed: total.failed + failed };
  }
  if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}. Again, alone: npm test -- --only ${broken[0]}`);
  return total;
}

const { passed, failed } = await runAll(chosen(process.argv.slice(2)));
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
