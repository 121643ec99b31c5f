// Run the Solidity tests, as the root's test runner wants it: forge's own output, then one line with the figures.
// Every day they run against code that is compiled without the optimizer, which takes a third of the time; the optimised
// code is what the tests on a local chain deploy. `--nightly` runs the same tests optimised, and for longer.

import { compileAll } from './compileAll.ts';
import { runForge } from './runForge.ts';

process.env['FOUNDRY_PROFILE'] = process.argv.includes('--nightly') ? 'nightly' : 'quick';
await compileAll();
const { code, output } = await runForge(['test']);
const [, passed, failed] = /(\d+) tests passed, (\d+) failed/.exec(output) ?? [];
process.stdout.write(`${passed ?? 0} passed, ${failed ?? (code === 0 ? 0 : 1)} failed\n`);
// No figures means that nothing ran, which is no success.
process.exitCode = code === 0 && passed !== undefined ? 0 : 1;
