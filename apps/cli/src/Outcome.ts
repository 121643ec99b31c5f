// What a command hands back: the same facts for a person and for a program, and how it ended. Commands print
// nothing themselves, so `--json` is one object on standard output whatever happens.

import type { Exit } from './Exit.ts';

export type Outcome = {
  readonly exit: Exit;
  /** For a person: lines without a final newline. */
  readonly text: string;
  /** For a program. Bigints are written as decimal strings. */
  readonly json: { readonly [key: string]: unknown };
};

/** Write an outcome as one line of JSON. */
export function toJson({ exit, json }: Outcome): string {
  return stringify({ ok: exit === 0, exit, ...json });
}

/** Write any value as JSON on one line, bigints as decimal strings. */
export function stringify(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}
