// The journal with nothing to install: PostgreSQL as a library, on a folder of its own.

import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import type { Time } from '@trimtab/core';
import type { Answer } from './Control.ts';
import { durableFs } from './durableFs.ts';
import { embeddedPool } from './embeddedPool.ts';
import { keepTidy } from './keepTidy.ts';
import * as Owner from './Owner.ts';
import { postgres } from './postgres.ts';
import type { PostgresJournal } from './postgres.ts';
import { rejectAfterCrash, StorageFailed } from './rejectAfterCrash.ts';
import { migrate } from './Tables.ts';
import type { Tables } from './Tables.ts';

export type EmbeddedOptions = {
  /** Date the entries. The machine's clock by default. */
  readonly now?: () => Time;
  /** Answer those who ask the owner of the folder. By default it refuses. */
  readonly answer?: Answer;
  /** Sync a file to disk: a seam for tests. */
  readonly fsync?: (fd: number) => void;
};

// PGlite's own parameters turn fsync off, and its memory is made for more than a journal.
const settings = [
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'wal_sync_method=fsync',
  'shared_buffers=16MB',
];
const parameters = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...settings.flatMap((setting) => ['-c', setting]),
];

/**
 * Open the journal in a folder, creating it if need be, and own the folder until `close`.
 * Throws FolderOwned if another process has it open, StorageFailed if the database cannot start, MigrationFailed if its
 * tables are not of this version.
 */
export async function openEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<PostgresJournal> {
  const { now = wallClock, answer = refuse, fsync } = options;
  const owner = await Owner.take(folder, answer);
  try {
    const db = await openDatabase(folder, fsync);
    const journal = postgres(db, now);
    const stopTidying = keepTidy(db, journal.watch);
    const close = async () => {
      await stopTidying();
      try {
        await db.destroy();
      } finally {
        await owner.release();
      }
    };
    return { ...journal, close };
  } catch (error) {
    await owner.release();
    throw error;
  }
}

/** Open the tables on disk. A first start that was interrupted is done again: nothing can have been recorded in it. */
async function openDatabase(folder: string, fsync?: (fd: number) => void): Promise<Kysely<Tables>> {
  const data = join(folder, 'pgdata');
  const unfinished = join(folder, 'pgdata.unfinished');
  if (existsSync(unfinished)) rmSync(data, { recursive: true, force: true });
  const fresh = !existsSync(data);
  if (fresh) {
    closeSync(openSync(unfinished, 'w', 0o600));
    syncFile(folder);
  }
  const pglite = await start(data, fsync);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: embeddedPool(pglite) }) });
  await migrate(db);
  if (fresh) {
    // What the database wrote while it was being made was not synced.
    syncTree(data);
    rmSync(unfinished);
    syncFile(folder);
  }
  return db;
}

async function start(data: string, fsync?: (fd: number) => void): Promise<PGlite> {
  let lastWords = '';
  const onStderr = (line: string) => {
    lastWords = /(?:PANIC|FATAL): +(.*)/.exec(line)?.[1] ?? lastWords;
    return false;
  };
  try {
    const pglite = await PGlite.create({ fs: durableFs(data, fsync), startParams: parameters, onStderr });
    rejectAfterCrash(pglite, () => lastWords);
    return pglite;
  } catch (error) {
    throw new StorageFailed(lastWords, error);
  }
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else syncFile(path);
  }
  syncFile(folder);
}

function syncFile(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function wallClock(): Time {
  return Math.floor(Date.now() / 1_000);
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('this process takes no requests; stop it and run the command again'));
}
