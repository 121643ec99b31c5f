// Start where one trigger fires, and go on until another, stricter one is quiet: a rebalance that was not finished, or
// left the portfolio just inside the outer region, is carried to the inner one and does not start and stop at one edge.

import { duration } from '../../money/Time.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import { count, type Trigger } from '../Trigger.ts';
import type { View } from '../View.ts';
import type { Due, Finding } from './Finding.ts';
import * as Findings from './Findings.ts';
import { remembered } from './remembered.ts';

/** Fire when `outer` does, and from then on while `inner` does. `inner` draws the region that a rebalance returns to. */
export type Hysteresis = { readonly kind: 'hysteresis'; readonly outer: Trigger; readonly inner: Trigger };

/**
 * Read a pair of triggers. Throws StrategyError with the path of the first value that will not do, which a `spread` is:
 * between its slices the inner part would trade all that is left. Put the hysteresis inside the spread.
 */
export function parse(field: Field.Field, part: (part: Field.Field) => Trigger): Hysteresis {
  Field.record(field, ['kind', 'outer', 'inner']);
  return {
    kind: 'hysteresis',
    outer: whole(Field.part(field, 'outer'), part),
    inner: whole(Field.part(field, 'inner'), part),
  };
}

function whole(field: Field.Field, part: (part: Field.Field) => Trigger): Trigger {
  const read = part(field);
  if (count(read, 'spread') === 0) return read;
  throw new StrategyError(field, 'a trigger without a "spread", which may stand around the hysteresis');
}

/** Join what the two parts found. What has begun and not ended is read from the snapshot's past; blind without one. */
export function join(outer: Finding, inner: Finding, view: View): Finding {
  if (outer.kind === 'blind') return outer;
  if (inner.kind === 'blind') return inner;
  const past = remembered(view, 'whether the outer region was left before');
  if ('kind' in past) return past;
  const { at } = view.snapshot;
  const since = past.outsideSince;
  const told = Findings.kept([outer, inner]).keep;
  if (outer.kind === 'due') {
    const keep = { ...told, outsideSince: since ?? at };
    return { kind: 'due', why: outer.why, ...Findings.drawn(inner), ...part(outer), keep };
  }
  if (since !== undefined && inner.kind === 'due') {
    const why = `begun ${duration(at - since)} ago and not yet back inside: ${inner.why}`;
    return { kind: 'due', why, ...Findings.drawn(inner), ...part(inner), keep: { ...told, outsideSince: since } };
  }
  return { kind: 'quiet', why: outer.why, ...Findings.drawn(outer), keep: told ?? {} };
}

/** Pass on how much of the way a part goes. */
function part({ share }: Due): Pick<Due, 'share'> {
  return share === undefined ? {} : { share };
}
