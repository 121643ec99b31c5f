// Stop trading and start it again. The order goes to the engine that runs, which journals it between two turns; where
// none runs it goes straight into the journal, so that the next start finds it.

import { hostname, userInfo } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Config, Entry, Event, Journal } from '@trimtab/engine';
import * as Exit from '../Exit.ts';
import * as Orders from '../Orders.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';

type Flags = Configured & { readonly why: string };
type Cmd = 'halt' | 'resume';
type Order = Extract<Event, { kind: 'Halted' | 'Resumed' }>;
/** Say who took an order, and where it stands in the journal; absent while it is not known to be there. */
type Taken = { readonly to: 'engine' | 'journal'; readonly seq?: number };

const LEASE_SECONDS = 10;
/** Wait this long for an engine elsewhere to journal an order, looking this often. {ms} */
const PATIENCE = 10_000;
const LOOK = 500;

export function define(program: Command): void {
  const why = ['--why <reason>', 'kept in the journal', 'asked for on the command line'] as const;
  configured(program.command('halt'))
    .description('start nothing new until resumed; what was already sent is still followed up')
    .option(...why)
    .action((flags: Flags) => report(flags, () => order('halt', flags)));
  configured(program.command('resume'))
    .description('trade again after a halt')
    .option(...why)
    .action((flags: Flags) => report(flags, () => order('resume', flags)));
}

/** Give an order and wait until it is journalled. Throws NotConfirmed where that is not known in time. */
async function order(cmd: Cmd, { config: path, why }: Flags): Promise<Outcome> {
  const { config } = await readConfig(path);
  const by = `${userInfo().username}@${hostname()}`;
  const { askEngine } = await import('../wire.ts');
  const answer = await askEngine(config, { cmd, by, why });
  const taken =
    answer === undefined
      ? await write(config, { kind: cmd === 'halt' ? 'Halted' : 'Resumed', by, why })
      : answered(answer);
  const { to, seq } = taken;
  if (seq === undefined) throw new NotConfirmed(cmd);
  return { exit: Exit.DONE, text: sentence(cmd, to, seq), json: { command: cmd, by, why, to, seq } };
}

/** Journal an order. Where an engine elsewhere holds the journal, leave it there and wait until it is obeyed. */
async function write(config: Config.Config, order: Order): Promise<Taken> {
  const { holderOf, openJournal, portfolioOf } = await import('../wire.ts');
  const [portfolio, holder] = [portfolioOf(config), holderOf(config)];
  const journal = await openJournal(config);
  try {
    const lease = await journal.lease(portfolio, holder, LEASE_SECONDS);
    const [entry] = await journal.append(lease, [order]);
    await journal.release(lease);
    return { to: 'journal', ...placed(entry) };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'LeaseHeld') throw error;
    await Orders.leave(journal, portfolio, holder, order);
    return { to: 'engine', ...placed(await confirmed(journal, portfolio, order)) };
  } finally {
    await journal.close();
  }
}

async function confirmed(journal: Journal, portfolio: string, order: Order): Promise<Entry | undefined> {
  for (let waited = 0; waited < PATIENCE; waited += LOOK) {
    const entry = await Orders.obeyed(journal, portfolio, order);
    if (entry !== undefined) return entry;
    await setTimeout(LOOK);
  }
  return undefined;
}

function placed(entry: Entry | undefined): { readonly seq?: number } {
  return entry === undefined ? {} : { seq: entry.seq };
}

function answered(answer: unknown): Taken {
  const seq = typeof answer === 'object' && answer !== null && 'seq' in answer ? answer.seq : undefined;
  return { to: 'engine', ...(typeof seq === 'number' ? { seq } : {}) };
}

function sentence(cmd: Cmd, to: Taken['to'], seq: number): string {
  const done = cmd === 'halt' ? 'Halted: nothing new is started' : 'Resumed';
  return `${done}, by entry ${seq} of the journal.${to === 'engine' ? '' : ' No engine runs; the next one finds it there.'}`;
}

/** Say that an order was handed to the engine, and that nothing is known of it since. */
export class NotConfirmed extends Error {
  override readonly name = 'NotConfirmed';
  readonly next = 'retry';
  readonly fix = 'ask again with `trimtab status`, and give the order again if it does not show';
  constructor(cmd: string) {
    super(`The engine has the order to ${cmd} and has not confirmed it: it may still be within a turn.`);
  }
}
