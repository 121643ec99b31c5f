// Leave time between rebalances: a gate to put beside a trigger under `all`.

import { duration, type Seconds } from '../../money/Time.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';

/** Fire, that is be open, once the last rebalance closed at least this long ago. */
export type Cooldown = { readonly kind: 'cooldown'; readonly seconds: Seconds };

/** Read a cooldown. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Cooldown {
  Field.record(field, ['kind', 'seconds']);
  return { kind: 'cooldown', seconds: Field.seconds(Field.part(field, 'seconds'), 1) };
}

/** Find whether enough time has passed. */
export function find({ seconds }: Cooldown, _drift: readonly Drift[], { snapshot }: View): Finding {
  const { at, lastRebalanceAt } = snapshot;
  if (lastRebalanceAt === undefined) return { kind: 'due', why: 'no rebalance before this one' };
  const since = at - lastRebalanceAt;
  const last = `the last rebalance closed ${duration(since)} ago`;
  if (since >= seconds) return { kind: 'due', why: `${last}, at least ${duration(seconds)}` };
  return { kind: 'quiet', why: `${last}; the cooldown of ${duration(seconds)} ends in ${duration(seconds - since)}` };
}
