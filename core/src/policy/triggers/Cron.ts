// Rebalance at the moments of a cron line. In UTC, or at a fixed distance from it: clocks that are put forward and back
// would skip one rebalance a year and repeat another.

import { duration, type Seconds, type Time } from '../../money/Time.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';
import * as Schedule from './Schedule.ts';

/**
 * Fire once for each moment that `expression` names, see `Schedule.parse`; moments missed while away count as one.
 * `offset` {s} is what the line's clock is ahead of UTC. Moments before `from` do not count; without it a portfolio
 * that was never rebalanced is due at once.
 */
export type Cron = {
  readonly kind: 'cron';
  readonly expression: string;
  readonly offset?: Seconds;
  readonly from?: Time;
};

/** Read a cron line. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Cron {
  Field.record(field, ['kind', 'expression', 'offset', 'from']);
  const expression = Field.part(field, 'expression');
  const offset = Field.part(field, 'offset');
  const from = Field.part(field, 'from');
  Schedule.parse(expression);
  return {
    kind: 'cron',
    expression: Field.text(expression),
    ...(offset.value === undefined ? undefined : { offset: Field.integer(offset, -50_400, 50_400) }),
    ...(from.value === undefined ? undefined : { from: Field.time(from) }),
  };
}

/** Find whether a moment of the line has come since the last rebalance closed. */
export function find(cron: Cron, _drift: readonly Drift[], { snapshot }: View): Finding {
  const { at, lastRebalanceAt } = snapshot;
  const { expression, offset = 0, from = 0 } = cron;
  const schedule = Schedule.parse({ path: 'when.expression', value: expression });
  const last = (Schedule.previous(schedule, at + offset) ?? -Infinity) - offset;
  if (last >= from && !(lastRebalanceAt !== undefined && lastRebalanceAt >= last)) {
    const before = lastRebalanceAt === undefined ? 'none before' : `the last one ${duration(at - lastRebalanceAt)} ago`;
    return { kind: 'due', why: `"${expression}" came ${duration(at - last)} ago; ${before}` };
  }
  const next = Schedule.next(schedule, Math.max(at, from - 1) + offset);
  const when = next === undefined ? 'does not come again' : `comes in ${duration(next - offset - at)}`;
  return { kind: 'quiet', why: `"${expression}" ${when}` };
}
