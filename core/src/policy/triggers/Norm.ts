// Rebalance when the portfolio as a whole is too far from its target, however the distance is shared among assets.

import { ONE, percent as bps, type Bps } from '../../money/Bps.ts';
import type { Seconds } from '../../money/Time.ts';
import { percent, points } from '../../money/Weight.ts';
import * as Drift from '../../portfolio/Drift.ts';
import * as Covariance from '../../forecast/Covariance.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import { believe } from './believe.ts';
import type { Finding } from './Finding.ts';

/**
 * Fire when the deviations δ from target measure more than `max`:
 * their sum Σ|δ| ('l1', twice what must be sold), √Σδ² ('l2') or the largest ('max'), 100 = one percentage point;
 * or the tracking error √(δ'Σδ) that they cause, 100 = 1 % a year, by an outlook at most `maxAge` old.
 */
export type Norm =
  | { readonly kind: 'norm'; readonly measure: Drift.Norm; readonly max: Bps }
  | { readonly kind: 'norm'; readonly measure: 'tracking-error'; readonly max: Bps; readonly maxAge: Seconds };

/** Read a norm. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Norm {
  Field.record(field);
  const measure = Field.word(Field.part(field, 'measure'), ['l1', 'l2', 'max', 'tracking-error']);
  Field.record(field, ['kind', 'measure', 'max', ...(measure === 'tracking-error' ? ['maxAge'] : [])]);
  const max = Field.integer(Field.part(field, 'max'), 1, 2 * ONE);
  if (measure !== 'tracking-error') return { kind: 'norm', measure, max };
  return { kind: 'norm', measure, max, maxAge: Field.seconds(Field.part(field, 'maxAge'), 1) };
}

/** Find whether the deviations together measure too much. */
export function find(norm: Norm, drift: readonly Drift.Drift[], view: View): Finding {
  if (norm.measure !== 'tracking-error') {
    const size = Drift.size(drift, norm.measure);
    const what = `the distance from target (${norm.measure}) is ${points(size)}`;
    return judge(what, size, norm.max, points(norm.max / ONE));
  }
  const seen = believe(view, drift, norm.maxAge);
  if (seen.kind === 'blind') return seen;
  const deviations = drift.map(({ absolute }) => absolute);
  const size = Math.sqrt(Covariance.variance(seen.covariance, deviations));
  return judge(`the tracking error is ${percent(size)} a year`, size, norm.max, `${bps(norm.max)} a year`);
}

function judge(what: string, size: number, max: Bps, allowed: string): Finding {
  return size > max / ONE
    ? { kind: 'due', why: `${what}, above ${allowed}` }
    : { kind: 'quiet', why: `${what}, within ${allowed}` };
}
