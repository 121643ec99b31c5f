// One engine from its start to a clean stop: journal, key, chain, page, and the loop between them. What was opened is
// closed in reverse, whatever happens in between.

import { serve } from '@trimtab/api';
import { open, supervise } from '@trimtab/engine';
import type { Desk, Entry, Mode, Query, Request, Turn, World } from '@trimtab/engine';
import * as Control from './Control.ts';
import * as Lines from './demo/Lines.ts';
import * as Fault from './Fault.ts';
import * as Figure from './Figure.ts';
import type { Read } from './readConfig.ts';
import { version } from './version.ts';
import { alerts, clock, holder, openAccount, openJournal, portfolioOf, wire } from './wire.ts';

export type Manner = {
  /** Stop after one decision and the rebalance that follows from it, or go on until a signal. */
  readonly until: 'once' | 'signal';
  readonly show: 'page' | 'api';
  readonly tell: (line: string) => void;
};

/** Report how it went: decisions made, rebalances closed, and whether trading was halted at the end. */
export type Ended = { readonly cycles: number; readonly rebalances: number; readonly halted?: string };

const LEASE_SECONDS = 30;
/** Look at an open run this often. {s} */
const POLL = 2;

/** Run the engine until a signal, or until it has looked once. Rejects with the error that stopped it. */
export async function keepRunning(read: Read, mode: Mode, manner: Manner): Promise<Ended> {
  const closers: (() => Promise<void>)[] = [];
  try {
    return await start(read, mode, manner, closers);
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

async function start(read: Read, mode: Mode, manner: Manner, closers: (() => Promise<void>)[]): Promise<Ended> {
  const { config } = read;
  const portfolio = portfolioOf(config);
  const office = { orders: [] as Request[], running: { pid: process.pid, since: clock.now(), url: '' } };
  const journal = await openJournal(config, (request) => answer(request, office, (query) => journal.read(query)));
  closers.push(() => journal.close());
  const account = mode === 'LIVE' ? await openAccount(config) : undefined;
  const { strategy, ...seat } = await wire(read, account);
  const world: World = { ...seat, clock, journal, alerts };
  const desk = await open(world, { strategy, mode, holder: holder(config), version, leaseSeconds: LEASE_SECONDS });
  closers.push(() => journal.release(desk.lease));
  const page = manner.show === 'page' ? { page: await builtPage() } : {};
  const served = await serve({ journal, portfolio, mode, port: config.api.port, ...page });
  closers.push(() => served.close());
  office.running = { ...office.running, url: served.url };
  manner.tell(`${mode}: keeping ${portfolio}; ${manner.show === 'page' ? 'page' : 'API'} on ${served.url}`);
  return loop(world, desk, { every: config.every, orders: office.orders, manner });
}

type Office = { readonly orders: Request[]; readonly running: Control.Running };

/** Answer one request from the folder's socket; undefined refuses it. */
async function answer(
  raw: unknown,
  office: Office,
  read: (query: Query) => Promise<readonly Entry[]>,
): Promise<unknown> {
  const request = Control.parse(raw);
  switch (request?.cmd) {
    case 'status':
      return office.running;
    case 'read':
      return read(request.query);
    case 'halt':
    case 'resume':
      office.orders.push({ kind: request.cmd, by: request.by, why: request.why });
      return { queued: true };
    case undefined:
      return undefined;
  }
}

type Loop = { readonly every: number; readonly orders: Request[]; readonly manner: Manner };

async function loop(world: World, opened: Desk, { every, orders, manner }: Loop): Promise<Ended> {
  let stop = false;
  let [cycles, rebalances] = [0, 0];
  let failure: Error | undefined;
  const onSignal = (): void => {
    // A second signal is somebody in a hurry; the journal is whole at every moment, so they may have it.
    if (stop) process.exit(130);
    stop = true;
    manner.tell('Stopping after the step under way; the next start carries on from the journal.');
  };
  const onTurn = (turn: Turn): void => {
    if (turn.kind === 'decided') cycles += 1;
    if (turn.kind === 'closed') rebalances += 1;
    for (const line of Lines.ofTurn(turn, turn.desk.mode, world.clock.now(), world.custody.assets)) manner.tell(line);
    const resting = turn.kind !== 'waiting' && turn.desk.run === undefined;
    if (manner.until === 'once' && (resting || turn.kind === 'halted')) stop = true;
    else if (resting) manner.tell(`  next look in ${Figure.duration(every)}`);
  };
  const onError = (error: unknown, retryIn: number): void => {
    if (manner.until === 'once') [failure, stop] = [error instanceof Error ? error : new Error(String(error)), true];
    if (stop) return;
    const { what, fix } = Fault.tell(error);
    process.stderr.write(
      `${what}${fix === undefined ? '' : ` Fix: ${fix}.`} Trying again in ${Figure.duration(retryIn)}.\n`,
    );
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const requests = (): readonly Request[] => orders.splice(0);
    const desk = await supervise(world, opened, {
      every,
      poll: Math.min(POLL, every),
      leaseSeconds: LEASE_SECONDS,
      stopped: () => stop,
      requests,
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
