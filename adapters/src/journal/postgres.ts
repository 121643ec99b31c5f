// The journal in PostgreSQL's own dialect, the same for the embedded database and for a server.

import type { Kysely } from 'kysely';
import type { Time } from '@trimtab/core';
import type { Entry, Journal, Query } from '@trimtab/engine';
import { appender } from './appender.ts';
import * as LeaseTable from './Lease.ts';
import * as Row from './Row.ts';
import type { Tables } from './Tables.ts';
import { turnstile } from './turnstile.ts';
import { verify } from './verify.ts';
import type { Verified } from './verify.ts';

/** A journal that can also prove its own history. */
export type PostgresJournal = Journal & {
  /** Recompute a portfolio's hash chain from its first entry. */
  readonly verify: (portfolio: string) => Promise<Verified>;
};

/** Keep the journal in a database whose tables are up to date. `now` dates the entries; `close` closes the database. */
export function postgres(db: Kysely<Tables>, now: () => Time): PostgresJournal {
  const watchers = new Set<(entries: readonly Entry[]) => void>();
  const enter = turnstile();
  const append = appender(db);
  return {
    lease: (portfolio, holder, seconds) => told(LeaseTable.take(db, portfolio, holder, seconds)),
    renew: (lease, seconds) => told(LeaseTable.renew(db, lease, seconds)),
    release: (lease) => told(LeaseTable.release(db, lease)),
    // Watchers hear of appends in the order of `seq`, so appends of one process wait for each other.
    append: async (lease, events) => {
      const leave = await enter();
      try {
        const entries = await told(append(lease, events, now()));
        for (const watcher of watchers) notify(watcher, entries);
        return entries;
      } finally {
        leave();
      }
    },
    read: (query) => told(read(db, query)),
    watch: (onEntries) => {
      watchers.add(onEntries);
      return () => watchers.delete(onEntries);
    },
    verify: (portfolio) => told(verify(db, portfolio)),
    close: () => db.destroy(),
  };
}

async function read(db: Kysely<Tables>, query: Query): Promise<readonly Entry[]> {
  const { portfolio, after, run, kinds, limit = 1_000, newest } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new RangeError(`limit is ${limit}; a read takes 1 to 10000 entries. Read on with after: the last seq.`);
  let rows = db
    .selectFrom('trimtab.entry')
    .selectAll()
    .orderBy('seq', newest === undefined ? 'asc' : 'desc')
    .orderBy('portfolio', newest === undefined ? 'asc' : 'desc')
    .limit(limit);
  if (portfolio !== undefined) rows = rows.where('portfolio', '=', portfolio);
  if (after !== undefined) rows = rows.where('seq', '>', after);
  if (run !== undefined) rows = rows.where('run', '=', run);
  if (kinds !== undefined) rows = rows.where('kind', 'in', kinds);
  if (kinds?.length === 0) return [];
  const found = (await rows.execute()).map(Row.toEntry);
  return newest === undefined ? found : found.toReversed();
}

/** What is written stays written, whatever a watcher makes of it. */
function notify(watcher: (entries: readonly Entry[]) => void, entries: readonly Entry[]): void {
  try {
    watcher(entries);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

/** Pass on errors that say what to do next; turn what the database says into one that does. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Error && 'next' in error)) throw error;
    const { constraint, detail } = error as { readonly constraint?: unknown; readonly detail?: unknown };
    if (constraint === 'entry_once') throw new AlreadyRecorded(String(detail), error);
    throw new JournalFailed(error);
  }
}

/** Say that an intention or a signature is in the journal already. Fold the journal again before acting. */
export class AlreadyRecorded extends Error {
  override readonly name = 'AlreadyRecorded';
  readonly next = 'retry';
  constructor(detail: string, cause: unknown) {
    super(`The journal holds this already, so nothing was written: ${detail}. Read the journal and go on from there.`, {
      cause,
    });
  }
}

/** Say that the database failed. Whether an append was written is unknown: read the journal before acting. */
export class JournalFailed extends Error {
  override readonly name = 'JournalFailed';
  readonly next = 'retry';
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `The journal's database failed: ${why}. Nothing may be sent before it answers again. Check that it runs and can be ` +
        'reached (DATABASE_URL, where it is a server), and that its disk has room.',
      { cause },
    );
  }
}
