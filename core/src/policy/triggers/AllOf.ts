// Rebalance only where several triggers agree: a band and a gate, a calendar and a cooldown.

import type * as Field from '../Field.ts';
import * as Region from '../Region.ts';
import type { Trigger } from '../Trigger.ts';
import { parseParts } from './AnyOf.ts';
import * as Findings from './Findings.ts';
import type { Due, Finding } from './Finding.ts';

/** Fire when all of its parts do. */
export type AllOf = { readonly kind: 'all'; readonly of: readonly Trigger[] };

/** Read a list of conditions. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field, inner: (part: Field.Field) => Trigger): AllOf {
  return { kind: 'all', of: parseParts(field, inner) };
}

/**
 * Join findings: due when all are, going no farther than the one that goes least far; else those that wait speak.
 * Blind as soon as one part cannot see, even where another waits: what cannot be seen may be the reason to look.
 * Of several regions the widest counts: all of them must be left.
 */
export function join(findings: readonly Finding[]): Finding {
  const blind = Findings.firstBlind(findings);
  if (blind !== undefined) return blind;
  const due = findings.filter((one): one is Due => one.kind === 'due');
  const told = { region: Region.widest(Findings.regions(findings)), ...Findings.kept(findings) };
  if (due.length < findings.length) {
    return { kind: 'quiet', why: Findings.say(findings.filter(({ kind }) => kind === 'quiet')), ...told };
  }
  const share = Math.min(1, ...due.map((one) => one.share ?? 1));
  return {
    kind: 'due',
    why: Findings.say(due),
    ...told,
    ...Findings.ends(due),
    ...(share < 1 ? { share } : undefined),
  };
}
