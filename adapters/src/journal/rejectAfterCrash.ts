// When PostgreSQL meets what it must not survive (a log that cannot be synced, a full disk under it) it panics, as
// it should. PGlite does not notice: it calls the dead program again, for ever, and the process hangs. So that every
// query rejects instead, the calls it would repeat are replaced by one that throws out of its loop.

import type { PGlite } from '@electric-sql/pglite';

/** How PGlite leaves the program on an ordinary SQL error. */
const ORDINARY_ERROR = 100;

type Program = {
  _PostgresMainLoopOnce: () => void;
  _PostgresSendReadyForQueryIfNecessary: () => void;
  _pgl_pq_flush: () => void;
  _pgl_run_atexit_funcs: () => void;
  stackRestore: (pointer: number) => void;
};

/** Make every query of this PGlite reject with StorageFailed once its PostgreSQL has crashed. `lastWords` tells why. */
export function rejectAfterCrash(pglite: PGlite, lastWords: () => string): void {
  const program = pglite.Module as unknown as Program;
  const once = program._PostgresMainLoopOnce;
  program._PostgresMainLoopOnce = () => {
    try {
      once();
    } catch (error) {
      const { status } = error as { readonly status?: unknown };
      if (status !== ORDINARY_ERROR) bury(program, new StorageFailed(lastWords(), error));
      throw error;
    }
  };
}

function bury(program: Program, failure: StorageFailed): void {
  const fail = () => {
    throw failure;
  };
  // The first is caught and ignored by PGlite's loop, the second is called where nothing catches.
  program._PostgresMainLoopOnce = fail;
  program.stackRestore = fail;
  // Nothing may be written any more, not even on the way out: the next start recovers from what is on disk.
  program._pgl_run_atexit_funcs = fail;
  program._PostgresSendReadyForQueryIfNecessary = () => {};
  program._pgl_pq_flush = () => {};
}

/** Say that the embedded database could not write, or not start. What it acknowledged before is safe on disk. */
export class StorageFailed extends Error {
  override readonly name = 'StorageFailed';
  readonly next = 'halt';
  constructor(lastWords: string, cause: unknown) {
    const why = lastWords || (cause instanceof Error ? cause.message : String(cause));
    super(
      `The embedded database stopped: ${why}. Nothing may be sent, and whether the last append was written is ` +
        'unknown until it starts again. Make sure that the disk is writable and has room, then start again.',
      { cause },
    );
  }
}
