// The one place where a command's outcome reaches the terminal: results on standard output, errors on standard error,
// and under `--json` exactly one object on standard output in both cases.

import { Option } from 'commander';
import type { Command } from 'commander';
import * as Fault from './Fault.ts';
import * as Outcome from './Outcome.ts';

/** Hold the flags that every command takes. */
export type Standard = { readonly json?: true; readonly verbose?: true };
export type Configured = Standard & { readonly config: string };

/** Add the flags that every command takes. */
export function standard(command: Command): Command {
  return command
    .option('--json', 'print one JSON object on standard output and nothing else')
    .option('--verbose', 'show where an error was thrown');
}

/** Add them and the path of the configuration. */
export function configured(command: Command): Command {
  const path = new Option('-c, --config <path>', 'configuration file; - reads standard input');
  return standard(command.addOption(path.default('trimtab.yaml').env('TRIMTAB_CONFIG')));
}

/** Do a command's work, print its outcome and set the exit code. */
export async function report(flags: Standard, work: () => Promise<Outcome.Outcome>): Promise<void> {
  let outcome: Outcome.Outcome;
  let stream: NodeJS.WriteStream = process.stdout;
  try {
    outcome = await work();
  } catch (error) {
    outcome = Fault.outcome(error, flags.verbose === true ? 'verbose' : 'brief');
    stream = process.stderr;
  }
  process.exitCode = outcome.exit;
  if (flags.json === true) process.stdout.write(`${Outcome.toJson(outcome)}\n`);
  else if (outcome.text !== '') stream.write(`${outcome.text}\n`);
}
