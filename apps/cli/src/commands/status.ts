// How the engine is: running or not, in which mode, halted or not, and what it last decided. Asks the running engine
// where there is one and reads the journal where there is none.

import type { Command } from 'commander';
import type { Entry, Event } from '@trimtab/engine';
import * as Exit from '../Exit.ts';
import * as Figure from '../Figure.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import * as Story from '../Story.ts';

type Of<K extends Event['kind']> = {
  readonly seq: number;
  readonly at: number;
  readonly event: Extract<Event, { kind: K }>;
};

export function define(program: Command): void {
  configured(program.command('status'))
    .description('say whether the engine runs, whether it is halted, and what it last decided')
    .action((flags: Configured) => report(flags, () => status(flags)));
}

/** Tell the state. Exits with 6 while halted. */
export async function status(flags: Configured): Promise<Outcome> {
  const { config } = await readConfig(flags.config);
  const { portfolioOf, running } = await import('../wire.ts');
  const { recall } = await import('../recall.ts');
  const portfolio = portfolioOf(config);
  const newest = async (...kinds: readonly Event['kind'][]): Promise<Entry | undefined> =>
    (await recall(config, { portfolio, kinds, limit: 1, newest: 'newest' }))[0];
  const engine = await running(config);
  const [started, decided, order, observed] = [
    as(await newest('Started'), 'Started'),
    as(await newest('Decided'), 'Decided'),
    as(await newest('Halted', 'Resumed'), 'Halted'),
    as(await newest('Observed'), 'Observed'),
  ];
  const facts = {
    portfolio,
    mode: started?.event.mode,
    halted: order && { seq: order.seq, at: order.at, by: order.event.by, why: order.event.why },
  };
  return {
    exit: order === undefined ? Exit.DONE : Exit.HALTED,
    text: [
      engine === undefined
        ? 'Not running.'
        : `Running as process ${engine.pid} since ${Figure.moment(engine.since)}; page ${engine.url}`,
      `Portfolio ${portfolio}${started === undefined ? '' : `, last started in mode ${started.event.mode}`}.`,
      ...(order === undefined
        ? []
        : [
            `HALTED since ${Figure.moment(order.at)} by ${order.event.by}: ${order.event.why}. Go on with \`trimtab resume\`.`,
          ]),
      ...last(decided, observed),
    ].join('\n'),
    json: {
      command: 'status',
      running: engine ?? null,
      ...facts,
      last: decided && { seq: decided.seq, at: decided.at, decision: decided.event.decision },
    },
  };
}

function as<K extends Event['kind']>(entry: Entry | undefined, kind: K): Of<K> | undefined {
  const is = (event: Event): event is Extract<Event, { kind: K }> => event.kind === kind;
  return entry !== undefined && is(entry.event) ? { seq: entry.seq, at: entry.at, event: entry.event } : undefined;
}

function last(decided: Of<'Decided'> | undefined, observed: Of<'Observed'> | undefined): readonly string[] {
  if (decided === undefined) return ['Nothing has been decided yet.'];
  const { decision } = decided.event;
  const same = observed?.event.cycle === decided.event.cycle ? [Story.seen(decision, observed.event.snapshot)] : [];
  return [
    `Last decision ${decided.seq} of ${Figure.moment(decided.at)}: ${decision.kind}, ${decision.why}`,
    ...same,
    decision.trigger,
  ];
}
