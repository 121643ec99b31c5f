// The door for strategies: from anything at all to a strategy that can be followed, or an error that names the place.
// Nothing is repaired and nothing is assumed: a strategy moves money.

import { TOLERANCE } from '../money/Weight.ts';
import * as Bands from './Bands.ts';
import * as Field from './Field.ts';
import { StrategyError } from './Field.ts';
import type { AnyOf, Band, Calendar, Fixed, Limit, Strategy, Target, Trading, Trigger } from './Strategy.ts';

/** A century, {s}: longer is a unit mistaken. */
const LONGEST = 100 * 365 * 86_400;

/** Triggers inside triggers, at most: deeper is a mistake or an attack. */
const DEPTH = 8;

/** Read a strategy. Throws StrategyError with the path of the first value that will not do. */
export function parse(raw: unknown): Strategy {
  const root = { path: '', value: raw };
  Field.record(root, ['when', 'toward', 'landing', 'trading', 'within']);
  const when = trigger(Field.part(root, 'when'), DEPTH);
  const landing = Field.word(Field.part(root, 'landing'), ['target', 'edge']);
  if (landing === 'edge' && !Bands.exist(when)) {
    throw new StrategyError(Field.part(root, 'landing'), '"target", as `when` has no band whose edge it could land on');
  }
  return {
    when,
    toward: target(Field.part(root, 'toward')),
    landing,
    trading: trading(Field.part(root, 'trading')),
    within: Field.list(Field.part(root, 'within')).map(limit),
  };
}

function trigger(field: Field.Field, depth: number): Trigger {
  if (depth === 0) throw new StrategyError(field, `at most ${DEPTH} triggers inside each other`);
  switch (kind(field, ['band', 'calendar', 'any'])) {
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

function target(field: Field.Field): Target {
  switch (kind(field, ['fixed'])) {
    case 'fixed':
      return fixed(field);
  }
}

function fixed(field: Field.Field): Fixed {
  Field.record(field, ['kind', 'weights']);
  const own = Field.part(field, 'weights');
  const weights: Record<string, number> = {};
  let sum = 0;
  for (const asset of Field.record(own)) {
    const weight = Field.number(Field.part(own, asset), 0, 1);
    weights[asset] = weight;
    sum += weight;
  }
  if (!(Math.abs(sum - 1) <= TOLERANCE)) throw new StrategyError({ ...own, value: sum }, 'weights that sum to one');
  return { kind: 'fixed', weights };
}

function trading(field: Field.Field): Trading {
  Field.record(field, ['minNotional', 'slippage', 'lifetime']);
  return {
    minNotional: Field.usd(Field.part(field, 'minNotional')),
    slippage: Field.integer(Field.part(field, 'slippage'), 0, 5_000),
    lifetime: Field.integer(Field.part(field, 'lifetime'), 1, 86_400 * 30),
  };
}

function limit(field: Field.Field): Limit {
  const bps = (name: string): number => {
    Field.record(field, ['kind', name]);
    return Field.integer(Field.part(field, name), 0, 10_000);
  };
  const sort = kind(field, ['staleness', 'divergence', 'slippage', 'turnover', 'worthwhile']);
  switch (sort) {
    case 'staleness':
      Field.record(field, ['kind', 'grace']);
      return { kind: sort, grace: Field.integer(Field.part(field, 'grace'), 0, LONGEST) };
    case 'worthwhile':
      return { kind: sort, maxCost: bps('maxCost') };
    default:
      return { kind: sort, max: bps('max') };
  }
}

function kind<Kind extends string>(field: Field.Field, kinds: readonly Kind[]): Kind {
  Field.record(field);
  return Field.word(Field.part(field, 'kind'), kinds);
}
