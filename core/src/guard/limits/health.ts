// Debt is liquidated at the worst moment, by others, at a discount. The guard keeps the distance.

import { valueUp } from '../../money/Amount.ts';
import type { AssetId } from '../../money/Asset.ts';
import * as Bps from '../../money/Bps.ts';
import { max } from '../../money/Fixed.ts';
import type { Usd } from '../../money/Price.ts';
import type { Health } from '../../policy/Limit.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan that leaves the health factor below `min`, unless it raises it. */
export function health({ thresholds, min }: Health, judged: Case.Case): readonly Refusal[] {
  const before = factor(
    pledged(judged, new Map(judged.portfolio.positions.map(({ asset, value }) => [asset.id, value]))),
    thresholds,
  );
  const after = factor(pledged(judged, Case.after(judged, 'floor')), thresholds);
  if (after === undefined || after >= BigInt(min) || (before !== undefined && after > before)) return [];
  return [
    {
      limit: 'health',
      was: `a health factor of ${Number(after) / Bps.ONE}`,
      allowed: `at least ${min / Bps.ONE}`,
      fix: 'repay debt or add collateral first, or lower the leverage that is aimed at',
    },
  ];
}

/** Leave out what is staked in pools or has yet to arrive: no lending market takes it as collateral. */
function pledged(judged: Case.Case, values: ReadonlyMap<AssetId, Usd>): ReadonlyMap<AssetId, Usd> {
  return new Map(
    [...values].map(([id, value]) => {
      const position = Case.position(judged, id);
      if (position === undefined) return [id, value];
      const elsewhere = position.staked + max(position.arriving, 0n);
      return [id, value - valueUp(elsewhere, position.asset.decimals, position.price)];
    }),
  );
}

/** Compute Σ value · threshold / Σ owed in basis points, rounded down: health is never overstated. Undefined without debt. */
function factor(
  values: ReadonlyMap<AssetId, Usd>,
  thresholds: { readonly [collateral: AssetId]: Bps.Bps },
): bigint | undefined {
  let owed = 0n;
  let counted = 0n;
  for (const [asset, value] of values) {
    const threshold = Object.hasOwn(thresholds, asset) ? (thresholds[asset] ?? 0) : 0;
    if (value < 0n) owed -= value;
    else counted += value * BigInt(threshold);
  }
  return owed === 0n ? undefined : counted / owed;
}
