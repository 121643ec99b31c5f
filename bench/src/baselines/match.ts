// Who sells to whom, as a simple rebalancer finds it: the most overweight holding sells to the most underweight one.

import type { AssetId } from '@trimtab/core';
import type { Position } from './Rebalance.ts';

/** Sell about so many atoms of one asset for another. */
export type Pair = { readonly sell: AssetId; readonly buy: AssetId; readonly atoms: bigint };

/** What is left below this share of the portfolio {1} is rounding. */
const DUST = 1e-9;

/** Pair what is over its weight with what is under, the largest with the largest, until nothing is left. */
export function match(positions: readonly Position[]): readonly Pair[] {
  const values = positions.map(({ asset, held, price }) => (Number(held) / 10 ** asset.decimals) * price);
  const total = values.reduce((sum, value) => sum + value, 0);
  const left = positions.map(({ weight }, place) => (values[place] ?? 0) - weight * total);
  const pairs: Pair[] = [];
  for (;;) {
    const [over, under] = [left.indexOf(Math.max(...left)), left.indexOf(Math.min(...left))];
    const [seller, buyer] = [positions[over], positions[under]];
    const value = Math.min(left[over] ?? 0, -(left[under] ?? 0));
    if (seller === undefined || buyer === undefined || !(value > DUST * total)) return pairs;
    left[over] = (left[over] ?? 0) - value;
    left[under] = (left[under] ?? 0) + value;
    const atoms = BigInt(Math.floor((value / seller.price) * 10 ** seller.asset.decimals));
    pairs.push({ sell: seller.asset.id, buy: buyer.asset.id, atoms: atoms < seller.held ? atoms : seller.held });
  }
}
