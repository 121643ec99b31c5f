// How far each asset is from where it should be, in both senses users mean.

import type { AssetId } from '../money/Asset.ts';
import type { Usd } from '../money/Price.ts';
import type { Weight } from '../money/Weight.ts';
import * as Portfolio from './Portfolio.ts';

/** State one asset's weight against its target and band. */
export type Drift = {
  readonly asset: AssetId;
  readonly value: Usd;
  readonly weight: Weight;
  readonly target: Weight;
  /** weight − target, in weight units: 0.05 is five percentage points. */
  readonly absolute: number;
  /** (weight − target) / target; absent where the target is zero. */
  readonly relative?: number;
  /** Lowest and highest weight inside the band; absent where no band guards this asset. */
  readonly band?: readonly [Weight, Weight];
};

/** Name what each asset should weigh. */
export type Weights = { readonly [asset: AssetId]: Weight };

/** Name the lowest and highest weight inside each asset's band. */
export type Bands = { readonly [asset: AssetId]: readonly [Weight, Weight] };

/** Measure every position against its target and band, in the portfolio's order. The portfolio is worth something. */
export function of(portfolio: Portfolio.Portfolio, targets: Weights, bands: Bands): readonly Drift[] {
  return portfolio.positions.map((position) => {
    const { id } = position.asset;
    const weight = Portfolio.weight(portfolio, position);
    const target = targets[id] ?? 0;
    const absolute = weight - target;
    const band = bands[id];
    return {
      asset: id,
      value: position.value,
      weight,
      target,
      absolute,
      ...(target === 0 ? undefined : { relative: absolute / target }),
      ...(band === undefined ? undefined : { band }),
    };
  });
}

/** Say how far a weight is outside its band: positive above, negative below, zero inside or without a band. */
export function outside({ weight, band }: Drift): number {
  if (band === undefined) return 0;
  if (weight > band[1]) return weight - band[1];
  return weight < band[0] ? weight - band[0] : 0;
}

/** Say how far a weight inside its band is from the nearest edge that it can still cross; infinite without a band. */
export function room({ weight, band }: Drift): number {
  if (band === undefined) return Infinity;
  // A band that was cut off at nothing or at the whole ends where no weight can go; one of a debt, below nothing, does not.
  const below = band[0] === 0 ? Infinity : weight - band[0];
  const above = band[1] === 1 ? Infinity : band[1] - weight;
  return Math.min(below, above);
}

/** Name a size of all deviations together: their sum, the root of their squares' sum, or the largest. */
export type Norm = 'l1' | 'l2' | 'max';

/** Measure all deviations together, in weight units. Zero only where every asset is on target; 'max' ≤ 'l2' ≤ 'l1'. */
export function size(drift: readonly Drift[], norm: Norm): number {
  const sizes = drift.map(({ absolute }) => Math.abs(absolute));
  switch (norm) {
    case 'l1':
      return sizes.reduce((total, one) => total + one, 0);
    case 'l2':
      return Math.hypot(...sizes);
    case 'max':
      return Math.max(0, ...sizes);
  }
}

/** Say what share of the portfolio must be sold to be on target {1}: all that is over, which buys all that is under. */
export function turnover(drift: readonly Drift[]): number {
  return drift.reduce((total, { absolute }) => total + Math.max(0, absolute), 0);
}

/** List the deviations {1} in another order of assets, such as an outlook's; zero for an asset that is not held or aimed at. */
export function deviations(drift: readonly Drift[], assets: readonly AssetId[]): readonly number[] {
  const byAsset = new Map(drift.map(({ asset, absolute }) => [asset, absolute]));
  return assets.map((asset) => byAsset.get(asset) ?? 0);
}
