// The door for triggers.

import * as Field from './Field.ts';
import { StrategyError } from './Field.ts';
import { count, type Trigger } from './Trigger.ts';
import * as AllOf from './triggers/AllOf.ts';
import * as AnyOf from './triggers/AnyOf.ts';
import * as Band from './triggers/Band.ts';
import * as Calendar from './triggers/Calendar.ts';
import * as Cooldown from './triggers/Cooldown.ts';
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

/** Triggers inside triggers, at most: deeper is a mistake or an attack. */
const DEPTH = 8;

/** Triggers that must be told of the past: it holds one answer for each kind, so a strategy has at most one of each. */
const REMEMBERING = ['hysteresis', 'spread'] as const;

type Kind = Trigger['kind'];
type Parse = (field: Field.Field, part: (part: Field.Field) => Trigger) => Trigger;

const PARSERS: { readonly [K in Kind]: Parse } = {
  band: Band.parse,
  calendar: Calendar.parse,
  cooldown: Cooldown.parse,
  cron: Cron.parse,
  norm: Norm.parse,
  'volatility-band': VolatilityBand.parse,
  'cost-optimal': CostOptimal.parse,
  drawdown: Drawdown.parse,
  flow: Flow.parse,
  claims: Claims.parse,
  signal: Signal.parse,
  utilisation: Utilisation.parse,
  depth: Depth.parse,
  skewed: Skewed.parse,
  any: AnyOf.parse,
  all: AllOf.parse,
  not: Not.parse,
  hysteresis: Hysteresis.parse,
  spread: Spread.parse,
};

const KINDS = Object.keys(PARSERS) as readonly Kind[];

/** Read a trigger. Throws StrategyError with the path of the first value that will not do. */
export function parseTrigger(field: Field.Field): Trigger {
  const read = parse(field, DEPTH);
  for (const kind of REMEMBERING) {
    if (count(read, kind) > 1) throw new StrategyError(field, `at most one trigger of kind "${kind}"`);
  }
  return read;
}

function parse(field: Field.Field, depth: number): Trigger {
  if (depth === 0) throw new StrategyError(field, `at most ${DEPTH} triggers inside each other`);
  return PARSERS[Field.kind(field, KINDS)](field, (part) => parse(part, depth - 1));
}
