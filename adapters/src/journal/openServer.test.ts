import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '@trimtab/engine';
import { journalConformance } from '@trimtab/engine/conformance';
import { openServer } from './openServer.ts';
import type { PostgresJournal } from './postgres.ts';
import { startTestServer } from './startTestServer.ts';
import type { TestServer } from './startTestServer.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const sent = (step: number): Event => ({ kind: 'StepSent', run: 'r1', step, attempt: 0 });

describe('the journal on a server', () => {
  journalConformance(async () => openServer(await server.database('conformance')));
});

describe('two machines on one server', () => {
  let url: string;
  let here: PostgresJournal;
  let there: PostgresJournal;
  let operator: pg.Client;

  beforeAll(async () => {
    url = await server.database('machines');
    // Both bring the tables up to date at once.
    [here, there] = await Promise.all([openServer(url), openServer(url)]);
    operator = new pg.Client(url);
    await operator.connect();
  });
  afterAll(() => Promise.all([here.close(), there.close(), operator.end()]));

  test('of many that want a lease, one gets it', async () => {
    const wanting = Array.from({ length: 10 }, (_, i) => (i % 2 ? here : there).lease('wanted', `holder ${i}`, 60));
    const taken = await Promise.allSettled(wanting);
    expect(taken.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('a writer that slept while another took over can no longer write', async () => {
    const slept = await here.lease('p', 'here', 0);
    await here.append(slept, [sent(0)]);
    const awake = await there.lease('p', 'there', 60);
    await expect(here.append(slept, [sent(1)])).rejects.toMatchObject({ name: 'LeaseLost' });
    await there.append(awake, [sent(1)]);
    expect((await here.read({ portfolio: 'p' })).map(({ seq, epoch }) => [seq, epoch])).toEqual([
      [1, slept.epoch],
      [2, awake.epoch],
    ]);
    expect(await here.verify('p')).toMatchObject({ kind: 'whole', entries: 2 });
  });

  test('a lease in two hands still gives one history', async () => {
    const lease = await here.lease('copied', 'here', 60);
    await here.append(lease, [sent(0)]);
    await there.append(lease, [sent(1)]);
    await expect(here.append(lease, [sent(2)])).rejects.toMatchObject({ name: 'JournalFailed', next: 'retry' });
    await here.append(lease, [sent(3)]);
    expect((await here.read({ portfolio: 'copied' })).map((entry) => entry.event)).toEqual([sent(0), sent(1), sent(3)]);
    expect(await there.verify('copied')).toMatchObject({ kind: 'whole', entries: 3 });
  });

  test('an append that is under way when the lease passes on is rejected', async () => {
    const lease = await here.lease('raced', 'here', 60);
    await operator.query('begin');
    await operator.query(`update trimtab.lease set holder = 'there', epoch = epoch + 1 where portfolio = 'raced'`);
    const [append] = await Promise.allSettled([
      here.append(lease, [sent(0)]),
      waits(operator).then(() => operator.query('commit')),
    ]);
    expect(append).toMatchObject({ status: 'rejected', reason: { name: 'LeaseLost' } });
    expect(await here.read({ portfolio: 'raced' })).toEqual([]);
  });

  test('a connection that breaks rejects what it carried, and is replaced', async () => {
    const lease = await here.lease('cut', 'here', 60);
    await operator.query('begin');
    await operator.query(`select from trimtab.lease where portfolio = 'cut' for update`);
    const cut = async () => operator.query('select pg_terminate_backend($1)', [await waits(operator)]);
    const [append] = await Promise.allSettled([here.append(lease, [sent(0)]), cut()]);
    expect(append).toMatchObject({ status: 'rejected', reason: { name: 'JournalFailed', next: 'retry' } });
    await operator.query('rollback');
    // The pool hears of the end a moment later than the query that it ended.
    await untilItReads(here);
    await here.append(lease, [sent(1)]);
    expect((await here.read({ portfolio: 'cut' })).map((entry) => entry.event)).toEqual([sent(1)]);
  });

  test('commits wait for the disk even where the server is set not to', async () => {
    await operator.query('alter database machines set synchronous_commit = off');
    const durable = await openServer(url);
    const lease = await durable.lease('durable', 'here', 60);
    await durable.append(lease, [sent(0)]);
    const flushed = 'select pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn() as all';
    expect((await operator.query(flushed)).rows).toEqual([{ all: true }]);
    await durable.close();
  });

  test('tables that a newer version made are left alone', async () => {
    const newer = `insert into trimtab.kysely_migration (name, timestamp) values ('2099-01-more', '2099-01-01')`;
    await operator.query(newer);
    await expect(openServer(url)).rejects.toMatchObject({ name: 'MigrationFailed', next: 'halt' });
    await operator.query(`delete from trimtab.kysely_migration where name = '2099-01-more'`);
    await (await openServer(url)).close();
  });

  test('a server that loses what it acknowledged is refused', async () => {
    await operator.query('alter system set fsync = off');
    await operator.query('select pg_reload_conf()');
    await untilFsyncIs(operator, 'off');
    await expect(openServer(url)).rejects.toMatchObject({ name: 'NotDurable', next: 'halt' });
    await operator.query('alter system reset fsync');
    await operator.query('select pg_reload_conf()');
    await untilFsyncIs(operator, 'on');
  });
});

test('a server that cannot be reached is told without the password', async () => {
  for (const url of ['postgres://me:hunter2@127.0.0.1:1/db', 'postgres://me:hunter2@127.0.0.1:x/db', 'me:hunter2']) {
    const error: unknown = await openServer(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'JournalFailed', next: 'retry' });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('hunter2');
  }
});

/** Wait until a connection waits for a lock that the operator holds; tell its process. */
async function waits(operator: pg.Client): Promise<number> {
  for (;;) {
    const { rows } = await operator.query<{ pid: number }>(
      'select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
    );
    if (rows[0] !== undefined) return rows[0].pid;
  }
}

async function untilItReads(journal: PostgresJournal): Promise<void> {
  const reads = () =>
    journal.read({ limit: 1 }).then(
      () => true,
      () => false,
    );
  while (!(await reads()));
}

async function untilFsyncIs(operator: pg.Client, value: string): Promise<void> {
  for (;;) {
    const { rows } = await operator.query<{ fsync: string }>('show fsync');
    if (rows[0]?.fsync === value) return;
  }
}
