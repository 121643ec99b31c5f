// Stop trading and start it again. The order goes to the running engine, which journals it between two steps; where
// none runs it goes straight into the journal, so that the next start finds it.

import { hostname, userInfo } from 'node:os';
import type { Command } from 'commander';
import * as Exit from '../Exit.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';

type Flags = Configured & { readonly why: string };

export function define(program: Command): void {
  configured(program.command('halt'))
    .description('start nothing new until resumed; what was already sent is still followed up')
    .option('--why <reason>', 'kept in the journal', 'asked for on the command line')
    .action((flags: Flags) => report(flags, () => order('halt', flags)));
  configured(program.command('resume'))
    .description('trade again after a halt')
    .option('--why <reason>', 'kept in the journal', 'asked for on the command line')
    .action((flags: Flags) => report(flags, () => order('resume', flags)));
}

async function order(cmd: 'halt' | 'resume', { config: path, why }: Flags): Promise<Outcome> {
  const { config } = await readConfig(path);
  const { command } = await import('../wire.ts');
  const by = `${userInfo().username}@${hostname()}`;
  const to = await command(config, { cmd, by, why });
  const done = cmd === 'halt' ? 'Halted: nothing new is started.' : 'Resumed.';
  const how =
    to === 'engine'
      ? 'The running engine has it in its journal.'
      : 'No engine runs; the order stands in the journal for the next start.';
  return { exit: Exit.DONE, text: `${done} ${how}`, json: { command: cmd, by, why, to } };
}
