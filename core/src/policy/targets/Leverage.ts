// Hold collateral against a debt, at a loan-to-value that is kept inside a band: leverage that neither runs away nor decays.

import type { AssetId } from '../../money/Asset.ts';
import { percent, TOLERANCE, type Weight } from '../../money/Weight.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import { blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as LeverageRisk from './LeverageRisk.ts';
import { mix } from './mix.ts';
import { present } from './present.ts';

/** Aim at a debt that is `target` times the collateral. Loan-to-values are debt / collateral {1}. */
export type Leverage = {
  readonly kind: 'leverage';
  /** How the collateral is split, summing to one, and at which loan-to-value each is liquidated {1} (0, 1). */
  readonly collateral: { readonly [asset: AssetId]: Collateral };
  /** The asset that is owed. */
  readonly debt: AssetId;
  /** The debt is left as it is between `low` and `high`, and set to `target` outside; 0 <= low <= target <= high. */
  readonly low: number;
  readonly target: number;
  readonly high: number;
};

/** State a collateral: its share of all collateral and the loan-to-value at which it is liquidated. */
export type Collateral = { readonly weight: Weight; readonly threshold: number };

/** Read a leverage target. Throws StrategyError; also where `high` would be liquidated. */
export function parse(field: Field.Field): Leverage {
  Field.record(field, ['kind', 'collateral', 'debt', 'low', 'target', 'high']);
  const own = Field.part(field, 'collateral');
  const collateral = Object.fromEntries(Field.record(own).map((asset) => [asset, secured(Field.part(own, asset))]));
  const sum = Object.values(collateral).reduce((total, { weight }) => total + weight, 0);
  if (!(Math.abs(sum - 1) <= TOLERANCE)) throw new StrategyError({ ...own, value: sum }, 'weights that sum to one');
  const debt = Field.asset(Field.part(field, 'debt'));
  if (Object.hasOwn(collateral, debt))
    throw new StrategyError(Field.part(field, 'debt'), 'an asset that is no collateral');
  const top = threshold(collateral);
  const high = Field.number(Field.part(field, 'high'), 0, 1);
  if (!(high < top)) throw new StrategyError(Field.part(field, 'high'), `less than ${top}, where it is liquidated`);
  const target = Field.number(Field.part(field, 'target'), 0, high);
  return { kind: 'leverage', collateral, debt, low: Field.number(Field.part(field, 'low'), 0, target), target, high };
}

/** Find the weights of collateral and debt, per unit of what is owned: 1/(1 − LTV) and −LTV/(1 − LTV); blind where the debt is not covered. */
export function aim(leverage: Leverage, view: View): Aim {
  const { collateral, debt, low, target, high } = leverage;
  const ltv = loanToValue(leverage, view);
  if (!(ltv < 1)) {
    return blind(`a loan-to-value of ${percent(ltv)}`, 'collateral worth more than the debt', 'repay from outside');
  }
  const kept = ltv >= low && ltv <= high;
  const wanted = kept ? ltv : target;
  const assets = LeverageRisk.multiple(wanted);
  const inner = Object.fromEntries(Object.entries(collateral).map(([asset, { weight }]) => [asset, weight]));
  const health = LeverageRisk.health(wanted, threshold(collateral)).toFixed(2);
  const range = `${percent(low)} to ${percent(high)}`;
  const what = kept ? `is inside ${range}` : `is outside ${range}: back to ${percent(target)}`;
  return {
    kind: 'weights',
    weights: mix([
      { share: assets, weights: inner },
      { share: 1 - assets, weights: { [debt]: 1 } },
    ]),
    why: `a loan-to-value of ${percent(ltv)} ${what}, a health factor of ${health}`,
    owed: [debt],
  };
}

/** Compute debt / collateral as it stands {1}: zero without debt, infinite where no collateral stands against it. */
export function loanToValue({ collateral, debt }: Leverage, view: View): number {
  const weights = present(view);
  const owed = Math.max(0, -(weights[debt] ?? 0));
  return owed === 0 ? 0 : owed / total(collateral, weights);
}

function total(collateral: Leverage['collateral'], weights: Weights): number {
  return Object.keys(collateral).reduce((sum, asset) => sum + Math.max(0, weights[asset] ?? 0), 0);
}

/** The loan-to-value at which the whole is liquidated: the mean of the thresholds, by weight. */
function threshold(collateral: Leverage['collateral']): number {
  return Object.values(collateral).reduce((sum, one) => sum + one.weight * one.threshold, 0);
}

function secured(field: Field.Field): Collateral {
  Field.record(field, ['weight', 'threshold']);
  const limit = Field.part(field, 'threshold');
  const own = Field.number(limit, 0, 1);
  if (own === 0 || own === 1) throw new StrategyError(limit, 'a number in (0, 1)');
  return { weight: Field.number(Field.part(field, 'weight'), 0, 1), threshold: own };
}
