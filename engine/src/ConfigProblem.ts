// What is wrong with a configuration, in words a person can act on: the key, its value, why it will not do and what
// to write instead. Values of keys that point at secrets are never repeated: a secret pasted there by mistake stays put.

import type { z } from 'zod';
import { schema } from './ConfigSchema.ts';
import type { Told } from './ConfigSchema.ts';
import { closest } from './closest.ts';

/** Name a key by the way to it from the root. */
export type Path = readonly (string | number)[];

/** Say where a configuration came from, so that problems can name file and line. */
export type Source = { readonly file: string; readonly line: (path: Path) => number | undefined };

/** Tell one thing that is wrong. */
export type Problem = { readonly path: string; readonly line?: number; readonly value?: string } & Told;

/** Hold a problem before it has been placed in its file. */
export type Found = { readonly path: Path; readonly value?: unknown } & Told;

const SECRET: readonly string[] = ['chain.rpc', 'journal.url', 'keystore.passphrase'];
const LONGEST_VALUE = 60;

/** Put the schema library's finding in our words. */
export function of(issue: z.core.$ZodIssue, raw: unknown): readonly Found[] {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const value = at(raw, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], ...unknownKey(key, path) }));
    case 'custom':
      return [{ path, value, why: String(issue.params?.['why']), fix: String(issue.params?.['fix']) }];
    case 'invalid_type':
      return [{ path, value, ...wrongType(value, issue.expected, path) }];
    case 'too_small':
      return [{ path, why: 'is empty', fix: 'list at least one' }];
    case 'too_big':
      return [{ path, why: `has more than ${issue.maximum} entries`, fix: 'shorten the list' }];
    default:
      return [{ path, value, why: issue.message, fix: 'correct it' }];
  }
}

/** Find what only shows when two keys are read together. Works on raw input, so that it is told with everything else. */
export function across(raw: unknown): readonly Found[] {
  const found: Found[] = reservedKeys(raw, []);
  const names = keys(at(raw, ['strategy', 'targets']));
  for (const name of keys(at(raw, ['strategy', 'band', 'per-asset']))) {
    if (names.includes(name)) continue;
    const near = closest(name, names);
    const fix = near === undefined ? `use one of ${names.join(', ')}` : `did you mean ${near}?`;
    found.push({ path: ['strategy', 'band', 'per-asset', name], why: 'has a band but no target', fix });
  }
  const strategy = at(raw, ['strategy']);
  if (keys(strategy).length > 0 && !keys(strategy).some((key) => key === 'band' || key === 'calendar')) {
    found.push({
      path: ['strategy'],
      why: 'has nothing that would make a rebalance due',
      fix: 'add `band: { absolute: 5pp }` or `calendar: { every: 7d }`',
    });
  }
  if (keys(strategy).includes('band') && !guards(at(strategy, ['band']))) {
    found.push({
      path: ['strategy', 'band'],
      why: 'has no width, so it would never fire',
      fix: 'give it `absolute: 5pp` or `relative: 25%`',
    });
  }
  if (at(raw, ['mode']) === 'live' && at(raw, ['keystore']) === undefined) {
    found.push({
      path: ['keystore'],
      why: 'is missing, but mode live has to sign',
      fix: 'add `keystore: { file: PATH, passphrase: env:NAME }`, or set mode to dry-run',
    });
  }
  const journal = at(raw, ['journal']);
  if (keys(journal).includes('folder') && keys(journal).includes('url')) {
    found.push({ path: ['journal'], why: 'names two places', fix: 'keep either folder or url' });
  }
  return found;
}

/** Place a problem in its file and shorten its value. */
export function locate({ path, value, why, fix }: Found, source: Source): Problem {
  const name = path.reduce<string>(
    (sofar, key) => (typeof key === 'number' ? `${sofar}[${key}]` : sofar === '' ? key : `${sofar}.${key}`),
    '',
  );
  const line = source.line(path);
  const shown = SECRET.includes(name) ? undefined : display(value);
  return {
    path: name === '' ? '(top level)' : name,
    ...(line === undefined ? {} : { line }),
    ...(shown === undefined ? {} : { value: shown }),
    why,
    fix,
  };
}

/** Say a problem in one line. */
export function sentence({ path, line, value, why, fix }: Problem): string {
  return `${line === undefined ? '' : `line ${line}: `}${path}${value === undefined ? '' : ` "${value}"`}: ${why}; ${fix}`;
}

function unknownKey(key: string, section: Path): Told {
  const known = keysOf(section);
  const near = closest(key, known);
  const fix = near === undefined ? `use one of ${known.join(', ')}, or remove it` : `did you mean ${near}?`;
  return { why: 'is not a key of the configuration', fix };
}

function wrongType(value: unknown, expected: string, path: Path): Told {
  const wanted = expected === 'array' ? 'a list' : 'a section';
  const why =
    value === undefined || value === null || value === '' ? `is missing; ${wanted} is needed` : `is not ${wanted}`;
  if (expected === 'array') return { why, fix: 'write a list such as [0x…, 0x…]' };
  if (expected === 'record') return { why, fix: 'write one line for each asset, such as WETH: 60%' };
  return { why, fix: `write a section with the keys ${keysOf(path).join(', ')}` };
}

/** Refuse keys with a meaning of their own in the language; some parsers drop them without a word. */
function reservedKeys(raw: unknown, path: Path): Found[] {
  if (typeof raw !== 'object' || raw === null) return [];
  return Object.keys(raw).flatMap((key) => {
    const here = [...path, key];
    if (key === '__proto__') return [{ path: here, why: 'is a reserved word', fix: 'remove it' }];
    return reservedKeys(at(raw, [key]), here);
  });
}

function guards(band: unknown): boolean {
  const perAsset = at(band, ['per-asset']);
  return [band, ...keys(perAsset).map((name) => at(perAsset, [name]))].some((width) =>
    keys(width).some((key) => key !== 'per-asset'),
  );
}

/** List the keys that a section of the schema knows, whatever wraps the section. */
function keysOf(path: Path): readonly string[] {
  let type: unknown = schema;
  for (const key of path) {
    const shape = shapeOf(type);
    // Below a record every key is some asset's name, and all of them share the shape of its values.
    type = Object.hasOwn(shape, key) ? shape[key] : type;
  }
  return Object.keys(shapeOf(type));
}

type Shape = { readonly [key: string]: unknown };

function shapeOf(type: unknown): Shape {
  const { shape, def } = type as { readonly shape?: Shape; readonly def?: Shape };
  if (shape !== undefined) return shape;
  const inner = def?.['innerType'] ?? def?.['in'] ?? def?.['valueType'];
  return inner === undefined ? {} : shapeOf(inner);
}

function at(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key)) return undefined;
    return (inside as { readonly [key: string | number]: unknown })[key];
  }, raw);
}

function keys(section: unknown): readonly string[] {
  return typeof section === 'object' && section !== null && !Array.isArray(section) ? Object.keys(section) : [];
}

function display(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
