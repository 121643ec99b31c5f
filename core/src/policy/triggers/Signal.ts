// Follow a number that somebody outside vouches for: a forecast, an index, a switch.

import type { Seconds } from '../../money/Time.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import { hear } from '../hear.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';

/** Fire while the signal `id`, at most `maxAge` old, is over `above` and under `below`; one bound may be absent. */
export type Signal = {
  readonly kind: 'signal';
  readonly id: string;
  readonly above?: number;
  readonly below?: number;
  readonly maxAge: Seconds;
};

/** Read a signal trigger. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Signal {
  Field.record(field, ['kind', 'id', 'above', 'below', 'maxAge']);
  const above = Field.part(field, 'above');
  const below = Field.part(field, 'below');
  if (above.value === undefined && below.value === undefined) {
    throw new StrategyError(above, 'a number, here or under `below`');
  }
  const least = above.value === undefined ? undefined : Field.number(above, -FAR, FAR);
  return {
    kind: 'signal',
    id: Field.text(Field.part(field, 'id')),
    ...(least === undefined ? undefined : { above: least }),
    ...(below.value === undefined ? undefined : { below: Field.number(below, least ?? -FAR, FAR) }),
    maxAge: Field.seconds(Field.part(field, 'maxAge'), 1),
  };
}

/** Beyond this a signal is no number that anybody meant. */
const FAR = 1e18;

/** Find whether the signal is within its bounds. Blind where it is absent, too old, from the future or no number. */
export function find(trigger: Signal, _drift: readonly Drift[], view: View): Finding {
  const { id, above = -Infinity, below = Infinity, maxAge } = trigger;
  const value = hear(view, id, maxAge);
  if (typeof value !== 'number') return value;
  const bounds = [above > -Infinity ? `above ${above}` : '', below < Infinity ? `below ${below}` : ''];
  const wanted = bounds.filter((bound) => bound !== '').join(' and ');
  const why = `the signal ${id} is ${value}`;
  return value > above && value < below
    ? { kind: 'due', why: `${why}, ${wanted}` }
    : { kind: 'quiet', why: `${why}; ${wanted} is waited for` };
}
