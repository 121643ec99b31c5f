// A past decision, told from the journal: what was seen, wanted and planned, who let it pass, what happened, what it cost.

import type { Command } from 'commander';
import type { Entry, Event } from '@trimtab/engine';
import * as Exit from '../Exit.ts';
import * as Figure from '../Figure.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import * as Story from '../Story.ts';
import { UsageError } from '../UsageError.ts';

type Decided = Extract<Event, { kind: 'Decided' }>;
type Observed = Extract<Event, { kind: 'Observed' }>;
/** Hold the entries of one cycle: what it saw, what it decided, and what became of it. */
type Chapter = {
  readonly seq: number;
  readonly at: number;
  readonly observed: Observed;
  readonly decided: Decided;
  readonly after: readonly Entry[];
};

export function define(program: Command): void {
  configured(program.command('explain'))
    .description('tell a past decision from the journal')
    .argument(
      '[which]',
      'a sequence number of the journal, a run such as c12, `trade` for the last that acted, or `last`',
      'last',
    )
    .action((which: string, flags: Configured) => report(flags, () => explain(which, flags)));
}

/** Tell a decision. Throws UsageError where there is none by that name. */
export async function explain(which: string, flags: Configured): Promise<Outcome> {
  const { config } = await readConfig(flags.config);
  const { portfolioOf } = await import('../wire.ts');
  const { recall } = await import('../recall.ts');
  const chapter = await find(which, (query) => recall(config, { portfolio: portfolioOf(config), ...query }));
  const { seq, at, decided, observed, after } = chapter;
  const title = `Decision ${seq} of ${Figure.moment(at)}${decided.run === undefined ? '' : `, run ${decided.run}`}`;
  return {
    exit: Exit.DONE,
    text: [title, '', ...Story.of(decided.decision, observed.snapshot), ...outcome(chapter)].join('\n'),
    json: {
      command: 'explain',
      seq,
      at,
      cycle: decided.cycle,
      run: decided.run,
      snapshot: observed.snapshot,
      decision: decided.decision,
      after,
    },
  };
}

type Recall = (query: {
  readonly after?: number;
  readonly run?: string;
  readonly kinds?: readonly Event['kind'][];
  readonly limit?: number;
  readonly newest?: 'newest';
}) => Promise<readonly Entry[]>;

async function find(which: string, read: Recall): Promise<Chapter> {
  const decisions = async (limit: number): Promise<readonly Entry[]> =>
    read({ kinds: ['Decided'], limit, newest: 'newest' });
  let entry: Entry | undefined;
  if (which === 'last') entry = (await decisions(1))[0];
  else if (which === 'trade') entry = (await decisions(10_000)).findLast((each) => runOf(each) !== undefined);
  else if (/^\d+$/.test(which))
    entry = (await read({ kinds: ['Decided'], after: Math.max(0, Number(which) - 1), limit: 1 }))[0];
  else
    entry =
      (await read({ run: which, kinds: ['Decided'], limit: 1 }))[0] ??
      (await decisions(10_000)).findLast((each) => runOf(each) === which);
  if (entry?.event.kind !== 'Decided') {
    throw new UsageError(
      `The journal holds no decision ${which === 'last' ? 'yet' : `by the name ${which}`}.`,
      'name a sequence number, a run, `trade` or `last`',
    );
  }
  const { seq, at, event } = entry;
  const looks = await read({ kinds: ['Observed'], after: Math.max(0, seq - 2), limit: 1 });
  const observed = looks.find((look) => look.event.kind === 'Observed' && look.event.cycle === event.cycle)?.event;
  if (observed?.kind !== 'Observed')
    throw new UsageError(`What decision ${seq} saw is not in the journal.`, 'name another decision');
  const run = event.run === undefined ? [] : await read({ run: event.run, limit: 10_000 });
  return { seq, at, observed, decided: event, after: run.filter((each) => each.event.kind !== 'Decided') };
}

function runOf({ event }: Entry): string | undefined {
  return event.kind === 'Decided' ? event.run : undefined;
}

function outcome({ decided, observed, after }: Chapter): readonly string[] {
  if (decided.decision.kind !== 'act') return [];
  if (decided.run === undefined) return ['', 'Nothing was signed: the engine was in a dry run, or halted.'];
  const lines = after.flatMap((entry) =>
    happened(entry, decided, observed).map((line) => `  ${Figure.moment(entry.at)}  ${line}`),
  );
  return ['', 'What happened:', ...lines];
}

function happened({ event }: Entry, { decision }: Decided, { snapshot }: Observed): readonly string[] {
  const step = 'step' in event && typeof event.step === 'number' ? `step ${event.step + 1}` : '';
  switch (event.kind) {
    case 'StepSigned':
      return [`${step} signed as ${event.signed.hash}, attempt ${event.attempt + 1}`];
    case 'StepSent':
      return [`${step} sent`];
    case 'StepSettled': {
      const { block, gasUsed, gasPrice } = event.receipt;
      const gas = `gas ${Figure.usd((gasUsed * gasPrice * snapshot.gas.native) / 10n ** 18n)}`;
      return [`${step} settled in block ${block.number}, ${gas}${filled(event, decision, snapshot)}`];
    }
    case 'StepFailed':
      return [`${step} failed: ${event.why}`];
    case 'RunClosed':
      return [`run ${event.outcome}: ${event.why}`];
    case 'Started':
    case 'Observed':
    case 'Decided':
    case 'StepIntended':
    case 'Halted':
    case 'Resumed':
      return [];
  }
}

/** Tell what a fill brought, beside what was expected of it. */
function filled(
  { fill, step }: Extract<Event, { kind: 'StepSettled' }>,
  decision: Decided['decision'],
  { assets }: Observed['snapshot'],
): string {
  if (fill === undefined) return '';
  const [sell, buy] = [Story.assetOf(fill.sell, assets), Story.assetOf(fill.buy, assets)];
  const planned = decision.kind === 'act' ? decision.plan.steps[step] : undefined;
  const expected = planned?.kind === 'swap' ? ` (expected ${Figure.amount(planned.expected, buy)})` : '';
  return `: sold ${Figure.amount(fill.sold, sell)} for ${Figure.amount(fill.received, buy)}${expected}`;
}
