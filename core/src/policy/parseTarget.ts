// The door for targets.

import { TOLERANCE } from '../money/Weight.ts';
import * as Field from './Field.ts';
import { StrategyError } from './Field.ts';
import type { Fixed, Target } from './Target.ts';

/** Read a target. Throws StrategyError with the path of the first value that will not do. */
export function parseTarget(field: Field.Field): Target {
  switch (Field.kind(field, ['fixed'])) {
    case 'fixed':
      return fixed(field);
  }
}

function fixed(field: Field.Field): Fixed {
  Field.record(field, ['kind', 'weights']);
  const own = Field.part(field, 'weights');
  const weights: Record<string, number> = {};
  let sum = 0;
  for (const asset of Field.record(own)) {
    const weight = Field.number(Field.part(own, asset), 0, 1);
    weights[asset] = weight;
    sum += weight;
  }
  if (!(Math.abs(sum - 1) <= TOLERANCE)) throw new StrategyError({ ...own, value: sum }, 'weights that sum to one');
  return { kind: 'fixed', weights };
}
