// A price that its source should have renewed by now is not a price.

import { duration, type Seconds } from '../../money/Time.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import type { Case } from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse readings that are older than their heartbeat and `grace` {s} allow. */
export function staleness(grace: Seconds, { snapshot }: Pick<Case, 'snapshot'>): readonly Refusal[] {
  return snapshot.prices.flatMap(({ asset, source, at, heartbeat }) => {
    const age = snapshot.at - at;
    if (age <= heartbeat + grace) return [];
    return [
      {
        limit: 'staleness',
        was: `${symbolOf(snapshot, asset)} from ${source} is ${duration(age)} old`,
        allowed: `${duration(heartbeat)} of heartbeat and ${duration(grace)} of grace`,
        fix: 'wait for the source to update, repair it, or allow more grace',
      },
    ];
  });
}
