// The door from belief to money: the only place where a float becomes an amount.

import { mulDivDown, ONE } from '../money/Fixed.ts';
import type { Weight } from '../money/Weight.ts';

/** Take a weight's share of a whole, rounded down: what is wanted is never more than there is. `weight` in [0, 1]. */
export function quantize(weight: Weight, whole: bigint): bigint {
  return mulDivDown(whole, BigInt(Math.round(weight * 1e18)), ONE);
}
