// From a YAML file to the configuration in normal form. Every value is text until its key says what it is: YAML's own
// guesses would turn an address into a number and `on` into a truth.

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { isMap, isPair, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { Config } from '@trimtab/engine';

/** Hold a configuration and where it came from. Paths in it are absolute; in the file they start from its folder. */
export type Read = { readonly config: Config.Config; readonly source: Config.Source };

/** Read and parse the configuration at a path; `-` is standard input. Throws ConfigUnreadable and ConfigError. */
export async function readConfig(path: string): Promise<Read> {
  return parseConfig(await textOf(path), path);
}

/** Parse the text of a configuration that is, or will be, at a path. Throws ConfigUnreadable and ConfigError. */
export function parseConfig(yaml: string, path: string): Read {
  const { value, source } = parseText(yaml, path === '-' ? 'standard input' : path);
  const base = path === '-' ? process.cwd() : dirname(resolve(path));
  return { config: anchor(Config.parse(value, source), base), source };
}

/** Parse YAML text into a plain object whose values are all text. */
function parseText(yaml: string, file: string): { readonly value: unknown; readonly source: Config.Source } {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new ConfigUnreadable(file, `line ${line}, column ${col}: ${broken.message}`, 'correct the YAML there');
  }
  const line = (key: Config.Path): number | undefined => {
    const offset = offsetOf(document, key);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  return { value: plain(document, file), source: { file, line } };
}

function plain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new ConfigUnreadable(file, 'aliases are not allowed', 'write the value out where the alias stands');
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT')
      throw new ConfigUnreadable(
        path,
        'there is no such file',
        'write one with `trimtab init`, or name yours with --config PATH',
      );
    throw new ConfigUnreadable(
      path,
      error instanceof Error ? error.message : String(error),
      'make it readable, or name another with --config PATH',
    );
  }
}

/** Find where a key stands; for a key that is missing, where its section does. */
function offsetOf(document: Document, path: Config.Path): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && String(item.key) === last);
    const range = (pair?.key as { readonly range?: readonly number[] } | undefined)?.range;
    if (range !== undefined) return range[0];
  }
  const node = document.getIn(path, true) as { readonly range?: readonly number[] } | undefined;
  if (node?.range !== undefined) return node.range[0];
  return path.length > 1 ? offsetOf(document, path.slice(0, -1)) : undefined;
}

/** Make the paths in a configuration independent of where the command was started. */
function anchor(config: Config.Config, base: string): Config.Config {
  const { journal, keystore, chain } = config;
  const reach = <T extends { readonly kind: string }>(reference: T): T =>
    reference.kind === 'file' && 'path' in reference
      ? { ...reference, path: resolve(base, String(reference.path)) }
      : reference;
  return {
    ...config,
    chain: { ...chain, rpc: reach(chain.rpc) },
    journal:
      journal.kind === 'folder'
        ? { ...journal, folder: resolve(base, journal.folder) }
        : { ...journal, url: reach(journal.url) },
    ...(keystore === undefined
      ? {}
      : { keystore: { file: resolve(base, keystore.file), passphrase: reach(keystore.passphrase) } }),
  };
}

/** Say which file could not be read as YAML, and why. */
export class ConfigUnreadable extends Error {
  override readonly name = 'ConfigUnreadable';
  readonly next = 'halt';
  readonly fix: string;
  constructor(file: string, why: string, fix: string) {
    super(`${file} cannot be read as a configuration: ${why}.`);
    this.fix = fix;
  }
}
