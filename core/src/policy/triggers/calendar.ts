// Rebalance once in every period. Periods missed while away count as one: what matters is where we are now.

import { duration, period } from '../../money/Time.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import type { Calendar } from '../Trigger.ts';
import type { Finding } from './Finding.ts';

/** Find whether a period has begun since the last rebalance closed. */
export function calendar({ every, from }: Calendar, { at, lastRebalanceAt }: Snapshot): Finding {
  const now = period(at, every, from);
  const last = lastRebalanceAt === undefined ? -1 : Math.max(-1, period(lastRebalanceAt, every, from));
  if (now > last) {
    const began = duration(at - from - now * every);
    const before = lastRebalanceAt === undefined ? 'none before' : `the last one ${duration(at - lastRebalanceAt)} ago`;
    return { kind: 'due', why: `a period of ${duration(every)} began ${began} ago; ${before}` };
  }
  return {
    kind: 'quiet',
    why: `the next period of ${duration(every)} begins in ${duration(from + (last + 1) * every - at)}`,
  };
}
