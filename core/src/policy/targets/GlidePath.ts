// Move from one allocation to another along dated points: saving for a day that is known.

import type { Time } from '../../money/Time.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import { parseWeights } from '../parseWeights.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { mix } from './mix.ts';

/** Aim at weights on the straight line between the point before and the point after; the first and the last stand beyond the ends. */
export type GlidePath = { readonly kind: 'glide-path'; readonly points: readonly Point[] };

/** State the weights wanted at a moment; they sum to one. What one point names, all name. */
export type Point = { readonly at: Time; readonly weights: Weights };

/** Read a glide path: two points or more, each later than the one before. Throws StrategyError. */
export function parse(field: Field.Field): GlidePath {
  Field.record(field, ['kind', 'points']);
  const list = Field.part(field, 'points');
  const points: Point[] = [];
  for (const one of Field.list(list)) {
    Field.record(one, ['at', 'weights']);
    const before = points.at(-1);
    const at = Field.integer(Field.part(one, 'at'), (before?.at ?? -1) + 1, 1e11);
    const weights = parseWeights(Field.part(one, 'weights'));
    if (before !== undefined && !sameKeys(before.weights, weights)) {
      throw new StrategyError(Field.part(one, 'weights'), 'the same assets as at the point before');
    }
    points.push({ at, weights });
  }
  if (points.length < 2) throw new StrategyError({ ...list, value: points.length }, 'two points or more');
  return { kind: 'glide-path', points };
}

/** Find the weights for the moment of the snapshot. */
export function aim({ points }: GlidePath, { snapshot }: View): Aim {
  const next = points.findIndex(({ at }) => at > snapshot.at);
  const before = points[next < 0 ? points.length - 1 : next - 1];
  const after = points[next];
  if (before === undefined || after === undefined) {
    return { kind: 'weights', weights: (before ?? after)?.weights ?? {} };
  }
  const share = (snapshot.at - before.at) / (after.at - before.at);
  const weights = mix([
    { share: 1 - share, weights: before.weights },
    { share, weights: after.weights },
  ]);
  return { kind: 'weights', weights };
}

function sameKeys(one: Weights, other: Weights): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key));
}
