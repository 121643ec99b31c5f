#!/usr/bin/env node
// The command line: the names of the commands, their flags and how they end. What a command does is in its file.

import { Command, CommanderError } from 'commander';
import { define as check } from './commands/check.ts';
import { define as control } from './commands/control.ts';
import { define as demo } from './commands/demo.ts';
import { define as doctor } from './commands/doctor.ts';
import { define as explain } from './commands/explain.ts';
import { define as gov } from './commands/gov.ts';
import { define as init } from './commands/init.ts';
import { define as plan } from './commands/plan.ts';
import { define as run } from './commands/run.ts';
import { define as status } from './commands/status.ts';
import * as Exit from './Exit.ts';
import * as Outcome from './Outcome.ts';
import { version } from './version.ts';

// Whoever reads our output may stop early (`| head`); that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const program = new Command('trimtab')
  .description('Keep a crypto portfolio on its target allocation, at the least cost its risk budget allows.')
  .version(version)
  .exitOverride()
  .addHelpText('after', Exit.help());

for (const define of [demo, init, doctor, check, plan, run, status, explain, control, gov]) define(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are answers. Anything else commander has already told on standard error.
  process.exitCode = error.exitCode === 0 ? Exit.DONE : Exit.USAGE;
  if (error.exitCode !== 0 && process.argv.includes('--json')) {
    const told = { name: 'UsageError', what: error.message.replace(/^error: /, ''), fix: 'see `trimtab help`' };
    process.stdout.write(`${Outcome.toJson({ exit: Exit.USAGE, text: '', json: { error: told } })}\n`);
  }
}
