import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '@trimtab/engine';
import { embeddedPool } from './embeddedPool.ts';
import { postgres } from './postgres.ts';
import type { PostgresJournal } from './postgres.ts';
import { migrate } from './Tables.ts';
import type { Tables } from './Tables.ts';

let database: PGlite;
let journal: PostgresJournal;

beforeAll(async () => {
  database = await PGlite.create();
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: embeddedPool(database) }) });
  await migrate(db);
  journal = postgres(db, () => 1_700_000_000);
  const sent = (step: number): Event => ({ kind: 'StepSent', run: 'r1', step, attempt: 0 });
  await journal.append(await journal.lease('p', 'a', 60), [sent(0), sent(1), sent(2), sent(3)]);
  // Longer than one page of the proof.
  const many = Array.from({ length: 1_001 }, (_, step) => sent(step));
  await journal.append(await journal.lease('long', 'a', 60), many);
});
afterAll(() => journal.close());

test('proves a history that nobody touched', async () => {
  expect(await journal.verify('p')).toMatchObject({ kind: 'whole', entries: 4 });
  expect(await journal.verify('long')).toMatchObject({ kind: 'whole', entries: 1_001 });
  expect(await journal.verify('nobody')).toMatchObject({ kind: 'whole', entries: 0 });
});

test.each([
  ['changed', `update trimtab.entry set body = replace(body, '"step":1', '"step":7') where seq = 2`, 2],
  ['dated anew', `update trimtab.entry set at = at + 1 where seq = 3`, 3],
  ['given to another epoch', `update trimtab.entry set epoch = 9 where seq = 1`, 1],
  ['taken out', `delete from trimtab.entry where portfolio = 'p' and seq = 2`, 2],
  [
    'swapped',
    `update trimtab.entry set seq = case seq when 1 then 12 else 11 end where portfolio = 'p' and seq < 3`,
    1,
  ],
  ['filed under another kind', `update trimtab.entry set kind = 'Halted' where seq = 2`, 2],
  ['filed under another run', `update trimtab.entry set run = 'r2' where seq = 2`, 2],
  ['filed as repeatable', `update trimtab.entry set once = 'x' where portfolio = 'p' and seq = 4`, 4],
])('finds the entry that was %s', async (_, forgery, seq) => {
  // There is one connection, so what is forged in a transaction is what the proof reads.
  await database.exec('begin');
  try {
    await database.exec(forgery);
    expect(await journal.verify('p')).toMatchObject({ kind: 'broken', seq });
  } finally {
    await database.exec('rollback');
  }
});
