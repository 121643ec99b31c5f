// The journal on a PostgreSQL server, for several machines or for those who keep one anyway.

import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Time } from '@trimtab/core';
import { JournalFailed, postgres } from './postgres.ts';
import type { PostgresJournal } from './postgres.ts';
import { migrate, MigrationFailed } from './Tables.ts';
import type { Tables } from './Tables.ts';

export type ServerOptions = {
  /** Date the entries. The machine's clock by default. */
  readonly now?: () => Time;
};

/** A statement, or a transaction that its writer forgot, lasts at most this long: others wait for its locks. {ms} */
const LONGEST = 30_000;

/**
 * Open the journal on a server: `postgres://user:password@host:port/database`. The user must be allowed to create
 * the schema `trimtab`, or own it. Throws JournalFailed if the server cannot be used, MigrationFailed if its tables
 * are not of this version, NotDurable if it does not keep what it acknowledges.
 */
export async function openServer(url: string, options: ServerOptions = {}): Promise<PostgresJournal> {
  // Not left to the driver, whose error would carry the url and the password in it.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new JournalFailed(new Error('the address is not of the form postgres://user:password@host:port/database'));
  const { now = () => Math.floor(Date.now() / 1_000) } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'trimtab',
    // A server may be set to acknowledge commits before they are on disk: not ours.
    options: '-c synchronous_commit=on',
    max: 4,
    connectionTimeoutMillis: 10_000,
    statement_timeout: LONGEST,
    idle_in_transaction_session_timeout: LONGEST,
  });
  // A connection that breaks must not end the process, idle (which the pool hears) or between two queries of a
  // transaction (which only the connection hears): the next query opens another, or fails by itself.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await demandDurable(db);
    await migrate(db);
    return postgres(db, now);
  } catch (error) {
    await db.destroy();
    throw error instanceof NotDurable || error instanceof MigrationFailed ? error : new JournalFailed(error);
  }
}

async function demandDurable(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ fsync: string }>`show fsync`.execute(db);
  if (rows[0]?.fsync !== 'on') throw new NotDurable();
}

/** Say that the server would lose acknowledged entries when its power fails. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable';
  readonly next = 'halt';
  constructor() {
    super(
      'The database server runs with fsync off, so what it acknowledges is lost when its power fails, and a trade ' +
        'could be made twice. Set fsync = on in its postgresql.conf and restart it, or use a journal folder.',
    );
  }
}
