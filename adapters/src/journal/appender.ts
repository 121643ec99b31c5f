// Appending is one statement, and so one transaction and one sync to disk: it holds the lease's row, so that nobody can
// take the lease meanwhile, and writes only if the lease is still the newest.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Time } from '@trimtab/core';
import type { Entry, Event, Lease } from '@trimtab/engine';
import { encode } from '@trimtab/engine/codec';
import * as HashChain from './HashChain.ts';
import * as LeaseTable from './Lease.ts';
import * as Row from './Row.ts';
import type { Tables } from './Tables.ts';

/** The newest entry of a portfolio. */
type Head = { readonly seq: number; readonly hash: string };

/**
 * Make the way to append to a database. It remembers where each lease's last append ended: nobody else can have written
 * since, and if somebody had, the place after it would be taken and the statement would fail. Appends must not overlap.
 */
export function appender(
  db: Kysely<Tables>,
): (lease: Lease, events: readonly Event[], at: Time) => Promise<readonly Entry[]> {
  const heads = new Map<string, Head & { readonly epoch: number }>();
  return async (lease, events, at) => {
    const { portfolio, epoch } = lease;
    const bodies = events.map(encode);
    const known = heads.get(portfolio);
    // Forgotten until this append is known to have worked: after a failure only the database can say.
    heads.delete(portfolio);
    const head = known?.epoch === epoch ? known : await readHead(db, portfolio);
    const entries = chain(head, lease, events, bodies, at);
    await write(
      db,
      lease,
      entries.map((entry, i) => Row.from(entry, bodies[i] ?? '')),
    );
    const { seq, hash } = entries.at(-1) ?? head;
    heads.set(portfolio, { epoch, seq, hash });
    return entries;
  };
}

async function readHead(db: Kysely<Tables>, portfolio: string): Promise<Head> {
  const row = await db
    .selectFrom('trimtab.entry')
    .select(['seq', 'hash'])
    .where('portfolio', '=', portfolio)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? { seq: 0, hash: HashChain.START } : { seq: Number(row.seq), hash: row.hash };
}

function chain(
  head: Head,
  { portfolio, epoch }: Lease,
  events: readonly Event[],
  bodies: readonly string[],
  at: Time,
): readonly Entry[] {
  let { hash } = head;
  return events.map((event, i) => {
    const seq = head.seq + 1 + i;
    hash = HashChain.after(hash, { portfolio, seq, epoch, at, body: bodies[i] ?? '' });
    return { seq, portfolio, epoch, at, ...Row.runOf(event), hash, event };
  });
}

/** A lease that has run out but that nobody took is still good. Throws LeaseLost for any other that is not the newest. */
async function write(db: Kysely<Tables>, lease: Lease, rows: readonly Row.Row[]): Promise<void> {
  const { rows: result } = await sql<{ held: number }>`
    with held as (
      select 1 from trimtab.lease
      where portfolio = ${lease.portfolio} and holder = ${lease.holder} and epoch = ${lease.epoch}
      for update
    ), written as (
      insert into trimtab.entry
      select entry.* from held, json_populate_recordset(null::trimtab.entry, ${JSON.stringify(rows)}::json) as entry
    )
    select count(*)::int as held from held`.execute(db);
  if (result[0]?.held !== 1) await LeaseTable.lose(db, lease);
}
