// The engine, kept running: every cycle tells its mode, every asset's drift, what would trigger, and why it acted or
// held. Dry unless configuration and flag both say live, so that neither alone can move money.

import type { Command } from 'commander';
import type { Config, Mode } from '@trimtab/engine';
import * as Exit from '../Exit.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import { UsageError } from '../UsageError.ts';

type Flags = Configured & { readonly live?: true; readonly once?: true; readonly page: boolean };

export function define(program: Command): void {
  configured(program.command('run'))
    .description('keep the vault on target; a dry run unless the configuration says live and --live is given')
    .option('--live', 'sign and send; the configuration must say mode: live too')
    .option('--once', 'look once, follow a rebalance to its end, and stop')
    .option('--no-page', 'serve the API without the page')
    .action((flags: Flags) => report(flags, () => run(flags)));
}

/** Run until stopped by SIGINT or SIGTERM. Exits with 6 where `--once` found everything halted. */
export async function run(flags: Flags): Promise<Outcome> {
  const read = await readConfig(flags.config);
  const mode = modeOf(read.config, flags);
  // Cycles are told on standard output, except where that is promised to one JSON object.
  const tell = (line: string): void => void (flags.json === true ? process.stderr : process.stdout).write(`${line}\n`);
  if (mode === 'DRY RUN') tell(dryBecause(read.config));
  const { keepRunning } = await import('../keepRunning.ts');
  const ended = await keepRunning(read, mode, {
    until: flags.once === true ? 'once' : 'signal',
    show: flags.page ? 'page' : 'api',
    tell,
  });
  return {
    exit: flags.once === true && ended.halted !== undefined ? Exit.HALTED : Exit.DONE,
    text: flags.json === true ? '' : `Stopped after ${ended.cycles} ${ended.cycles === 1 ? 'cycle' : 'cycles'}.`,
    json: { command: 'run', mode, ...ended },
  };
}

/** Decide whether money may move: only where the file and the flag agree. Throws UsageError where the flag is alone. */
function modeOf(config: Config.Config, flags: Flags): Mode {
  if (flags.live !== true) return 'DRY RUN';
  if (config.mode === 'live') return 'LIVE';
  throw new UsageError(
    '--live was given, but the configuration says mode: dry-run.',
    'write `mode: live` into it, or leave --live out',
  );
}

function dryBecause(config: Config.Config): string {
  return config.mode === 'live'
    ? 'DRY RUN: the configuration says live; give --live to sign and send.'
    : 'DRY RUN: nothing is signed or sent.';
}
