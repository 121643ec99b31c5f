// A journal that lasts as long as the world it is in. It keeps the rules of a durable one: one writer, fenced by the
// lease's epoch, all or nothing, entries chained in order, nothing recorded twice.

import type { Entry, Event, Journal, Lease, Query, Clock } from '@trimtab/engine';
import { hashOf } from './Transaction.ts';

/** Hold what a durable journal would keep on disk. Only this module changes it. */
export type Pages = {
  readonly entries: Entry[];
  readonly leases: Map<string, { readonly lease: Lease; readonly until: number }>;
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
      const current = pages.leases.get(lease.portfolio);
      if (current?.lease.epoch === lease.epoch) pages.leases.set(lease.portfolio, { lease, until: -Infinity });
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
  if (current !== undefined && current.until > now && current.lease.holder !== holder) {
    throw new LeaseHeld(portfolio, current.lease.holder, current.until - now);
  }
  const lease: Lease = { portfolio, holder, epoch: (current?.lease.epoch ?? 0) + 1 };
  pages.leases.set(portfolio, { lease, until: now + seconds });
  return lease;
}

function append(pages: Pages, lease: Lease, events: readonly Event[], at: number): readonly Entry[] {
  checkHeld(pages, lease);
  const keys = events.flatMap((event) => onceKey(lease.portfolio, event));
  const repeated = keys.find((key, i) => pages.once.has(key) || keys.indexOf(key) !== i);
  if (repeated !== undefined) throw new RangeError(`${repeated} is already in the journal: it may be recorded once`);
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
      hash: hashOf(`${last?.hash ?? ''} ${seq} ${epoch} ${at} ${event.kind}`),
      event,
    };
    return last;
  });
  for (const key of keys) pages.once.add(key);
  pages.entries.push(...added);
  for (const watcher of pages.watchers) watcher(added);
  return added;
}

function read({ entries }: Pages, query: Query): readonly Entry[] {
  const { limit = 1_000 } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new RangeError(`a limit of ${limit} is outside [1, 10000]`);
  const wanted = (entry: Entry): boolean =>
    (query.portfolio === undefined || entry.portfolio === query.portfolio) &&
    (query.after === undefined || entry.seq > query.after) &&
    (query.run === undefined || entry.run === query.run) &&
    (query.kinds === undefined || query.kinds.includes(entry.event.kind));
  const found: Entry[] = [];
  const newest = query.newest !== undefined;
  for (let i = 0; i < entries.length && found.length < limit; i++) {
    const entry = entries[newest ? entries.length - 1 - i : i];
    if (entry !== undefined && wanted(entry)) found.push(entry);
  }
  return newest ? found.toReversed() : found;
}

function onceKey(portfolio: string, event: Event): readonly string[] {
  if (event.kind === 'StepIntended') return [`${portfolio} intention ${event.key}`];
  return event.kind === 'StepSigned' ? [`${portfolio} signing ${event.run}/${event.step}/${event.attempt}`] : [];
}

function checkHeld(pages: Pages, lease: Lease): void {
  const current = pages.leases.get(lease.portfolio)?.lease;
  if (current?.epoch !== lease.epoch) throw new LeaseLost(lease, current);
}

/** Report a writer that is no longer the one: somebody else took the lease. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  readonly next = 'halt';
  constructor(lease: Lease, current: Lease | undefined) {
    const now = current === undefined ? 'nobody holds it' : `${current.holder} holds it at epoch ${current.epoch}`;
    super(`${lease.holder} wrote for ${lease.portfolio} at epoch ${lease.epoch}, but ${now}: take the lease again`);
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
