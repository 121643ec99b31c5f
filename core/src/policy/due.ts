// Ask a trigger whether a rebalance is due.

import type { Drift } from '../portfolio/Drift.ts';
import type { Trigger } from './Trigger.ts';
import { anyOf } from './triggers/anyOf.ts';
import { band } from './triggers/band.ts';
import { calendar } from './triggers/calendar.ts';
import type { Finding } from './triggers/Finding.ts';
import type { View } from './View.ts';

/** Find whether a rebalance is due, and say why or what it waits for. */
export function due(trigger: Trigger, drift: readonly Drift[], view: View): Finding {
  switch (trigger.kind) {
    case 'band':
      return band(trigger, drift, view.snapshot);
    case 'calendar':
      return calendar(trigger, view.snapshot);
    case 'any':
      return anyOf(trigger.of.map((part) => due(part, drift, view)));
  }
}
