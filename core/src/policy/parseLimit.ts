// The door for limits.

import type { AssetId } from '../money/Asset.ts';
import * as Field from './Field.ts';
import { StrategyError } from './Field.ts';
import type { Benefit, Exposure, Health, Limit } from './Limit.ts';

/** A century, {s}: longer is a unit mistaken. */
const LONGEST = 100 * 365 * 86_400;

/** The largest health factor and the most failures that anybody can mean. */
const SAFEST = 1_000_000;
const PATIENT = 1_000;

/** Read a limit. Throws StrategyError with the path of the first value that will not do. */
export function parseLimit(field: Field.Field): Limit {
  const kind = Field.kind(field, [
    'staleness',
    'divergence',
    'depeg',
    'slippage',
    'impact',
    'notional',
    'turnover',
    'concentration',
    'exposure',
    'health',
    'gas',
    'worthwhile',
    'benefit',
    'drawdown',
    'failures',
    'reduce-only',
  ]);
  switch (kind) {
    case 'staleness':
      return { kind, grace: one(field, 'grace', LONGEST) };
    case 'worthwhile':
      return { kind, maxCost: one(field, 'maxCost', 10_000) };
    case 'failures':
      return { kind, max: one(field, 'max', PATIENT) };
    case 'gas':
      Field.record(field, ['kind', 'max']);
      return { kind, max: Field.usd(Field.part(field, 'max')) };
    case 'depeg':
      return depeg(field);
    case 'notional':
      return notional(field);
    case 'concentration':
      return concentration(field);
    case 'exposure':
      return exposure(field);
    case 'health':
      return health(field);
    case 'benefit':
      return benefit(field);
    case 'reduce-only':
      Field.record(field, ['kind', 'assets']);
      return { kind, assets: names(Field.part(field, 'assets'), 1) };
    default:
      return { kind, max: one(field, 'max', 10_000) };
  }
}

/** Read the only value of a limit, an integer in [0, most]. */
function one(field: Field.Field, name: string, most: number): number {
  Field.record(field, ['kind', name]);
  return Field.integer(Field.part(field, name), 0, most);
}

function depeg(field: Field.Field): Limit {
  Field.record(field, ['kind', 'pegs', 'max']);
  const own = Field.part(field, 'pegs');
  const pegs: Record<AssetId, bigint> = {};
  for (const asset of some(own)) {
    const peg = Field.part(own, asset);
    const price = Field.usd(peg);
    if (price === 0n) throw new StrategyError(peg, 'a peg above zero');
    pegs[asset] = price;
  }
  return { kind: 'depeg', pegs, max: Field.integer(Field.part(field, 'max'), 0, 10_000) };
}

function notional(field: Field.Field): Limit {
  Field.record(field, ['kind', 'perTrade', 'perDay']);
  const perTrade = Field.part(field, 'perTrade');
  const perDay = Field.part(field, 'perDay');
  if (perTrade.value === undefined && perDay.value === undefined) throw new StrategyError(field, 'perTrade or perDay');
  return {
    kind: 'notional',
    ...(perTrade.value === undefined ? undefined : { perTrade: Field.usd(perTrade) }),
    ...(perDay.value === undefined ? undefined : { perDay: Field.usd(perDay) }),
  };
}

function concentration(field: Field.Field): Limit {
  Field.record(field, ['kind', 'max', 'perAsset']);
  const own = Field.part(field, 'perAsset');
  const max = Field.integer(Field.part(field, 'max'), 0, 10_000);
  if (own.value === undefined) return { kind: 'concentration', max };
  return { kind: 'concentration', max, perAsset: shares(own) };
}

function exposure(field: Field.Field): Exposure {
  Field.record(field, ['kind', 'name', 'assets', 'markets', 'max']);
  const assets = names(Field.part(field, 'assets'), 0);
  const markets = names(Field.part(field, 'markets'), 0);
  if (assets.length + markets.length === 0) throw new StrategyError(field, 'at least one asset or market');
  return {
    kind: 'exposure',
    name: Field.text(Field.part(field, 'name')),
    assets,
    markets,
    max: Field.integer(Field.part(field, 'max'), 0, 10_000),
  };
}

function health(field: Field.Field): Health {
  Field.record(field, ['kind', 'thresholds', 'min']);
  const own = Field.part(field, 'thresholds');
  some(own);
  return { kind: 'health', thresholds: shares(own), min: Field.integer(Field.part(field, 'min'), 1, SAFEST) };
}

function benefit(field: Field.Field): Benefit {
  Field.record(field, ['kind', 'aversion', 'horizon', 'maxAge']);
  return {
    kind: 'benefit',
    aversion: Field.number(Field.part(field, 'aversion'), 1e-6, 1e6),
    horizon: Field.integer(Field.part(field, 'horizon'), 1, LONGEST),
    maxAge: Field.integer(Field.part(field, 'maxAge'), 1, LONGEST),
  };
}

/** Read basis points by asset. */
function shares(own: Field.Field): { readonly [asset: AssetId]: number } {
  const read: Record<AssetId, number> = {};
  for (const asset of Field.record(own)) read[asset] = Field.integer(Field.part(own, asset), 0, 10_000);
  return read;
}

/** List the keys of an object that must have some. */
function some(own: Field.Field): readonly string[] {
  const keys = Field.record(own);
  if (keys.length === 0) throw new StrategyError(own, 'at least one asset');
  return keys;
}

/** Read a list of at least `least` different names. */
function names(field: Field.Field, least: number): readonly string[] {
  const read = Field.list(field).map(Field.text);
  if (read.length < least) throw new StrategyError({ ...field, value: read.length }, `at least ${least}`);
  const twice = read.findIndex((name, index) => read.indexOf(name) < index);
  if (twice >= 0) throw new StrategyError({ path: `${field.path}[${twice}]`, value: read[twice] }, 'each name once');
  return read;
}
