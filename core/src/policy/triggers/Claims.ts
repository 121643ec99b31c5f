// Raise what has been asked for in kind and is not in hand.

import { valueUp } from '../../money/Amount.ts';
import { dollars, type Usd } from '../../money/Price.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';

/** Fire once the claims that holdings cannot pay are short by at least `min`, D18{USD}, over all assets. */
export type Claims = { readonly kind: 'claims'; readonly min: Usd };

/** Read a trigger for claims. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Claims {
  Field.record(field, ['kind', 'min']);
  return { kind: 'claims', min: Field.usd(Field.part(field, 'min')) };
}

/** Find whether anything that is claimed must first be bought. */
export function find({ min }: Claims, _drift: readonly Drift[], { snapshot, portfolio }: View): Finding {
  const claimed = new Set((snapshot.claims ?? []).map(({ asset }) => asset));
  let short: Usd = 0n;
  const lacking: string[] = [];
  for (const { asset, held, price } of portfolio.positions) {
    // What is held is already less what is claimed: below zero, the difference is missing.
    if (!claimed.has(asset.id) || held >= 0n) continue;
    const value = valueUp(-held, asset.decimals, price);
    short += value;
    lacking.push(`${dollars(value)} of ${asset.symbol}`);
  }
  if (lacking.length === 0) {
    return { kind: 'quiet', why: claimed.size === 0 ? 'nothing is claimed' : 'all that is claimed is in hand' };
  }
  const what = `claims are short of ${lacking.join(', ')}`;
  if (short >= min) return { kind: 'due', why: what };
  return { kind: 'quiet', why: `${what}; ${dollars(min)} is waited for` };
}
