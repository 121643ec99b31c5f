// Spread a rebalance over time in equal slices, so that no single moment's price or depth decides what it costs.

import { duration, type Seconds, type Time } from '../../money/Time.ts';
import * as Field from '../Field.ts';
import type { Trigger } from '../Trigger.ts';
import type { View } from '../View.ts';
import type { Due, Finding, Quiet } from './Finding.ts';
import * as Findings from './Findings.ts';
import { remembered } from './remembered.ts';

/**
 * Begin when `when` fires, then go on in `slices` steps over `window` seconds whatever `when` says. Step i of n goes
 * 1/(n − i) of the way that is left, so that without drift all are equal; the way of a step that was missed is shared by
 * those after it, and what the last ones leave if they are missed stays until `when` fires again. A rebalance begins when its first step closes: one that was refused or failed starts the window anew.
 */
export type Spread = {
  readonly kind: 'spread';
  readonly when: Trigger;
  readonly window: Seconds;
  readonly slices: number;
};

/** Read a spread. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field, part: (part: Field.Field) => Trigger): Spread {
  Field.record(field, ['kind', 'when', 'window', 'slices']);
  const slices = Field.integer(Field.part(field, 'slices'), 2, 1_000);
  return {
    kind: 'spread',
    when: part(Field.part(field, 'when')),
    window: Field.seconds(Field.part(field, 'window'), slices),
    slices,
  };
}

/** Join what `when` found with the slices already done. Blind without a past, which says when the spread began. */
export function join(spread: Spread, found: Finding, view: View): Finding {
  if (found.kind === 'blind') return found;
  const past = remembered(view, 'when the rebalance under way began');
  if ('kind' in past) return past;
  const { at, lastRebalanceAt } = view.snapshot;
  const since = past.spreadSince;
  const closed = since !== undefined && lastRebalanceAt !== undefined && lastRebalanceAt >= since;
  if (!closed || at >= since + spread.window) return found.kind === 'due' ? cut(spread, found, 0, at) : found;

  const slice = sliceAt(spread, since, at);
  if (sliceAt(spread, since, lastRebalanceAt) < slice) return cut(spread, found, slice, since);
  const next = duration(Math.ceil(since + ((slice + 1) * spread.window) / spread.slices) - at);
  const then = slice + 1 < spread.slices ? `the next is due in ${next}` : `another rebalance may begin in ${next}`;
  const why = `slice ${slice + 1} of ${spread.slices} is done; ${then}`;
  return { kind: 'quiet', why, ...Findings.drawn(found), keep: { ...found.keep, spreadSince: since } };
}

/** Make one slice due: its share of the way that is left. */
function cut({ slices, window }: Spread, found: Due | Quiet, slice: number, since: Time): Due {
  const why = `slice ${slice + 1} of ${slices} over ${duration(window)}: ${found.why}`;
  const share = (found.kind === 'due' ? (found.share ?? 1) : 1) / (slices - slice);
  return { kind: 'due', why, share, ...Findings.drawn(found), keep: { ...found.keep, spreadSince: since } };
}

function sliceAt({ slices, window }: Spread, since: Time, at: Time): number {
  return Math.floor(((at - since) * slices) / window);
}
