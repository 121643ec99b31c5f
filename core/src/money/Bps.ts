// Basis points: the unit of every limit a person types or a contract stores.

import { divDown, divUp } from './Fixed.ts';

/** Count hundredths of a percent, an integer: 10_000 bps = 100 %. */
export type Bps = number;

/** The whole, in basis points. */
export const ONE: Bps = 10_000;

/** Take a share of an amount, rounded down: whoever receives the share loses the fraction. */
export function shareDown(amount: bigint, bps: Bps): bigint {
  return divDown(amount * BigInt(bps), 10_000n);
}

/** Take a share of an amount, rounded up: whoever pays the share loses the fraction. */
export function shareUp(amount: bigint, bps: Bps): bigint {
  return divUp(amount * BigInt(bps), 10_000n);
}

/** Express part / whole in basis points, rounded up: a cost or a gap is never understated. `whole` > 0. */
export function ofUp(part: bigint, whole: bigint): bigint {
  return divUp(part * 10_000n, whole);
}

/** Write basis points for a person: `0.5 %`. */
export function percent(bps: Bps | bigint): string {
  return `${Number(bps) / 100} %`;
}
