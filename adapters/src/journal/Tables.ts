// The journal's tables: one schema and one list of migrations, for the embedded database and for a server alike.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';

/** Drivers give int8 as text or as a number, whichever is safe for them; every value of ours fits a number. */
type Int8 = number | string;

/** Hold the tables. They live in a schema of their own, so that a server may be shared with others. */
export type Tables = {
  readonly 'trimtab.entry': {
    readonly portfolio: string;
    /** Counts from 1 without gaps in each portfolio. */
    readonly seq: Int8;
    readonly epoch: Int8;
    /** {s} since 1970, at the writer. */
    readonly at: Int8;
    readonly run: string | null;
    readonly kind: string;
    /** Names what may be recorded only once in a portfolio; null for what may be repeated. */
    readonly once: string | null;
    /** The event's canonical text. Not jsonb, which would rewrite the bytes that were hashed. */
    readonly body: string;
    readonly hash: string;
  };
  readonly 'trimtab.lease': {
    readonly portfolio: string;
    /** Null once released. The row stays: epochs must never start again. */
    readonly holder: string | null;
    readonly epoch: Int8;
    readonly expires: Date;
  };
};

const migrations: { readonly [name: string]: Migration } = {
  '2026-11-entry-and-lease': {
    up: async (db) => {
      await sql`
        create table trimtab.entry (
          portfolio text not null,
          seq bigint not null check (seq > 0),
          epoch bigint not null check (epoch > 0),
          at bigint not null,
          run text,
          kind text not null,
          once text,
          body text not null,
          hash text not null,
          primary key (portfolio, seq),
          constraint entry_once unique (portfolio, once)
        )`.execute(db);
      // Uncompressed: squeezing a snapshot of fifty assets costs more time than writing it.
      await sql`alter table trimtab.entry alter column body set storage external`.execute(db);
      await sql`create index entry_kind on trimtab.entry (portfolio, kind, seq)`.execute(db);
      await sql`create index entry_run on trimtab.entry (portfolio, run, seq) where run is not null`.execute(db);
      await sql`
        create table trimtab.lease (
          portfolio text primary key,
          holder text,
          epoch bigint not null check (epoch > 0),
          expires timestamptz not null
        )`.execute(db);
    },
  },
};

/** Bring the tables to this version. Several processes may do so at once. Throws MigrationFailed, or StorageFailed. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const migrator = new Migrator({ db, provider, migrationTableSchema: 'trimtab' });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && 'next' in error) throw error;
  if (error !== undefined) throw new MigrationFailed(error);
}

/** Say that the tables are not, and could not be made, those of this version. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  readonly next = 'halt';
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `The journal's tables cannot be brought to this version: ${why}. If a newer version wrote them, run that one; on ` +
        'a server, the user must be allowed to create the schema trimtab, or own it.',
      { cause },
    );
  }
}
