// How an event is written down and read back. An event has exactly one text (keys sorted, integers exact), so that
// a hash of the text is a hash of what happened; and a text that is not fully understood is not read at all.

import { z } from 'zod';
import type { Event } from './Event.ts';
import { event as schema } from './EventSchema.ts';

/**
 * Write an event as canonical JSON: keys in code-unit order, no spaces, a bigint as `{"$bigint":"123"}`, minus zero
 * as `-0`, absent for undefined. Throws Unwritable for what `decode` would not give back bit for bit.
 */
export function encode(event: Event): string {
  const checked = schema.safeParse(event);
  if (!checked.success) throw new Unwritable(`a ${event.kind} event`, z.prettifyError(checked.error));
  return write(event, [event.kind]);
}

/** Read an event from the text that `encode` wrote. Throws Unreadable for anything else. */
export function decode(text: string): Event {
  const checked = schema.safeParse(parse(text));
  if (!checked.success) throw new Unreadable(text, z.prettifyError(checked.error));
  return checked.data;
}

/** Where the value being written stands. One stack that is pushed and popped: most values never have to say it. */
type Path = (string | number)[];

function write(value: unknown, path: Path): string {
  switch (typeof value) {
    case 'bigint':
      return `{"$bigint":"${value}"}`;
    case 'number':
      if (!Number.isFinite(value)) throw new Unwritable(place(path), `${value} is not a finite number`);
      return Object.is(value, -0) ? '-0' : String(value);
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeList(value, path) : writeObject(value, path);
    default:
      throw new Unwritable(place(path), `a value of type ${typeof value} has no JSON`);
  }
}

function writeList(list: readonly unknown[], path: Path): string {
  let text = '[';
  for (let i = 0; i < list.length; i++) {
    path.push(i);
    text += i === 0 ? write(list[i], path) : `,${write(list[i], path)}`;
    path.pop();
  }
  return `${text}]`;
}

function writeObject(value: object, path: Path): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new Unwritable(place(path), 'only plain objects and arrays are data');
  const fields = value as { readonly [key: string]: unknown };
  let text = '{';
  // Without a comparator strings are sorted by code units, which is the order that is promised.
  for (const key of Object.keys(fields).toSorted()) {
    const field = fields[key];
    if (field === undefined) continue;
    path.push(key);
    if (key.startsWith('$')) throw new Unwritable(place(path), 'keys that begin with $ are the codec’s own');
    text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:${write(field, path)}`;
    path.pop();
  }
  return `${text}}`;
}

function place([first, ...rest]: Path): string {
  return `${first}${rest.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => revive(value)) as unknown;
  } catch (error) {
    throw new Unreadable(text, error instanceof Error ? error.message : String(error));
  }
}

function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  if (!entries.some(([key]) => key.startsWith('$'))) return value;
  const [key, digits] = entries[0] ?? [];
  if (entries.length !== 1 || key !== '$bigint' || typeof digits !== 'string' || !/^(0|-?[1-9]\d*)$/.test(digits))
    throw new SyntaxError(`${JSON.stringify(value).slice(0, 80)} is not a {"$bigint":"…"}`);
  return BigInt(digits);
}

/** Say that a value cannot be written so that it reads back the same. A fault of the program: trying again is no use. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
  readonly next = 'halt';
  constructor(what: string, why: string) {
    super(`${what} cannot be journalled: ${why}. This is a fault of the program, nothing was written; report it.`);
  }
}

/** Say that a text is not an event this version understands. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly next = 'halt';
  constructor(text: string, why: string) {
    const start = text.length > 120 ? `${text.slice(0, 120)}…` : text;
    super(
      `A journal entry cannot be understood: ${why}, in ${start}. It was written by a newer version or changed by ` +
        'hand. Run the version that wrote it, or restore the journal from a backup.',
    );
  }
}
