// The door for constraints.

import * as Field from './Field.ts';
import type { Constraint } from './Constraint.ts';

/** Read a constraint. Throws StrategyError with the path of the first value that will not do. */
export function parseConstraint(field: Field.Field): Constraint {
  const kind = Field.kind(field, ['minimum', 'maximum']);
  Field.record(field, ['kind', 'weights']);
  const own = Field.part(field, 'weights');
  const weights: Record<string, number> = {};
  for (const asset of Field.record(own)) weights[asset] = Field.number(Field.part(own, asset), 0, 1);
  return { kind, weights };
}
