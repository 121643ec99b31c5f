// One engine from its start to a clean stop: journal, key, chain, page, and the loop between them. What was opened is
// closed in reverse, whatever happens in between.

import { serve } from '@trimtab/api';
import { open, supervise } from '@trimtab/engine';
import type { Desk, Journal, Mode, Request, Turn, World } from '@trimtab/engine';
import * as Lines from './Lines.ts';
import * as Fault from './Fault.ts';
import * as Figure from './Figure.ts';
import * as Office from './Office.ts';
import * as Orders from './Orders.ts';
import { progress } from './progress.ts';
import type { Read } from './readConfig.ts';
import { version } from './version.ts';
import { withClosing } from './withClosing.ts';
import type { Closing } from './withClosing.ts';
import { alerts, clock, holderOf, openAccount, openJournal, portfolioOf, wire } from './wire.ts';

export type Manner = {
  /** Stop after one decision and the rebalance that follows from it, or go on until a signal. */
  readonly until: 'once' | 'signal';
  readonly show: 'page' | 'api';
  readonly tell: (line: string) => void;
};

/** Report how it went: decisions made, rebalances that traded, and whether trading was halted at the end. */
export type Ended = { readonly cycles: number; readonly rebalances: number; readonly halted?: string };

const LEASE_SECONDS = 30;
/** Look at an open run this often. {s} */
const POLL = 2;

/** Run the engine until a signal, or until it has looked once. Rejects with the error that stopped it. */
export function keepRunning(read: Read, mode: Mode, manner: Manner): Promise<Ended> {
  return withClosing((closing) => start(read, mode, manner, closing));
}

async function start(read: Read, mode: Mode, manner: Manner, closing: Closing): Promise<Ended> {
  const { config } = read;
  const portfolio = portfolioOf(config);
  const office = Office.open(clock.now());
  const starting = progress(4, 'Starting');
  starting.to(0, 'opening the journal');
  const journal = await patiently(() => openJournal(config, office.answer), BRIEFLY_OWNED, manner);
  closing(() => journal.close());
  journal.watch(office.hear);
  starting.to(1, 'reading the chain');
  const account = mode === 'LIVE' ? await openAccount(config) : undefined;
  const { strategy, ...seat } = await wire(read, account);
  const world: World = { ...seat, clock, journal, alerts };
  starting.to(2, 'taking the lease');
  const opening = { strategy, mode, holder: holderOf(config), version, leaseSeconds: LEASE_SECONDS };
  const desk = await patiently(() => open(world, opening), LEFT_BEHIND, manner);
  closing(() => journal.release(desk.lease));
  if (config.journal.kind === 'server') closing(await follow(world.journal, portfolio, office));
  starting.to(3, 'preparing the page');
  const page = manner.show === 'page' ? { page: await builtPage() } : {};
  const served = await serve({ journal, portfolio, mode, port: config.api.port, ...page });
  closing(() => served.close());
  office.serves(served.url);
  starting.done();
  manner.tell(`${mode}: keeping ${portfolio}; ${manner.show === 'page' ? 'page' : 'API'} on ${served.url}`);
  return loop(world, desk, { every: config.every, orders: office.orders, manner });
}

/** Name an error that passes by itself, say what will end it, and how long that may take. */
type Passing = { readonly error: string; readonly until: string; readonly seconds: number };

/** `status`, `explain` and the like own the folder while they read it; an engine owns it for good. */
const BRIEFLY_OWNED: Passing = { error: 'FolderOwned', until: 'Waiting in case it is only being read.', seconds: 4 };
/** A holder that died leaves its lease: it runs out, unless somebody renews it. */
const LEFT_BEHIND: Passing = { error: 'LeaseHeld', until: 'Waiting for it to run out.', seconds: LEASE_SECONDS };

/** Try again while an error may still pass. Rejects with it if it does not. */
async function patiently<T>(attempt: () => Promise<T>, passing: Passing, { tell }: Manner): Promise<T> {
  for (let waited = 0; ; waited += POLL) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== passing.error || waited > passing.seconds) throw error;
      if (waited === 0) tell(`${error.message} ${passing.until}`);
      await clock.sleep(POLL);
    }
  }
}

/**
 * Take orders that were left in the database: those there now before anything is decided, later ones as they come.
 * Resolves with how to stop.
 */
async function follow(journal: Journal, portfolio: string, office: Office.Office): Promise<() => Promise<void>> {
  const inbox = await Orders.inbox(journal, portfolio);
  const look = async (): Promise<void> => {
    for (const order of await inbox()) office.take(order);
  };
  await look();
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    // A database that fails here fails the loop's own reads too, and those say so.
    looking = looking.then(look).catch(() => undefined);
  }, POLL * 1_000);
  return () => {
    clearInterval(timer);
    return looking;
  };
}

type Loop = { readonly every: number; readonly orders: () => readonly Request[]; readonly manner: Manner };

async function loop(world: World, opened: Desk, { every, orders, manner }: Loop): Promise<Ended> {
  let stop = false;
  let [cycles, rebalances] = [0, 0];
  let failure: Error | undefined;
  const lines = Lines.narrator(world.custody.assets);
  const onSignal = (): void => {
    // A second signal is somebody in a hurry; the journal is whole at every moment, so they may have it.
    if (stop) process.exit(130);
    stop = true;
    manner.tell('Stopping after the step under way; the next start carries on from the journal.');
  };
  const onTurn = (turn: Turn): void => {
    if (turn.kind === 'decided') cycles += 1;
    if (turn.kind === 'closed' && Lines.fillsOf(turn.run).length > 0) rebalances += 1;
    for (const line of lines(turn, turn.desk.mode, world.clock.now())) manner.tell(line);
    if (turn.kind === 'decided' && turn.desk.halted !== undefined)
      manner.tell(`  HALTED: ${turn.desk.halted}; nothing is traded until \`trimtab resume\``);
    const resting = turn.kind !== 'waiting' && turn.desk.run === undefined;
    if (manner.until === 'once' && (resting || turn.kind === 'halted')) stop = true;
    else if (resting) manner.tell(`  next look in ${Figure.duration(every)}`);
  };
  const onError = (error: unknown, retryIn: number): void => {
    if (manner.until === 'once') [failure, stop] = [error instanceof Error ? error : new Error(String(error)), true];
    if (stop) return;
    process.stderr.write(`${Fault.line(error)} Trying again in ${Figure.duration(retryIn)}.\n`);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const desk = await supervise(world, opened, {
      every,
      poll: Math.min(POLL, every),
      leaseSeconds: LEASE_SECONDS,
      stopped: () => stop,
      requests: orders,
      onTurn,
      onError,
    });
    if (failure !== undefined) throw failure;
    return { cycles, rebalances, ...(desk.halted === undefined ? {} : { halted: desk.halted }) };
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function builtPage(): Promise<string> {
  const { buildPage } = await import('@trimtab/web/build');
  return buildPage();
}
