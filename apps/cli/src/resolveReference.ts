// Secrets are kept outside the configuration; this is where a reference to one becomes its value.

import { readFileSync } from 'node:fs';
import type { Config } from '@trimtab/engine';

/** Give the value that a reference points at, without surrounding white space. Throws ReferenceUnresolved. */
export function resolveReference(key: string, reference: Config.Reference): string {
  const value = reference.kind === 'env' ? process.env[reference.name] : contents(key, reference.path);
  const given = value?.trim() ?? '';
  if (given !== '') return given;
  if (reference.kind === 'env')
    throw new ReferenceUnresolved(
      key,
      `the environment variable ${reference.name} is empty or not set`,
      `set ${reference.name}`,
    );
  throw new ReferenceUnresolved(key, `${reference.path} is empty`, 'put the value into that file');
}

function contents(key: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ReferenceUnresolved(key, why, `put the value into ${path}, readable by this user only`);
  }
}

/** Say which key's reference leads nowhere. */
export class ReferenceUnresolved extends Error {
  override readonly name = 'ReferenceUnresolved';
  readonly next = 'halt';
  readonly fix: string;
  constructor(key: string, why: string, fix: string) {
    super(`${key} cannot be resolved: ${why}.`);
    this.fix = fix;
  }
}
