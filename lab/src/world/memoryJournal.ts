// A journal that lasts as long as the world it is in. It keeps the rules of a durable one: one writer, fenced by the
// lease's epoch, all or nothing, entries chained in order, nothing recorded twice.

import type { Entry, Event, Journal, Lease, Query, Clock } from '@trimtab/engine';
import { hashOf } from './Transaction.ts';

/** Hold what a durable journal would keep on disk. Only this module changes it. */
export type Pages = {
  readonly entries: Entry[];
  /** The newest lease of each portfolio, and until when it lasts; absent once it was released. */
  readonly leases: Map<string, { readonly lease: Lease; readonly until?: number }>;
  /** Keys of steps intended and of signings, each of which may be recorded once. */
  readonly once: Set<string>;
  readonly watchers: Set<(entries: readonly Entry[]) => void>;
};

/** Start with empty pages. */
export function blank(): Pages {
  return { entries: [], leases: new Map(), once: new Set(), watchers: new Set() };
}

/** Open a journal over pages that may have been written by an earlier process. */
export function memoryJournal(pages: Pages, clock: Pick<Clock, 'now'>): Journal {
  return {
    lease: async (portfolio, holder, seconds) => take(pages, portfolio, holder, clock.now(), seconds),
    renew: async (lease, seconds) => {
      checkHeld(pages, lease);
      pages.leases.set(lease.portfolio, { lease, until: clock.now() + seconds });
      return lease;
    },
    release: async (lease) => {
      if (pages.leases.get(lease.portfolio)?.lease.epoch === lease.epoch) pages.leases.set(lease.portfolio, { lease });
    },
    append: async (lease, events) => append(pages, lease, events, clock.now()),
    read: async (query) => read(pages, query),
    watch: (onEntries) => {
      pages.watchers.add(onEntries);
      return () => pages.watchers.delete(onEntries);
    },
    close: async () => pages.watchers.clear(),
  };
}

function take(pages: Pages, portfolio: string, holder: string, now: number, seconds: number): Lease {
  const current = pages.leases.get(portfolio);
  const left = (current?.until ?? now) - now;
  // A restarted holder need not wait for itself.
  if (current !== undefined && left > 0 && current.lease.holder !== holder)
    throw new LeaseHeld(portfolio, current.lease.holder, left);
  const lease: Lease = { portfolio, holder, epoch: (current?.lease.epoch ?? 0) + 1 };
  pages.leases.set(portfolio, { lease, until: now + seconds });
  return lease;
}

function append(pages: Pages, lease: Lease, events: readonly Event[], at: number): readonly Entry[] {
  checkHeld(pages, lease);
  const keys = events.flatMap((event) => onceKey(lease.portfolio, event));
  const repeated = keys.find((key, i) => pages.once.has(key) || keys.indexOf(key) !== i);
  if (repeated !== undefined) throw new AlreadyRecorded(repeated);
  const { portfolio, epoch } = lease;
  let last = pages.entries.findLast((entry) => entry.portfolio === portfolio);
  const added = events.map((event): Entry => {
    const seq = (last?.seq ?? 0) + 1;
    const run = 'run' in event && event.run !== undefined ? { run: event.run } : {};
    last = {
      seq,
      portfolio,
      epoch,
      at,
      ...run,
      hash: hashOf(`${last?.hash ?? portfolio} ${seq} ${epoch} ${at} ${event.kind}`),
      event,
    };
    return last;
  });
  for (const key of keys) pages.once.add(key);
  pages.entries.push(...added);
  // What is written stays written: a watcher that throws does so on its own.
  for (const watcher of pages.watchers) void Promise.resolve(added).then(watcher);
  return added;
}

function read({ entries }: Pages, query: Query): readonly Entry[] {
  const { portfolio, limit = 1_000 } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new RangeError(`a limit of ${limit} is outside [1, 10000]`);
  const wanted = (entry: Entry): boolean =>
    (portfolio === undefined || entry.portfolio === portfolio) &&
    (query.after === undefined || entry.seq > query.after) &&
    (query.run === undefined || entry.run === query.run) &&
    (query.kinds === undefined || query.kinds.includes(entry.event.kind));
  // Of one portfolio the pages are in order already.
  const ordered = portfolio === undefined ? entries.toSorted(byPlace) : entries;
  const newest = query.newest !== undefined;
  const found: Entry[] = [];
  for (let i = 0; i < ordered.length && found.length < limit; i++) {
    const entry = ordered[newest ? ordered.length - 1 - i : i];
    if (entry !== undefined && wanted(entry)) found.push(entry);
  }
  return newest ? found.toReversed() : found;
}

function byPlace(a: Entry, b: Entry): number {
  return a.seq - b.seq || (a.portfolio < b.portfolio ? -1 : 1);
}

function onceKey(portfolio: string, event: Event): readonly string[] {
  if (event.kind === 'StepIntended') return [`${portfolio} intention ${event.key}`];
  return event.kind === 'StepSigned' ? [`${portfolio} signing ${event.run}/${event.step}/${event.attempt}`] : [];
}

function checkHeld(pages: Pages, lease: Lease): void {
  const current = pages.leases.get(lease.portfolio);
  if (current?.lease.epoch !== lease.epoch || current.until === undefined) throw new LeaseLost(lease, current?.lease);
}

/** Report a writer that is no longer the one: somebody else took the lease. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  readonly next = 'halt';
  constructor(lease: Lease, current: Lease | undefined) {
    const newest =
      current === undefined ? 'it was never taken' : `the newest is ${current.holder}'s, epoch ${current.epoch}`;
    super(
      `${lease.holder} no longer holds ${lease.portfolio} at epoch ${lease.epoch}: ${newest}; take the lease again`,
    );
  }
}

/** Report a lease that another holder still has. */
export class LeaseHeld extends Error {
  override readonly name = 'LeaseHeld';
  readonly next = 'retry';
  constructor(portfolio: string, holder: string, left: number) {
    super(`${holder} holds ${portfolio} for another ${left} s: stop it, or wait until its lease runs out`);
  }
}

/** Report an intention or a signing that the journal has already. */
export class AlreadyRecorded extends Error {
  override readonly name = 'AlreadyRecorded';
  readonly next = 'retry';
  constructor(what: string) {
    super(`${what} is in the journal already and may be recorded once: nothing was written; read the run again`);
  }
}
