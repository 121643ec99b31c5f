// Ask a trigger whether a rebalance is due.

import type { Drift } from '../portfolio/Drift.ts';
import type { Trigger } from './Trigger.ts';
import * as AllOf from './triggers/AllOf.ts';
import * as AnyOf from './triggers/AnyOf.ts';
import * as Band from './triggers/Band.ts';
import * as Calendar from './triggers/Calendar.ts';
import * as Cooldown from './triggers/Cooldown.ts';
import type { Finding } from './triggers/Finding.ts';
import * as Hysteresis from './triggers/Hysteresis.ts';
import * as Not from './triggers/Not.ts';
import * as Spread from './triggers/Spread.ts';
import * as Cron from './triggers/Cron.ts';
import * as Norm from './triggers/Norm.ts';
import * as VolatilityBand from './triggers/VolatilityBand.ts';
import * as CostOptimal from './triggers/CostOptimal.ts';
import * as Drawdown from './triggers/Drawdown.ts';
import * as Flow from './triggers/Flow.ts';
import * as Claims from './triggers/Claims.ts';
import * as Signal from './triggers/Signal.ts';
import * as Utilisation from './triggers/Utilisation.ts';
import * as Depth from './triggers/Depth.ts';
import * as Skewed from './triggers/Skewed.ts';
import type { View } from './View.ts';

/** Find whether a rebalance is due, and say why or what it waits for. */
export function due(trigger: Trigger, drift: readonly Drift[], view: View): Finding {
  const ask = (part: Trigger): Finding => due(part, drift, view);
  switch (trigger.kind) {
    case 'band':
      return Band.find(trigger, drift, view);
    case 'calendar':
      return Calendar.find(trigger, drift, view);
    case 'cooldown':
      return Cooldown.find(trigger, drift, view);
    case 'cron':
      return Cron.find(trigger, drift, view);
    case 'norm':
      return Norm.find(trigger, drift, view);
    case 'volatility-band':
      return VolatilityBand.find(trigger, drift, view);
    case 'cost-optimal':
      return CostOptimal.find(trigger, drift, view);
    case 'drawdown':
      return Drawdown.find(trigger, drift, view);
    case 'flow':
      return Flow.find(trigger, drift, view);
    case 'claims':
      return Claims.find(trigger, drift, view);
    case 'signal':
      return Signal.find(trigger, drift, view);
    case 'utilisation':
      return Utilisation.find(trigger, drift, view);
    case 'depth':
      return Depth.find(trigger, drift, view);
    case 'skewed':
      return Skewed.find(trigger, drift, view);
    case 'any':
      return AnyOf.join(trigger.of.map(ask));
    case 'all':
      return AllOf.join(trigger.of.map(ask));
    case 'not':
      return Not.turn(ask(trigger.of));
    case 'hysteresis':
      return Hysteresis.join(ask(trigger.outer), ask(trigger.inner), view);
    case 'spread':
      return Spread.join(trigger, ask(trigger.when), view);
  }
}
