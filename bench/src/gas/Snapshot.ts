// What each act cost when somebody last looked: `contracts/gas.json`. A change that makes one dearer, or cheaper, by more
// than a fiftieth has to say so by renewing it.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../main.ts';

/** {gas} of each case, by its name. */
export type Snapshot = Readonly<Record<string, number>>;

/** Largest part of the recorded figure by which a fresh one may differ. {1} */
const TOLERANCE = 0.02;
const FILE = join(import.meta.dirname, '..', '..', '..', 'contracts', 'gas.json');

/** Keep the figures of measured rows. */
export function of(rows: readonly Row[]): Snapshot {
  return Object.fromEntries(rows.map((row) => [row.case, row.value]));
}

/** List in words where a fresh measurement is not what was recorded. */
export function differences(recorded: Snapshot, fresh: Snapshot): readonly string[] {
  const cases = new Set([...Object.keys(recorded), ...Object.keys(fresh)]);
  return [...cases].flatMap((name) => {
    const [was, is] = [recorded[name], fresh[name]];
    if (was === undefined) return [`${name} is not recorded; it takes ${is}`];
    if (is === undefined) return [`${name} is recorded but was not measured`];
    const part = (is - was) / was;
    return Math.abs(part) > TOLERANCE ? [`${name} took ${was} and takes ${is} (${(part * 100).toFixed(1)} %)`] : [];
  });
}

export async function read(): Promise<Snapshot> {
  return JSON.parse(await readFile(FILE, 'utf8')) as Snapshot;
}

export async function write(snapshot: Snapshot): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(snapshot, null, 2)}\n`);
}
