// Try every attack and say which ones the system withstands: `npm run -s attacks -- [--json]`.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runForge } from '../runForge.ts';
import { judge, type Ran, type Verdict } from './judge.ts';
import { NoReport, readForge, readVitest } from './readResults.ts';
import { rows } from './Row.ts';

const attacks = ['test', '--match-path', 'contracts/test/attack/*', '--json'];
const { output } = await runForge(attacks, 'keep', { profile: 'quick' });
const verdicts = judge(rows, readForge(output), await runVitest());
const [passed = 0, failed = 0, notApplicable = 0] = (['passed', 'failed', 'notApplicable'] as const).map(
  (status) => verdicts.filter((verdict) => verdict.status === status).length,
);
if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ passed, failed, notApplicable, rows: verdicts })}\n`);
} else {
  for (const verdict of verdicts) process.stdout.write(`${line(verdict)}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed, ${notApplicable} not applicable\n`);
}
process.exitCode = failed === 0 ? 0 : 1;

/** Run the test files that prove rows outside of the contracts. */
async function runVitest(): Promise<readonly Ran[]> {
  const files = new Set(rows.flatMap(({ proofs = [] }) => proofs.map(({ file }) => file)));
  const folder = await mkdtemp(join(tmpdir(), 'attacks-'));
  const report = join(folder, 'report.json');
  try {
    const script = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const args = [script, 'run', ...files, '--reporter=json', `--outputFile=${report}`];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
    await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    const text = await readFile(report, 'utf8').catch(() => undefined);
    if (text === undefined) throw new NoReport('vitest', `no ${report}`);
    return readVitest(text, root);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function line({ id, status, note }: Verdict): string {
  const title = rows.find((row) => row.id === id)?.title ?? '';
  const word = { passed: 'passed', failed: 'FAILED', notApplicable: 'n/a' }[status];
  return `${id}  ${word.padEnd(6)}  ${status === 'passed' ? note : `${title}: ${note}`}`;
}
