// What would be done now, and why: read-only, needs no key and disturbs nothing that runs.

import type { Command } from 'commander';
import { decide } from '@trimtab/core';
import type { Strategy } from '@trimtab/core';
import { observe } from '@trimtab/engine';
import * as Exit from '../Exit.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import * as Story from '../Story.ts';

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
  const decision = decide(snapshot, flags.now === true ? dueNow(seat.strategy) : seat.strategy);
  const { portfolio, at, block, assets, holdings } = snapshot;
  return {
    exit: decision.kind === 'refuse' ? Exit.REFUSED : Exit.DONE,
    text: Story.of(decision, snapshot).join('\n'),
    json: { command: 'plan', portfolio, at, block, assets, holdings, decision },
  };
}

/** Add a calendar that is always due; the bands stay as they are. */
function dueNow(strategy: Strategy): Strategy {
  return { ...strategy, when: { kind: 'any', of: [strategy.when, { kind: 'calendar', every: 1, from: 0 }] } };
}
