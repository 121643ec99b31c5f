// The door for constraints.

import type { AssetId } from '../money/Asset.ts';
import type { Weight } from '../money/Weight.ts';
import * as Field from './Field.ts';
import { StrategyError } from './Field.ts';
import type { Constraint } from './Constraint.ts';
import * as Members from './targets/Members.ts';

/** Read a constraint. Throws StrategyError with the path of the first value that will not do. */
export function parseConstraint(field: Field.Field): Constraint {
  const kind = Field.kind(field, ['minimum', 'maximum', 'group', 'cash', 'long-only', 'turnover']);
  switch (kind) {
    case 'minimum':
    case 'maximum':
      Field.record(field, ['kind', 'weights']);
      return { kind, weights: bounds(Field.part(field, 'weights')) };
    case 'group':
      return group(field);
    case 'cash':
      Field.record(field, ['kind', 'assets', 'least']);
      return { kind, assets: named(field), least: weight(Field.part(field, 'least')) };
    case 'long-only':
      Field.record(field, ['kind']);
      return { kind };
    case 'turnover':
      Field.record(field, ['kind', 'most']);
      return { kind, most: weight(Field.part(field, 'most')) };
  }
}

function bounds(field: Field.Field): { readonly [asset: AssetId]: Weight } {
  const weights: Record<string, number> = {};
  for (const asset of Field.record(field)) weights[asset] = weight(Field.part(field, asset));
  return weights;
}

function group(field: Field.Field): Constraint {
  Field.record(field, ['kind', 'assets', 'least', 'most']);
  const [least, most] = [Field.part(field, 'least'), Field.part(field, 'most')];
  if (least.value === undefined && most.value === undefined) throw new StrategyError(most, '`least`, `most` or both');
  return {
    kind: 'group',
    assets: named(field),
    ...(least.value === undefined ? undefined : { least: weight(least) }),
    ...(most.value === undefined ? undefined : { most: weight(most) }),
  };
}

/** A group that names nothing would bind nothing, or everything. */
function named(field: Field.Field): readonly AssetId[] {
  const { assets } = Members.parse(field);
  if (assets === undefined) throw new StrategyError(Field.part(field, 'assets'), 'a list of assets');
  return assets;
}

function weight(field: Field.Field): Weight {
  return Field.number(field, 0, 1);
}
