// A past decision, told from the journal: what was seen, wanted and planned, who let it pass, what happened, what it cost.

import type { Command } from 'commander';
import type { Decision } from '@trimtab/api';
import * as Exit from '../Exit.ts';
import * as Figure from '../Figure.ts';
import type { Ask } from '../lookBack.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import * as Story from '../Story.ts';
import { UsageError } from '../UsageError.ts';

export function define(program: Command): void {
  const which = 'a sequence number of the journal, a run such as c12, `trade` for the last that acted, or `last`';
  configured(program.command('explain'))
    .description('tell a past decision from the journal')
    .argument('[which]', which, 'last')
    .action((chosen: string, flags: Configured) => report(flags, () => explain(chosen, flags)));
}

/** Tell a decision. Throws UsageError where there is none by that name. */
export async function explain(which: string, flags: Configured): Promise<Outcome> {
  const { config } = await readConfig(flags.config);
  const { lookBack } = await import('../lookBack.ts');
  const decision = await lookBack(config, (ask) => find(which, ask));
  if (decision === undefined) {
    const what =
      which === 'last' || which === 'trade' ? 'no decision of that kind yet' : `no decision by the name ${which}`;
    throw new UsageError(`The journal holds ${what}.`, 'name a sequence number, a run, `trade` or `last`');
  }
  const { seq, mode, decidedAt, run, kind } = decision;
  const dry = kind === 'act' && run === undefined ? ['', 'Nothing was signed: a dry run, or trading was halted.'] : [];
  return {
    exit: Exit.DONE,
    text: [`Decision ${seq} of ${Figure.moment(decidedAt)}, ${mode}`, '', ...Story.of(decision), ...dry].join('\n'),
    json: { command: 'explain', decision },
  };
}

async function find(which: string, ask: Ask): Promise<Decision | undefined> {
  const seq = /^\d+$/.test(which) ? Number(which) : await place(which, ask);
  return seq === undefined ? undefined : ask('decision', seq);
}

/** Find the sequence number of a decision by its name. */
async function place(which: string, ask: Ask): Promise<number | undefined> {
  if (which === 'last') return (await ask('decisions'))?.decisions.at(-1)?.seq;
  if (which === 'trade') return (await ask('runs'))?.runs.at(-1)?.decision;
  return (await ask('run', which))?.decision;
}
