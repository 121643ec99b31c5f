// Go a fixed share of the way at each rebalance.

import { ONE, type Bps } from '../../money/Bps.ts';
import * as Field from '../Field.ts';

/** Go `rate` of the way to the target, in basis points: 10_000 is all of it. */
export type Partial = { readonly kind: 'partial'; readonly rate: Bps };

/** Read a partial step. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Partial {
  Field.record(field, ['kind', 'rate']);
  return { kind: 'partial', rate: Field.integer(Field.part(field, 'rate'), 1, ONE) };
}

/** Give the share of the way {1} (0, 1]. */
export function share({ rate }: Partial): number {
  return rate / ONE;
}
