// The rate curve of Aave: gentle up to a kink in utilisation, steep beyond it. Integers as in Aave v3's
// DefaultReserveInterestRateStrategyV2 since stable debt was removed (v3.2): half-up ray arithmetic, to the last digit.

import * as Bps from '../money/Bps.ts';
import { checkAtLeast, MarketError } from './Terms.ts';

/** State a kinked curve. All but the reserve factor in D27{1/yr} or, the kink, D27{1} (0, 1e27). */
export type Kinked = {
  readonly kind: 'kinked';
  readonly base: bigint;
  /** What the rate rises by from no utilisation to the kink, and from the kink to full utilisation. */
  readonly slopeBelow: bigint;
  readonly slopeAbove: bigint;
  readonly kink: bigint;
  /** Share of the interest that suppliers do not get {bps}. */
  readonly reserveFactor: Bps.Bps;
};

/** One, as the contracts of Aave write it. D27{1}. */
export const RAY = 10n ** 27n;

/** Compute what borrowers pay, D27{1/yr}, when `borrowed` of `supplied` atoms are lent out. Throws MarketError. */
export function borrowRate(curve: Kinked, supplied: bigint, borrowed: bigint): bigint {
  check(curve);
  checkAtLeast(borrowed, 0n, 'borrowed');
  checkAtLeast(supplied, borrowed, 'supplied');
  if (borrowed === 0n) return curve.base;
  const usage = rayDiv(borrowed, supplied);
  if (usage <= curve.kink) return curve.base + rayDiv(rayMul(curve.slopeBelow, usage), curve.kink);
  const excess = rayDiv(usage - curve.kink, RAY - curve.kink);
  return curve.base + curve.slopeBelow + rayMul(curve.slopeAbove, excess);
}

/** Compute what suppliers get, D27{1/yr}: the borrowers' interest spread over everything supplied, less the reserve. */
export function supplyRate(curve: Kinked, supplied: bigint, borrowed: bigint): bigint {
  const rate = borrowRate(curve, supplied, borrowed);
  if (borrowed === 0n) return 0n;
  const earned = rayMul(rate, rayDiv(borrowed, supplied));
  return (earned * BigInt(Bps.ONE - curve.reserveFactor) + 5_000n) / 10_000n;
}

/** Half an atom of ray rounds up, as in the contract: no one is favoured, and no one has to be told. */
function rayMul(a: bigint, b: bigint): bigint {
  return (a * b + RAY / 2n) / RAY;
}

function rayDiv(a: bigint, b: bigint): bigint {
  return (a * RAY + b / 2n) / b;
}

/** Refuse a curve that is none. Throws MarketError. */
export function check({ base, slopeBelow, slopeAbove, kink, reserveFactor }: Kinked): void {
  for (const [path, value] of Object.entries({ base, slopeBelow, slopeAbove })) checkAtLeast(value, 0n, path);
  if (kink <= 0n || kink >= RAY) throw new MarketError('kink', `${kink}`, 'give a ray above 0 and below 1e27');
  if (!Number.isSafeInteger(reserveFactor) || reserveFactor < 0 || reserveFactor > Bps.ONE) {
    throw new MarketError('reserveFactor', String(reserveFactor), 'give whole basis points in [0, 10000]');
  }
}
