import { fsyncSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '@trimtab/engine';
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

  test('is refused where no folder can be made', async () => {
    const file = join(place, 'a-file');
    writeFileSync(file, '');
    await expect(openEmbedded(file)).rejects.toThrow('EEXIST');
  });

  test('is refused by a disk that fails at the start', async () => {
    failing = 'EIO';
    await expect(openEmbedded(freshFolder(), { fsync })).rejects.toMatchObject({ name: 'StorageFailed' });
  });
});
