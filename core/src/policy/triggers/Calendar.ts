// Rebalance once in every period. Periods missed while away count as one: what matters is where we are now.

import { duration, period, type Seconds, type Time } from '../../money/Time.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';

/** Fire once in every period of `every` seconds counted from `from`; periods missed while away count as one. */
export type Calendar = { readonly kind: 'calendar'; readonly every: Seconds; readonly from: Time };

/** Read a calendar. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Calendar {
  Field.record(field, ['kind', 'every', 'from']);
  return {
    kind: 'calendar',
    every: Field.seconds(Field.part(field, 'every'), 1),
    from: Field.time(Field.part(field, 'from')),
  };
}

/** Find whether a period has begun since the last rebalance closed. */
export function find({ every, from }: Calendar, _drift: readonly Drift[], { snapshot }: View): Finding {
  const { at, lastRebalanceAt } = snapshot;
  const now = period(at, every, from);
  const last = lastRebalanceAt === undefined ? -1 : Math.max(-1, period(lastRebalanceAt, every, from));
  if (now > last) {
    const began = duration(at - from - now * every);
    const before = lastRebalanceAt === undefined ? 'none before' : `the last one ${duration(at - lastRebalanceAt)} ago`;
    return { kind: 'due', why: `a period of ${duration(every)} began ${began} ago; ${before}` };
  }
  const next = duration(from + (last + 1) * every - at);
  return { kind: 'quiet', why: `the next period of ${duration(every)} begins in ${next}` };
}
