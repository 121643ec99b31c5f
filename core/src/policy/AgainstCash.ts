// The terms on which all assets are traded against one that is called cash: what risk and trading cost, and how far beliefs reach.

import type { AssetId } from '../money/Asset.ts';
import { ONE } from '../money/Bps.ts';
import type { Seconds } from '../money/Time.ts';
import type { Drift } from '../portfolio/Drift.ts';
import { blind, type Blind } from './Blind.ts';
import * as Field from './Field.ts';
import { deviations } from './regions/Ellipsoid.ts';
import * as Skewed from './regions/Skewed.ts';

/**
 * Being off target by δ costs ½γ·δ'Σδ a year, γ = `riskAversion`, Σ by an outlook at most `maxAge` old; a trade against `cash` costs
 * `proportional` basis points one way.
 */
export type AgainstCash = {
  readonly riskAversion: number;
  readonly proportional: number;
  readonly cash: AssetId;
  readonly maxAge: Seconds;
};

/** Read terms, beside a kind. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): AgainstCash {
  Field.record(field, ['kind', 'riskAversion', 'proportional', 'cash', 'maxAge']);
  return {
    riskAversion: Field.number(Field.part(field, 'riskAversion'), 0.001, 10_000),
    proportional: Field.number(Field.part(field, 'proportional'), 0.01, 5_000),
    cash: Field.asset(Field.part(field, 'cash')),
    maxAge: Field.seconds(Field.part(field, 'maxAge'), 1),
  };
}

/** Say that there is no cash to trade against, where that is so. */
export function blindTo({ cash }: AgainstCash, drift: readonly Drift[]): Blind | undefined {
  if (drift.some(({ asset }) => asset === cash)) return undefined;
  return blind(`no asset ${cash}`, 'an asset of the portfolio to trade against', 'correct `cash`');
}

/** Draw the skewed region of the assets that are traded, in their order; `covariance` {1/yr} is theirs. Throws ForecastError. */
export function regionOf(
  { riskAversion, proportional }: AgainstCash,
  traded: readonly Drift[],
  covariance: readonly (readonly number[])[],
): Skewed.Skewed {
  const targets = traded.map(({ target }) => target);
  const curvature = covariance.map((row) => row.map((value) => riskAversion * value));
  const costs = traded.map(() => proportional / ONE);
  return Skewed.of(deviations(covariance, targets), curvature, costs);
}
