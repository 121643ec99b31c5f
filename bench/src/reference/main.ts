// Run the reference cases: `npm run -s reference [-- PREFIX] [--json]`. Fails unless every one of them passes.

import { check } from './check.ts';

const argv = process.argv.slice(2);
const rows = check(argv.find((arg) => !arg.startsWith('-')));
const failed = rows.filter(({ status }) => status === 'failed').length;
const passed = rows.length - failed;
if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ passed, failed, notApplicable: 0, rows })}\n`);
else {
  for (const { id, status, note } of rows)
    process.stdout.write(`${status === 'passed' ? '✓' : '✗'} ${id.padEnd(6)} ${note}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
}
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
