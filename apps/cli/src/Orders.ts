// Orders to an engine that may run on another machine. Engine and command line reach the same database, so that is
// where they meet: in a journal beside the portfolio's own, which nobody but the engine may write.

import type { Entry, Event, Journal, Request } from '@trimtab/engine';

type Order = Extract<Event, { kind: 'Halted' | 'Resumed' }>;

const KINDS: readonly Event['kind'][] = ['Halted', 'Resumed'];
const LEASE_SECONDS = 10;

/** Leave an order for whoever keeps the portfolio. Throws LeaseHeld while another order is being left. */
export async function leave(journal: Journal, portfolio: string, holder: string, order: Order): Promise<void> {
  const lease = await journal.lease(beside(portfolio), holder, LEASE_SECONDS);
  await journal.append(lease, [order]);
  await journal.release(lease);
}

/** Open the engine's side: each call hands over what was left since the last, an order that no engine saw included. */
export async function inbox(journal: Journal, portfolio: string): Promise<() => Promise<readonly Request[]>> {
  const [left] = await newest(journal, beside(portfolio));
  const [obeyed] = await newest(journal, portfolio);
  const unseen = left !== undefined && (obeyed === undefined || left.at > obeyed.at);
  let after = (left?.seq ?? 0) - (unseen ? 1 : 0);
  return async () => {
    const entries = await journal.read({ portfolio: beside(portfolio), kinds: KINDS, after });
    after = entries.at(-1)?.seq ?? after;
    return entries.flatMap(request);
  };
}

/** Say whether the engine's newest order is this one. */
export async function obeyed(journal: Journal, portfolio: string, order: Order): Promise<Entry | undefined> {
  const [entry] = await newest(journal, portfolio);
  const same =
    entry !== undefined &&
    'by' in entry.event &&
    entry.event.kind === order.kind &&
    entry.event.by === order.by &&
    entry.event.why === order.why;
  return same ? entry : undefined;
}

function newest(journal: Journal, portfolio: string): Promise<readonly Entry[]> {
  return journal.read({ portfolio, kinds: KINDS, limit: 1, newest: 'newest' });
}

function beside(portfolio: string): string {
  return `${portfolio}#orders`;
}

function request({ event }: Entry): readonly Request[] {
  if (event.kind === 'Halted') return [{ kind: 'halt', by: event.by, why: event.why }];
  return event.kind === 'Resumed' ? [{ kind: 'resume', by: event.by, why: event.why }] : [];
}
