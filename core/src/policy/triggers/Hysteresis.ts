// Start where one trigger fires, and go on until another, stricter one is quiet: a rebalance that was not finished, or
// left the portfolio just inside the outer region, is carried to the inner one and does not start and stop at one edge.

import { duration } from '../../money/Time.ts';
import * as Field from '../Field.ts';
import type { Trigger } from '../Trigger.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';
import * as Findings from './Findings.ts';
import { remembered } from './remembered.ts';

/** Fire when `outer` does, and from then on while `inner` does. `inner` draws the region that a rebalance returns to. */
export type Hysteresis = { readonly kind: 'hysteresis'; readonly outer: Trigger; readonly inner: Trigger };

/** Read a pair of triggers. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field, part: (part: Field.Field) => Trigger): Hysteresis {
  Field.record(field, ['kind', 'outer', 'inner']);
  return {
    kind: 'hysteresis',
    outer: part(Field.part(field, 'outer')),
    inner: part(Field.part(field, 'inner')),
  };
}

/** Join what the two parts found. What has begun and not ended is read from the snapshot's past; blind without one. */
export function join(outer: Finding, inner: Finding, view: View): Finding {
  if (outer.kind === 'blind') return outer;
  if (inner.kind === 'blind') return inner;
  const past = remembered(view, 'whether the outer region was left before');
  if ('kind' in past) return past;
  const { at } = view.snapshot;
  const since = past.outsideSince;
  if (outer.kind === 'due') {
    return { kind: 'due', why: outer.why, ...Findings.drawn(inner), keep: { outsideSince: since ?? at } };
  }
  if (since !== undefined && inner.kind === 'due') {
    const why = `begun ${duration(at - since)} ago and not yet back inside: ${inner.why}`;
    return { kind: 'due', why, ...Findings.drawn(inner), keep: { outsideSince: since } };
  }
  return { kind: 'quiet', why: outer.why, ...Findings.drawn(outer), keep: {} };
}
