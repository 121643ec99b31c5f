// The door for limits.

import * as Field from './Field.ts';
import type { Limit } from './Limit.ts';

/** A century, {s}: longer is a unit mistaken. */
const LONGEST = 100 * 365 * 86_400;

/** Read a limit. Throws StrategyError with the path of the first value that will not do. */
export function parseLimit(field: Field.Field): Limit {
  const bps = (name: string): number => {
    Field.record(field, ['kind', name]);
    return Field.integer(Field.part(field, name), 0, 10_000);
  };
  const sort = Field.kind(field, ['staleness', 'divergence', 'slippage', 'turnover', 'worthwhile']);
  switch (sort) {
    case 'staleness':
      Field.record(field, ['kind', 'grace']);
      return { kind: sort, grace: Field.integer(Field.part(field, 'grace'), 0, LONGEST) };
    case 'worthwhile':
      return { kind: sort, maxCost: bps('maxCost') };
    default:
      return { kind: sort, max: bps('max') };
  }
}
