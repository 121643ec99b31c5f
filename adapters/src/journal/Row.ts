// An entry as the database keeps it: the text that was hashed, and beside it the columns that queries select by.

import type { Entry, Event } from '@trimtab/engine';
import { decode } from '@trimtab/engine/codec';
import type { Tables } from './Tables.ts';

export type Row = Tables['trimtab.entry'];

/** Make the row of an entry whose event has this canonical text. */
export function from({ portfolio, seq, epoch, at, event, hash }: Entry, body: string): Row {
  const run = runOf(event).run ?? null;
  return { portfolio, seq, epoch, at, run, kind: event.kind, once: onceOf(event), body, hash };
}

/** Read a row back. Throws Unreadable if its body is not an event that this version understands. */
export function toEntry({ portfolio, seq, epoch, at, hash, body }: Row): Entry {
  const event = decode(body);
  return { seq: Number(seq), portfolio, epoch: Number(epoch), at: Number(at), ...runOf(event), hash, event };
}

/** Name the run that an event belongs to, if any. */
export function runOf(event: Event): { readonly run?: string } {
  return 'run' in event && event.run !== undefined ? { run: event.run } : {};
}

/** Name what a portfolio's journal may hold only once: an intention by its key, a signature by its attempt. */
function onceOf(event: Event): string | null {
  if (event.kind === 'StepIntended') return `intended ${event.key}`;
  if (event.kind === 'StepSigned') return `signed ${event.step} ${event.attempt} ${event.run}`;
  return null;
}
