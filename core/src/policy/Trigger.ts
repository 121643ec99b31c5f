// When a rebalance is due: the kinds of trigger a strategy may name.

import type { AllOf } from './triggers/AllOf.ts';
import type { AnyOf } from './triggers/AnyOf.ts';
import type { Band } from './triggers/Band.ts';
import type { Calendar } from './triggers/Calendar.ts';
import type { Claims } from './triggers/Claims.ts';
import type { Cooldown } from './triggers/Cooldown.ts';
import type { CostOptimal } from './triggers/CostOptimal.ts';
import type { Cron } from './triggers/Cron.ts';
import type { Depth } from './triggers/Depth.ts';
import type { Drawdown } from './triggers/Drawdown.ts';
import type { Flow } from './triggers/Flow.ts';
import type { Hysteresis } from './triggers/Hysteresis.ts';
import type { Norm } from './triggers/Norm.ts';
import type { Not } from './triggers/Not.ts';
import type { Signal } from './triggers/Signal.ts';
import type { Skewed } from './triggers/Skewed.ts';
import type { Spread } from './triggers/Spread.ts';
import type { Utilisation } from './triggers/Utilisation.ts';
import type { VolatilityBand } from './triggers/VolatilityBand.ts';

/** Say what makes a rebalance due. */
export type Trigger =
  // Where the portfolio is.
  | Band
  | Norm
  | VolatilityBand
  | CostOptimal
  | Skewed
  // What came in, what went out and what a share has lost.
  | Drawdown
  | Flow
  | Claims
  // What time it is.
  | Calendar
  | Cron
  | Cooldown
  // What the world outside says.
  | Signal
  | Utilisation
  | Depth
  // Made of others.
  | AnyOf
  | AllOf
  | Not
  | Hysteresis
  | Spread;

/** List the triggers that a trigger is directly made of. */
export function partsOf(trigger: Trigger): readonly Trigger[] {
  switch (trigger.kind) {
    case 'any':
    case 'all':
      return trigger.of;
    case 'not':
      return [trigger.of];
    case 'hysteresis':
      return [trigger.outer, trigger.inner];
    case 'spread':
      return [trigger.when];
    default:
      return [];
  }
}

/** Count the triggers of one kind in a trigger, itself included. */
export function count(trigger: Trigger, kind: Trigger['kind']): number {
  return partsOf(trigger).reduce((sum, part) => sum + count(part, kind), trigger.kind === kind ? 1 : 0);
}

/**
 * Say whether a trigger waits in a region of each asset, on whose edge a rebalance can land. A cost-optimal one for gas
 * alone waits in an ellipsoid of all of them, which has no edge for one.
 */
export function draws(trigger: Trigger): boolean {
  switch (trigger.kind) {
    case 'band':
    case 'volatility-band':
    case 'skewed':
      return true;
    case 'cost-optimal':
      return trigger.proportional !== 0;
    case 'not':
      return false;
    case 'hysteresis':
      return draws(trigger.inner);
    default:
      return partsOf(trigger).some(draws);
  }
}
