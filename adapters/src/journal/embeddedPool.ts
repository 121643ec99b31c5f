// PGlite as a pool of one connection, so that Kysely drives it through the very code that drives a server. (Kysely's
// own PGlite driver hands the one connection to everybody at once: two transactions at a time deadlock.)

import type { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { turnstile } from './turnstile.ts';

/** Offer the one connection of PGlite to one user at a time. Ending the pool closes PGlite. */
export function embeddedPool(pglite: PGlite): PostgresPool {
  const enter = turnstile();
  const query = async (sql: string, parameters: readonly unknown[]) => {
    const { rows, command, rowCount = 0 } = await pglite.query(sql, [...parameters]);
    return { rows, command, rowCount };
  };
  return {
    options: {},
    // Cursors are not offered: nothing here streams.
    connect: async () => ({ query: query as PostgresPoolClient['query'], release: await enter() }),
    end: () => pglite.close(),
  };
}
