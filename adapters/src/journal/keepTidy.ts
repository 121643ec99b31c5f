// PGlite has neither the checkpointer nor the autovacuum of a server: without them the log grows for ever, and every
// start replays all of it. Both block the process while they run, so they run rarely and only after writing.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Journal } from '@trimtab/engine';
import type { Tables } from './Tables.ts';

/** Say how often: a checkpoint after so many entries, or {s} after the first unsaved one; a vacuum after so many checkpoints. */
type Due = { readonly entries: number; readonly seconds: number; readonly checkpoints: number };

const usual: Due = { entries: 5_000, seconds: 300, checkpoints: 12 };

/** Checkpoint and vacuum from time to time, as entries are appended. Returns how to stop, which waits for one under way. */
export function keepTidy(db: Kysely<Tables>, watch: Journal['watch'], due = usual): () => Promise<void> {
  let unsaved = 0;
  let checkpoints = 0;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const run = () => {
    clearTimeout(timer);
    timer = undefined;
    unsaved = 0;
    checkpoints += 1;
    const vacuum = checkpoints % due.checkpoints === 0;
    // A database that fails here fails the next append too, which tells whoever must know.
    running = running.then(() => tidy(db, vacuum ? 'vacuum' : 'checkpoint')).catch(() => {});
  };
  const stopWatching = watch((entries) => {
    unsaved += entries.length;
    if (unsaved >= due.entries) run();
    else timer ??= setTimeout(run, due.seconds * 1_000).unref();
  });
  return async () => {
    stopWatching();
    clearTimeout(timer);
    await running;
  };
}

async function tidy(db: Kysely<Tables>, what: 'checkpoint' | 'vacuum'): Promise<void> {
  if (what === 'vacuum') await sql`vacuum (analyze) trimtab.entry, trimtab.lease`.execute(db);
  await sql`checkpoint`.execute(db);
}
