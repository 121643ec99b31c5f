// Aim at risk parity between groups of kindred assets, and inside each: for covariances too poor to be inverted.

import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as Hierarchy from './Hierarchy.ts';
import * as Members from './Members.ts';
import * as Optimum from './Optimum.ts';

/** Aim at hierarchical risk parity of the assets named, all of the portfolio's if none are; the others are sold. */
export type HierarchicalParity = {
  readonly kind: 'hierarchical-parity';
  readonly assets?: readonly AssetId[];
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** Read a hierarchical-parity target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): HierarchicalParity {
  Field.record(field, ['kind', 'assets', 'maxAge']);
  return { kind: 'hierarchical-parity', ...Optimum.parseScope(field) };
}

/** Divide the money; assets go by the order of their ids, so that the portfolio's own order decides nothing. */
export function aim(target: HierarchicalParity, view: View): Aim {
  const assets = Members.of(target, view).toSorted();
  let kin: readonly AssetId[] = [];
  return Optimum.aim(
    { assets, maxAge: target.maxAge },
    view,
    ({ covariance }) => {
      const { order, weights } = Hierarchy.of(covariance);
      kin = order.map((index) => assets[index] ?? '');
      return weights;
    },
    () => `in the order of kinship ${kin.map((asset) => symbolOf(view.snapshot, asset)).join(', ')}`,
  );
}
