// Run the Solidity tests, as the root's test runner wants it: forge's own output, then one line with the figures.
// `--nightly` runs the same tests for longer.

import { runForge } from './runForge.ts';

if (process.argv.includes('--nightly')) process.env['FOUNDRY_PROFILE'] = 'nightly';
const { code, output } = await runForge(['test']);
const [, passed, failed] = /(\d+) tests passed, (\d+) failed/.exec(output) ?? [];
process.stdout.write(`${passed ?? 0} passed, ${failed ?? (code === 0 ? 0 : 1)} failed\n`);
// No figures means that nothing ran, which is no success.
process.exitCode = code === 0 && passed !== undefined ? 0 : 1;
