// Every vector, run: what has no case is not passed but failed.

import { readFileSync } from 'node:fs';
import { run, type Case, type Vector } from './Probe.ts';
import { section1 } from './section1.ts';
import { section2 } from './section2.ts';
import { section3 } from './section3.ts';
import { section4 } from './section4.ts';
import { section5 } from './section5.ts';
import { section6 } from './section6.ts';
import { section7 } from './section7.ts';
import { section8 } from './section8.ts';
import { section9 } from './section9.ts';
import { section10 } from './section10.ts';
import { section11 } from './section11.ts';
import { section12 } from './section12.ts';
import { section13 } from './section13.ts';

/** State how one case came out. `note` says what was compared, or everything that is wrong. */
export type Row = { readonly id: string; readonly status: 'passed' | 'failed'; readonly note: string };

const CASES: { readonly [id: string]: Case } = {
  ...section1,
  ...section2,
  ...section3,
  ...section4,
  ...section5,
  ...section6,
  ...section7,
  ...section8,
  ...section9,
  ...section10,
  ...section11,
  ...section12,
  ...section13,
};

/** Read the vectors by id, in their order. */
export function vectors(): { readonly [id: string]: Vector } {
  return JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as {
    readonly [id: string]: Vector;
  };
}

/** Run every case whose id starts with `prefix`. */
export function check(prefix = ''): readonly Row[] {
  const known = vectors();
  const unknown = Object.keys(CASES).filter((id) => !Object.hasOwn(known, id));
  if (unknown.length > 0) throw new RangeError(`no vector for ${unknown.join(', ')}`);
  return Object.entries(known)
    .filter(([id]) => id.startsWith(prefix))
    .map(([id, vector]) => row(id, vector, Object.hasOwn(CASES, id) ? CASES[id] : undefined));
}

/** Run one case. Throws RangeError where there is no such vector. */
export function checkOne(id: string): Row {
  const vector = vectors()[id];
  if (vector === undefined) throw new RangeError(`there is no vector ${id}`);
  return row(id, vector, Object.hasOwn(CASES, id) ? CASES[id] : undefined);
}

function row(id: string, vector: Vector, compute: Case | undefined): Row {
  if (compute === undefined) return { id, status: 'failed', note: 'no case computes it' };
  try {
    const wrong = run(vector, compute);
    return wrong.length === 0
      ? { id, status: 'passed', note: vector.title }
      : { id, status: 'failed', note: wrong.join('; ') };
  } catch (error) {
    return { id, status: 'failed', note: `threw ${String(error)}` };
  }
}
