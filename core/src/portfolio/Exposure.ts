// What moves with each asset's price, wherever it is: in hand, on its way or lent to a pool; and how much of all that is
// borrowed.

import type { AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import { approximate } from '../money/approximate.ts';
import { max } from '../money/Fixed.ts';
import type { Usd } from '../money/Price.ts';
import type { Portfolio } from './Portfolio.ts';

/** State what depends on one asset, D18{USD}: `net` = `inHand` + `arriving` + `staked`; negative where it is owed. */
export type Line = {
  readonly asset: AssetId;
  readonly inHand: Usd;
  readonly arriving: Usd;
  readonly staked: Usd;
  readonly net: Usd;
};

/** Hold the lines in the portfolio's order and their totals, D18{USD}: `gross` = `long` + `owed`, `net` = `long` − `owed`. */
export type Exposure = {
  readonly lines: readonly Line[];
  readonly long: Usd;
  readonly owed: Usd;
  readonly gross: Usd;
  readonly net: Usd;
  /** long / net {1}: 1 without debt; absent where nothing is left after debts. */
  readonly leverage?: number;
};

/** Measure what a portfolio is exposed to. */
export function of({ positions, value }: Portfolio): Exposure {
  const lines = positions.map(({ asset, arriving, staked, price, value: net }): Line => {
    const coming = valueDown(arriving, asset.decimals, price);
    const lent = valueDown(staked, asset.decimals, price);
    // The fraction that rounding each part down would lose stays with what is in hand, so that the parts add up.
    return { asset: asset.id, inHand: net - coming - lent, arriving: coming, staked: lent, net };
  });
  const long = lines.reduce((total, { net }) => total + max(0n, net), 0n);
  const owed = long - value;
  return {
    lines,
    long,
    owed,
    gross: long + owed,
    net: value,
    ...(value > 0n ? { leverage: approximate(long, value) } : undefined),
  };
}
