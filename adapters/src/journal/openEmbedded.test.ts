import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, fsyncSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Event, Journal } from '@trimtab/engine';
import { journalConformance } from '@trimtab/engine/conformance';
import { openEmbedded } from './openEmbedded.ts';
import type { PostgresJournal } from './postgres.ts';

const place = mkdtempSync(join(tmpdir(), 'trimtab-journal-'));
let folders = 0;
const freshFolder = () => join(place, `journal-${(folders += 1)}`);

afterAll(() => rmSync(place, { recursive: true, force: true }));

const portfolio = 'eip155:31337/0x01';
const sent = (step: number): Event => ({ kind: 'StepSent', run: 'r1', step, attempt: 0 });

describe('the embedded journal', () => {
  journalConformance(() => openEmbedded(freshFolder()));
});

describe('what is acknowledged', () => {
  const folder = freshFolder();
  let syncs = 0;
  let failing: string | undefined;
  let journal: PostgresJournal;
  const fsync = (fd: number) => {
    if (failing !== undefined) throw Object.assign(new Error(failing), { code: failing });
    fsyncSync(fd);
    syncs += 1;
  };

  beforeAll(async () => {
    journal = await openEmbedded(folder, { fsync });
  });
  afterEach(() => {
    failing = undefined;
  });
  afterAll(() => journal.close());

  test('was synced to disk, each append at least once', async () => {
    const lease = await journal.lease(portfolio, 'a', 60);
    for (let step = 0; step < 20; step += 1) {
      const before = syncs;
      await journal.append(lease, [sent(step)]);
      expect(syncs).toBeGreaterThan(before);
    }
  });

  test.each(['ENOSPC', 'EIO', 'EROFS'])('is nothing while the disk says %s, and then nothing is lost', async (code) => {
    const lease = await journal.lease(portfolio, 'a', 60);
    const acknowledged = await journal.append(lease, [sent(100)]);
    failing = code;
    const stopped = { name: 'StorageFailed', next: 'halt' };
    await expect(journal.append(lease, [sent(101)])).rejects.toMatchObject(stopped);
    failing = undefined;
    await expect(journal.append(lease, [sent(102)])).rejects.toMatchObject(stopped);
    await expect(journal.read({ portfolio })).rejects.toMatchObject(stopped);
    await journal.close();
    journal = await openEmbedded(folder, { fsync });
    const kept = await journal.read({ portfolio, after: (acknowledged[0]?.seq ?? 0) - 1 });
    expect(kept[0]).toEqual(acknowledged[0]);
    // An append that failed may have been written or not; none that came after it was.
    expect(kept.slice(1).map((entry) => entry.event)).not.toContainEqual(sent(102));
    expect(await journal.verify(portfolio)).toMatchObject({ kind: 'whole' });
    await journal.append(await journal.lease(portfolio, 'a', 60), [sent(103)]);
  });

  test('is refused on a disk that cannot be written at all', async () => {
    const file = join(place, 'a-file');
    writeFileSync(file, '');
    await expect(openEmbedded(file)).rejects.toThrow('EEXIST');
    failing = 'EROFS';
    const other = freshFolder();
    await openEmbedded(other, { fsync }).then(
      (opened) => opened.close(),
      (error: unknown) => expect(error).toMatchObject({ name: 'StorageFailed' }),
    );
  });
});

describe('history', () => {
  test('gives away every entry that was changed, moved, misfiled or taken out', async () => {
    const folder = freshFolder();
    const journal = await openEmbedded(folder);
    const lease = await journal.lease(portfolio, 'a', 60);
    await journal.append(lease, [sent(0), sent(1), sent(2), sent(3)]);
    expect(await journal.verify(portfolio)).toMatchObject({ kind: 'whole', entries: 4 });
    expect(await journal.verify('nobody')).toMatchObject({ kind: 'whole', entries: 0 });
    await journal.close();
    const forgeries = [
      ['update trimtab.entry set body = replace(body, \'"step":1\', \'"step":7\') where seq = 2', 2],
      ['update trimtab.entry set at = at + 1 where seq = 3', 3],
      ["update trimtab.entry set portfolio = 'other' where seq = 4", undefined],
      ['delete from trimtab.entry where seq = 1', 1],
      ["update trimtab.entry set kind = 'Halted' where seq = 2", 2],
      ["update trimtab.entry set run = 'r2' where seq = 2", 2],
      ['update trimtab.entry set epoch = 9 where seq = 1', 1],
    ] as const;
    for (const [forgery, seq] of forgeries) {
      const database = await PGlite.create(join(folder, 'pgdata'));
      await database.exec(`create table kept as select * from trimtab.entry; ${forgery}`);
      await database.close();
      const forged = await openEmbedded(folder);
      const found = await forged.verify(seq === undefined ? 'other' : portfolio);
      await forged.close();
      expect(found).toMatchObject({ kind: 'broken', seq: seq ?? 1 });
      const mended = await PGlite.create(join(folder, 'pgdata'));
      await mended.exec('truncate trimtab.entry; insert into trimtab.entry select * from kept; drop table kept');
      await mended.close();
    }
  });
});

describe('a killed owner', () => {
  test('leaves every acknowledged entry, wherever it is killed', async () => {
    const folder = freshFolder();
    let acknowledged = 0;
    const acknowledge = async (least: number) => {
      const child = fork(join(import.meta.dirname, 'appendForever.ts'), [folder, portfolio]);
      const ended = once(child, 'exit');
      let count = 0;
      child.on('message', (seq: number) => {
        acknowledged = seq;
        count += 1;
        // Not at an acknowledgement but somewhere in the appends that follow it.
        if (count === least) setImmediate(() => child.kill('SIGKILL'));
      });
      expect((await ended)[1]).toBe('SIGKILL');
    };
    const kills = fc.sample(fc.integer({ min: 1, max: 40 }), { numRuns: 10, seed: seed() });
    for (const least of kills) {
      await acknowledge(least);
      await checkOpens(folder, (journal) => holdsAll(journal, acknowledged));
    }
  });

  test('during the very first start leaves a folder that opens', async () => {
    const folder = freshFolder();
    const child = fork(join(import.meta.dirname, 'appendForever.ts'), [folder, portfolio]);
    const ended = once(child, 'exit');
    const begun = setInterval(() => {
      if (existsSync(join(folder, 'pgdata', 'PG_VERSION'))) child.kill('SIGKILL');
    }, 1);
    await ended;
    clearInterval(begun);
    await checkOpens(folder, (journal) => holdsAll(journal, 0));
  });
});

async function checkOpens(folder: string, check: (journal: PostgresJournal) => Promise<void>): Promise<void> {
  const journal = await openEmbedded(folder);
  try {
    await check(journal);
  } finally {
    await journal.close();
  }
}

async function holdsAll(journal: PostgresJournal, acknowledged: number): Promise<void> {
  const last = await newestSeq(journal);
  expect(last).toBeGreaterThanOrEqual(acknowledged);
  expect(await journal.verify(portfolio)).toMatchObject({ kind: 'whole', entries: last });
}

async function newestSeq(journal: Journal): Promise<number> {
  return (await journal.read({ portfolio, newest: 'newest', limit: 1 }))[0]?.seq ?? 0;
}

function seed(): number {
  const { seed: configured } = fc.readConfigureGlobal();
  return configured ?? 1;
}
