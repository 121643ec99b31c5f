// One value inside a strategy that came from outside, and the path to it: what is wrong is told by its place.

import type { AssetId } from '../money/Asset.ts';
import { YEAR, type Seconds, type Time } from '../money/Time.ts';

/** {s} */
const CENTURY: Seconds = 100 * YEAR;

/** Hold a raw value and where it stands, such as `within[2].max`. */
export type Field = { readonly path: string; readonly value: unknown };

/** Take a named part of a field. Call `record` on the field first. */
export function part(field: Field, name: string): Field {
  const value = field.value as Readonly<Record<string, unknown>>;
  return {
    path: field.path === '' ? name : `${field.path}.${name}`,
    value: Object.hasOwn(value, name) ? value[name] : undefined,
  };
}

/** List the keys of a plain object, refusing what is none and every key not in `known`, if given. */
export function record(field: Field, known?: readonly string[]): readonly string[] {
  const { value } = field;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new StrategyError(field, 'an object');
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new StrategyError(field, 'a plain object');
  const keys = Object.keys(value);
  for (const key of keys) {
    if (FORBIDDEN.includes(key)) throw new StrategyError(part(field, key), 'no key of that name');
    if (known !== undefined && !known.includes(key)) {
      throw new StrategyError(part(field, key), `no such key; known are ${known.join(', ')}`);
    }
  }
  return keys;
}

/** List the parts of an array. */
export function list(field: Field): readonly Field[] {
  if (!Array.isArray(field.value)) throw new StrategyError(field, 'a list');
  return field.value.map((value: unknown, index) => ({ path: `${field.path}[${index}]`, value }));
}

/** Read a number in [low, high]. */
export function number(field: Field, low: number, high: number): number {
  const { value } = field;
  if (typeof value === 'number' && value >= low && value <= high) return value;
  throw new StrategyError(field, `a number in [${low}, ${high}]`);
}

/** Read an integer in [low, high]. */
export function integer(field: Field, low: number, high: number): number {
  const { value } = field;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= low && value <= high) return value;
  throw new StrategyError(field, `an integer in [${low}, ${high}]`);
}

/** Read a duration of at least `low` seconds and at most a century: longer is a unit mistaken. */
export function seconds(field: Field, low: Seconds): Seconds {
  return integer(field, low, CENTURY);
}

/** Read a moment {s} between 1970 and a thousand years later: what is beyond is a unit mistaken. */
export function time(field: Field): Time {
  return integer(field, 0, 10 * CENTURY);
}

/** Read dollars with 18 decimals, zero or more. D18{USD}. */
export function usd(field: Field): bigint {
  const { value } = field;
  if (typeof value === 'bigint' && value >= 0n) return value;
  throw new StrategyError(field, 'a bigint of dollars with 18 decimals, zero or more');
}

/** Read text that is not empty. */
export function text(field: Field): string {
  const { value } = field;
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw new StrategyError(field, 'text of 1 to 200 characters');
}

/** Read the name of an asset: text, and no name that reaches an object's prototype. */
export function asset(field: Field): AssetId {
  const id = text(field);
  if (FORBIDDEN.includes(id)) throw new StrategyError(field, 'no asset of that name');
  return id;
}

/** Read one of a few words. */
export function word<Word extends string>(field: Field, words: readonly Word[]): Word {
  const found = words.find((one) => one === field.value);
  if (found === undefined) throw new StrategyError(field, `one of ${words.map((one) => `"${one}"`).join(', ')}`);
  return found;
}

/** Read which of a few kinds an object is of. */
export function kind<Kind extends string>(field: Field, kinds: readonly Kind[]): Kind {
  record(field);
  return word(part(field, 'kind'), kinds);
}

/** Names that every object answers to without holding them: an asset of that name would not be a value but a trap. */
const FORBIDDEN = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];

/** Report a strategy that cannot be followed: where, what stands there, and what should. */
export class StrategyError extends Error {
  override readonly name = 'StrategyError';
  readonly next = 'halt';
  readonly path: string;
  constructor({ path, value }: Field, wanted: string) {
    super(`strategy${path === '' ? '' : ` at ${path}`}: ${show(value)} found; wanted ${wanted}`);
    this.path = path;
  }
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `"${value.slice(0, 60)}"`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value.toString();
  return value === null ? 'null' : `a value of type ${typeof value}`;
}
