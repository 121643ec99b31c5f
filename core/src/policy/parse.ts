// The door for strategies: from anything at all to a strategy that can be followed, or an error that names the place.
// Nothing is repaired and nothing is assumed: a strategy moves money.

import * as Field from './Field.ts';
import { StrategyError } from './Field.ts';
import { parseConstraint } from './parseConstraint.ts';
import { parseLanding } from './parseLanding.ts';
import { parseLimit } from './parseLimit.ts';
import { parseTarget } from './parseTarget.ts';
import { parseTrigger } from './parseTrigger.ts';
import type { Strategy, Trading } from './Strategy.ts';
import { draws } from './Trigger.ts';

/** Read a strategy. Throws StrategyError with the path of the first value that will not do. */
export function parse(raw: unknown): Strategy {
  const root = { path: '', value: raw };
  Field.record(root, ['when', 'toward', 'keeping', 'landing', 'trading', 'within']);
  const when = parseTrigger(Field.part(root, 'when'));
  const landing = parseLanding(Field.part(root, 'landing'));
  if ((landing === 'edge' || landing === 'inner') && !draws(when)) {
    throw new StrategyError(Field.part(root, 'landing'), '"target", as `when` has no band whose edge it could land on');
  }
  const keeping = Field.part(root, 'keeping');
  return {
    when,
    toward: parseTarget(Field.part(root, 'toward')),
    ...(keeping.value === undefined ? undefined : { keeping: Field.list(keeping).map(parseConstraint) }),
    landing,
    trading: trading(Field.part(root, 'trading')),
    within: Field.list(Field.part(root, 'within')).map(parseLimit),
  };
}

function trading(field: Field.Field): Trading {
  Field.record(field, ['minNotional', 'slippage', 'lifetime', 'horizon', 'sending']);
  const sending = Field.part(field, 'sending');
  const horizon = Field.part(field, 'horizon');
  return {
    minNotional: Field.usd(Field.part(field, 'minNotional')),
    slippage: Field.integer(Field.part(field, 'slippage'), 0, 5_000),
    lifetime: Field.integer(Field.part(field, 'lifetime'), 1, 86_400 * 30),
    ...(horizon.value === undefined ? undefined : { horizon: Field.seconds(horizon, 1) }),
    ...(sending.value === undefined ? undefined : { sending: Field.word(sending, ['public', 'private']) }),
  };
}
