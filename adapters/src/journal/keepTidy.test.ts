import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import { expect, test } from 'vitest';
import type { Event } from '@trimtab/engine';
import { embeddedPool } from './embeddedPool.ts';
import { keepTidy } from './keepTidy.ts';
import { postgres } from './postgres.ts';
import { migrate } from './Tables.ts';
import type { Tables } from './Tables.ts';

test('checkpoints after so many entries and vacuums after so many checkpoints', async () => {
  const database = await PGlite.create();
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: embeddedPool(database) }) });
  await migrate(db);
  const journal = postgres(db, () => 1_700_000_000);
  const lease = await journal.lease('p', 'a', 60);
  const sent: Event = { kind: 'StepSent', run: 'r1', step: 0, attempt: 0 };
  const state = async () => {
    const { rows } = await database.query<{ checkpoint: string; counted: number }>(
      `select checkpoint_lsn::text as checkpoint, reltuples as counted
       from pg_control_checkpoint(), pg_class where oid = 'trimtab.entry'::regclass`,
    );
    return rows[0];
  };
  const appendTidily = async (entries: number, checkpoints: number) => {
    const stop = keepTidy(db, journal.watch, { entries: 3, seconds: 300, checkpoints });
    await journal.append(
      lease,
      Array.from({ length: entries }, () => sent),
    );
    await stop();
    return state();
  };

  const start = await state();
  expect(start?.counted).toBe(-1);
  expect(await appendTidily(2, 1)).toEqual(start);
  const saved = await appendTidily(3, 2);
  expect(saved?.checkpoint).not.toBe(start?.checkpoint);
  expect(saved?.counted).toBe(-1);
  expect((await appendTidily(3, 1))?.counted).toBe(8);
  await journal.close();
});
