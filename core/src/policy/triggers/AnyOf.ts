// Rebalance as soon as one of several triggers wants it.

import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import * as Region from '../Region.ts';
import type { Trigger } from '../Trigger.ts';
import * as Findings from './Findings.ts';
import type { Due, Finding } from './Finding.ts';

/** Fire when any of its parts does. */
export type AnyOf = { readonly kind: 'any'; readonly of: readonly Trigger[] };

/** Read a list of alternatives. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field, inner: (part: Field.Field) => Trigger): AnyOf {
  return { kind: 'any', of: parseParts(field, inner) };
}

/** Read the parts of a list of triggers, of which there is at least one. Throws StrategyError. */
export function parseParts(field: Field.Field, inner: (part: Field.Field) => Trigger): readonly Trigger[] {
  Field.record(field, ['kind', 'of']);
  const of = Field.list(Field.part(field, 'of')).map(inner);
  if (of.length === 0) throw new StrategyError(Field.part(field, 'of'), 'at least one trigger');
  return of;
}

/**
 * Join findings: due as soon as one is, going as far as the one that goes farthest, and then only those that are due
 * speak. Blind as soon as one part cannot see. Of several regions the narrowest counts.
 */
export function join(findings: readonly Finding[]): Finding {
  const blind = Findings.firstBlind(findings);
  if (blind !== undefined) return blind;
  const due = findings.filter((one): one is Due => one.kind === 'due');
  const told = { region: Region.narrowest(Findings.regions(findings)), ...Findings.kept(findings) };
  if (due.length === 0) return { kind: 'quiet', why: Findings.say(findings), ...told };
  const share = Math.max(...due.map((one) => one.share ?? 1));
  return {
    kind: 'due',
    why: Findings.say(due),
    ...told,
    ...Findings.ends(due),
    ...(share < 1 ? { share } : undefined),
  };
}
