// What any target must keep to, whoever computed it.

import type { AssetId } from '../money/Asset.ts';
import { percent, type Weight } from '../money/Weight.ts';
import { symbolOf } from '../portfolio/Snapshot.ts';
import { blind, type Blind } from './Blind.ts';
import type { Row } from './targets/project.ts';
import type { View } from './View.ts';

/** Bound the weights that a target may ask for; applied by the nearest weights that keep to all of them. */
export type Constraint =
  /** No asset named weighs less than this. */
  | { readonly kind: 'minimum'; readonly weights: { readonly [asset: AssetId]: Weight } }
  /** No asset named weighs more than this. */
  | { readonly kind: 'maximum'; readonly weights: { readonly [asset: AssetId]: Weight } }
  /** The assets named weigh at least and at most this together. */
  | { readonly kind: 'group'; readonly assets: readonly AssetId[]; readonly least?: Weight; readonly most?: Weight }
  /** The assets named, which pay what falls due, weigh at least this together. */
  | { readonly kind: 'cash'; readonly assets: readonly AssetId[]; readonly least: Weight }
  /** Nothing is owed, whatever the target means to owe. */
  | { readonly kind: 'long-only' }
  /** At most this share of the portfolio is sold to get from where it is to the target. */
  | { readonly kind: 'turnover'; readonly most: Weight };

/** Hold constraints as rows over the weights of some assets, in their order, and the least of the turnover caps. */
export type Bounds = { readonly rows: readonly Row[]; readonly turnover?: Weight };

/**
 * Write constraints as rows. The weights sum to one, and none is below zero; of an asset in `owed`, which the target means
 * to be below zero, none is further below than the target has it. `symbol` names an asset for a person.
 */
export function bound(
  constraints: readonly Constraint[],
  assets: readonly AssetId[],
  symbol: (asset: AssetId) => string,
  owed: { readonly [asset: AssetId]: Weight } = {},
): Bounds {
  const normal = (of: readonly AssetId[], sign: 1 | -1) => assets.map((asset) => (of.includes(asset) ? sign : 0));
  const whole: Row = { kind: 'equal', normal: assets.map(() => 1), bound: 1, name: 'weights sum to one' };
  const longOnly = constraints.some(({ kind }) => kind === 'long-only');
  const floors = assets.map((asset): Row => {
    const bound = longOnly ? 0 : Math.min(0, Object.hasOwn(owed, asset) ? (owed[asset] ?? 0) : 0);
    const name =
      bound === 0 ? `nothing is owed of ${symbol(asset)}` : `at most ${percent(-bound)} of ${symbol(asset)} is owed`;
    return { kind: 'least', normal: normal([asset], 1), bound, name };
  });
  const least = (of: readonly AssetId[], weight: Weight): Row => {
    const name = `at least ${percent(weight)} in ${of.map(symbol).join(' + ')}`;
    return { kind: 'least', normal: normal(of, 1), bound: weight, name };
  };
  const most = (of: readonly AssetId[], weight: Weight): Row => {
    const name = `at most ${percent(weight)} in ${of.map(symbol).join(' + ')}`;
    return { kind: 'least', normal: normal(of, -1), bound: -weight, name };
  };
  const rows = constraints.flatMap((constraint): readonly Row[] => {
    switch (constraint.kind) {
      case 'minimum':
        return Object.entries(constraint.weights).map(([asset, weight]) => least([asset], weight));
      case 'maximum':
        return Object.entries(constraint.weights).map(([asset, weight]) => most([asset], weight));
      case 'group':
        return [
          ...(constraint.least === undefined ? [] : [least(constraint.assets, constraint.least)]),
          ...(constraint.most === undefined ? [] : [most(constraint.assets, constraint.most)]),
        ];
      case 'cash':
        return [least(constraint.assets, constraint.least)];
      case 'long-only':
      case 'turnover':
        return [];
    }
  });
  const caps = constraints.flatMap((one) => (one.kind === 'turnover' ? [one.most] : []));
  return { rows: [whole, ...floors, ...rows], ...(caps.length === 0 ? undefined : { turnover: Math.min(...caps) }) };
}

/** Refuse constraints that no weights can keep to, naming them. */
export function clash(rows: readonly string[]): Blind {
  return blind(
    `these cannot all hold: ${rows.join(', ')}`,
    'constraints that leave some weights',
    'loosen one of them',
  );
}

/** Refuse a constraint on an asset that has no weight: it would be kept to by accident, or never. */
export function strangers(
  constraints: readonly Constraint[],
  assets: readonly AssetId[],
  { snapshot }: View,
): Blind | undefined {
  const unknown = constraints.flatMap(assetsOf).find((asset) => !assets.includes(asset));
  if (unknown === undefined) return undefined;
  const was = `a constraint on ${symbolOf(snapshot, unknown)}, which is not in the portfolio`;
  return blind(was, 'constraints on assets of the portfolio', 'take it out of the constraints');
}

function assetsOf(constraint: Constraint): readonly AssetId[] {
  switch (constraint.kind) {
    case 'minimum':
    case 'maximum':
      return Object.keys(constraint.weights);
    case 'group':
    case 'cash':
      return constraint.assets;
    case 'long-only':
    case 'turnover':
      return [];
  }
}
