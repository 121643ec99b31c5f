// Turn a trigger around: wait while it fires.

import * as Field from '../Field.ts';
import type { Trigger } from '../Trigger.ts';
import type { Finding } from './Finding.ts';

/** Fire when its part does not. Blind when its part is: what cannot be seen is not denied. */
export type Not = { readonly kind: 'not'; readonly of: Trigger };

/** Read a denial. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field, inner: (part: Field.Field) => Trigger): Not {
  Field.record(field, ['kind', 'of']);
  return { kind: 'not', of: inner(Field.part(field, 'of')) };
}

/** Turn a finding around. The part's region is no place to wait in, so it is not passed on. */
export function turn(finding: Finding): Finding {
  if (finding.kind === 'blind') return finding;
  const keep = finding.keep === undefined ? undefined : { keep: finding.keep };
  return finding.kind === 'due'
    ? { kind: 'quiet', why: `waits while ${finding.why}`, ...keep }
    : { kind: 'due', why: `not due by itself: ${finding.why}`, ...keep };
}
