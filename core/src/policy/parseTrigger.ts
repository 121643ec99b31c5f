// The door for triggers.

import * as Field from './Field.ts';
import { StrategyError } from './Field.ts';
import type { AnyOf, Band, Calendar, Trigger } from './Trigger.ts';

/** A century, {s}: longer is a unit mistaken. */
const LONGEST = 100 * 365 * 86_400;

/** Triggers inside triggers, at most: deeper is a mistake or an attack. */
const DEPTH = 8;

/** Read a trigger. Throws StrategyError with the path of the first value that will not do. */
export function parseTrigger(field: Field.Field): Trigger {
  return trigger(field, DEPTH);
}

function trigger(field: Field.Field, depth: number): Trigger {
  if (depth === 0) throw new StrategyError(field, `at most ${DEPTH} triggers inside each other`);
  switch (Field.kind(field, ['band', 'calendar', 'any'])) {
    case 'band':
      return band(field);
    case 'calendar':
      return calendar(field);
    case 'any':
      return anyOf(field, depth);
  }
}

function band(field: Field.Field): Band {
  Field.record(field, ['kind', 'absolute', 'relative', 'perAsset']);
  const own = Field.part(field, 'perAsset');
  const perAsset: Record<string, Width> = {};
  for (const asset of own.value === undefined ? [] : Field.record(own)) {
    const one = Field.part(own, asset);
    Field.record(one, ['absolute', 'relative']);
    perAsset[asset] = width(one);
  }
  return { kind: 'band', ...width(field), ...(own.value === undefined ? undefined : { perAsset }) };
}

type Width = Pick<Band, 'absolute' | 'relative'>;

function width(field: Field.Field): Width {
  const absolute = Field.part(field, 'absolute');
  const relative = Field.part(field, 'relative');
  return {
    ...(absolute.value === undefined ? undefined : { absolute: Field.integer(absolute, 1, 10_000) }),
    ...(relative.value === undefined ? undefined : { relative: Field.integer(relative, 1, 10_000) }),
  };
}

function calendar(field: Field.Field): Calendar {
  Field.record(field, ['kind', 'every', 'from']);
  return {
    kind: 'calendar',
    every: Field.integer(Field.part(field, 'every'), 1, LONGEST),
    from: Field.integer(Field.part(field, 'from'), 0, 10 * LONGEST),
  };
}

function anyOf(field: Field.Field, depth: number): AnyOf {
  Field.record(field, ['kind', 'of']);
  const of = Field.list(Field.part(field, 'of')).map((part) => trigger(part, depth - 1));
  if (of.length === 0) throw new StrategyError(Field.part(field, 'of'), 'at least one trigger');
  return { kind: 'any', of };
}
