// An error as it is told: what happened, why, and how to fix it. One renderer for every typed error of the house.

import { styleText } from 'node:util';
import { Config } from '@trimtab/engine';
import * as Exit from './Exit.ts';
import type { Outcome } from './Outcome.ts';

/** Turn an error into the outcome of the command that it stopped. `verbose` adds where it was thrown. */
export function outcome(error: unknown, detail: 'brief' | 'verbose'): Outcome {
  const { name, what, fix } = tell(error);
  const problems = error instanceof Config.ConfigError ? { file: error.file, problems: error.problems } : {};
  const trace = detail === 'verbose' && error instanceof Error ? { trace: error.stack } : {};
  const title = styleText('red', 'Error:', { stream: process.stderr });
  return {
    exit: Exit.ofError(error),
    text: [
      `${title} ${what}`,
      ...(fix === undefined ? [] : [`Fix: ${fix}`]),
      ...(trace.trace === undefined ? [] : [trace.trace]),
    ].join('\n'),
    json: { error: { name, what, ...(fix === undefined ? {} : { fix }), ...problems, ...trace } },
  };
}

/** Tell an error in one line of a log. */
export function line(error: unknown): string {
  const { what, fix } = tell(error);
  return fix === undefined ? what : `${what} Fix: ${fix.replace(/\.$/, '')}.`;
}

/** Part an error into what happened and how to fix it. Errors that are not ours are told to be unexpected. */
export function tell(error: unknown): { readonly name: string; readonly what: string; readonly fix?: string } {
  if (!(error instanceof Error)) return { name: 'Error', what: String(error), fix: REPORT };
  const { name, message } = error;
  if ('fix' in error && typeof error.fix === 'string') {
    return { name, what: whole(message.replace(error.fix, '')), fix: error.fix };
  }
  // Our own errors carry what to do next and say the fix in their message.
  return 'next' in error ? { name, what: message } : { name, what: message, fix: REPORT };
}

/** End a message where its fix was cut out of it. */
function whole(message: string): string {
  const kept = message.replace(/[\s;:,]+$/, '');
  return /[.?!]$/.test(kept) ? kept : `${kept}.`;
}

const REPORT = 'this was not expected; run again with --verbose and report what it prints';
