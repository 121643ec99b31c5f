// What would be done now, and why: read-only, needs no key and disturbs nothing that runs.

import type { Command } from 'commander';
import type { Decision, Mode } from '@trimtab/api';
import { decide } from '@trimtab/core';
import type { Snapshot, Strategy } from '@trimtab/core';
import { observe } from '@trimtab/engine';
import type { Event } from '@trimtab/engine';
import * as Exit from '../Exit.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import * as Story from '../Story.ts';
import { version } from '../version.ts';

type Flags = Configured & { readonly now?: true };

export function define(program: Command): void {
  configured(program.command('plan'))
    .description('show now, target, band and drift, and the trades that would be made; read-only, needs no key')
    .option('--now', 'show the plan even if nothing is due')
    .action((flags: Flags) => report(flags, () => plan(flags)));
}

/** Look once and decide, without a trace. Exits with 5 where a limit stops the plan. */
export async function plan(flags: Flags): Promise<Outcome> {
  const read = await readConfig(flags.config);
  const { wire } = await import('../wire.ts');
  const { lastRebalance } = await import('../lastRebalance.ts');
  const seat = await wire(read);
  const snapshot = await observe(seat, await lastRebalance(read.config));
  const decision = await explained(snapshot, flags.now === true ? dueNow(seat.strategy) : seat.strategy);
  return {
    exit: decision.kind === 'refuse' ? Exit.REFUSED : Exit.DONE,
    text: Story.of(decision).join('\n'),
    json: { command: 'plan', portfolio: snapshot.portfolio, decision },
  };
}

/** Decide, and explain it as the page would once it were journalled. */
async function explained(snapshot: Snapshot, strategy: Strategy): Promise<Decision> {
  const { Projection } = await import('@trimtab/api');
  const { portfolio, at } = snapshot;
  const mode: Mode = 'DRY RUN';
  const events: readonly Event[] = [
    { kind: 'Started', mode, strategy, version },
    { kind: 'Observed', cycle: 0, snapshot },
    { kind: 'Decided', cycle: 0, decision: decide(snapshot, strategy) },
  ];
  const entries = events.map((event, index) => ({ seq: index + 1, portfolio, epoch: 0, at, hash: '', event }));
  const { decision } = Projection.foldAll(Projection.empty(portfolio, mode), entries).shown;
  if (decision === undefined) throw new Error('a journal with a decision shows none');
  return decision;
}

/** Add a calendar that is always due; the bands stay as they are. */
function dueNow(strategy: Strategy): Strategy {
  return { ...strategy, when: { kind: 'any', of: [strategy.when, { kind: 'calendar', every: 1, from: 0 }] } };
}
