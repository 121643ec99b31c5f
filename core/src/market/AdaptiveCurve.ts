// The rate curve of Morpho Blue: steep around a target utilisation of 90 %, and drifting towards whatever rate keeps it
// there. Integers as in morpho-blue-irm's AdaptiveCurveIrm, its coarse exponential included; beside them, as beliefs,
// the smooth functions that those integers approximate.

import { max, min } from '../money/Fixed.ts';
import { YEAR, type Seconds } from '../money/Time.ts';
import { checkAtLeast, checkCount, checkPositive, checkWithin, MarketError } from './Terms.ts';

/** State an adaptive curve: the rate at target utilisation, D18{1/s}, and the market's fee on interest, D18{1} [0, 1e18). */
export type AdaptiveCurve = { readonly kind: 'adaptive-curve'; readonly rateAtTarget: bigint; readonly fee: bigint };

/** State the average rate over a time, D18{1/s}, and the curve after it. */
export type Adapted = { readonly average: bigint; readonly after: AdaptiveCurve };

const WAD = 10n ** 18n;
/** D18{1}: the utilisation that the rate at target keeps. */
export const TARGET = 9n * 10n ** 17n;
/** The rate at full utilisation is this many times the one at target, and the one at none its fraction. D18{1}. */
const STEEPNESS = 4n * WAD;
const SECONDS = BigInt(YEAR);
/** D18{1/s}: 50 a year. */
const SPEED = (50n * WAD) / SECONDS;
/** D18{1/s}: 0.1 % and 200 % a year. */
const LOWEST = WAD / 1_000n / SECONDS;
const HIGHEST = (2n * WAD) / SECONDS;
/** D18{1}: the contract's ln 2, ln 1e-18, and the bound above which its exponential stays what it is there. */
const LN_2 = 693_147_180_559_945_309n;
const LN_WEI = -41_446_531_673_892_822_312n;
const EXP_BOUND = 93_859_467_695_000_404_319n;
const EXP_HIGHEST = 57_716_089_161_558_943_949_701_069_502_944_508_345_128_422_502_756_744_429_568n;

/** Measure how far utilisation is from its target, D18{1} [-1e18, 1e18], rounded towards zero. */
export function errorAt(supplied: bigint, borrowed: bigint): bigint {
  checkAtLeast(borrowed, 0n, 'borrowed');
  checkAtLeast(supplied, borrowed, 'supplied');
  const usage = supplied > 0n ? (borrowed * WAD) / supplied : 0n;
  return ((usage - TARGET) * WAD) / (usage > TARGET ? WAD - TARGET : TARGET);
}

/** Compute the rate on the curve, in the unit of `rateAtTarget`: four times it at full utilisation, a quarter at none. */
export function rateAt(rateAtTarget: bigint, error: bigint): bigint {
  const steepness = error < 0n ? WAD - (WAD * WAD) / STEEPNESS : STEEPNESS - WAD;
  return (((steepness * error) / WAD + WAD) * rateAtTarget) / WAD;
}

/**
 * Compute what borrowers pay on average over `elapsed` {s} at an unchanged utilisation, and how the curve has moved.
 * The average is the contract's: the trapezoidal rule over two halves.
 */
export function adapt(curve: AdaptiveCurve, supplied: bigint, borrowed: bigint, elapsed: Seconds): Adapted {
  check(curve);
  checkCount(elapsed, 'elapsed');
  const start = curve.rateAtTarget;
  const error = errorAt(supplied, borrowed);
  const adaptation = ((SPEED * error) / WAD) * BigInt(elapsed);
  // Where nothing moves, the contract does not even bound the rate that it has.
  const [middle, end] = adaptation === 0n ? [start, start] : [moved(start, adaptation / 2n), moved(start, adaptation)];
  return { average: rateAt((start + end + 2n * middle) / 4n, error), after: { ...curve, rateAtTarget: end } };
}

/** Believe the rate at target after `years` at an error {1} [-1, 1], in the unit of `rateAtTarget` {1/yr}: r·e^(50·e·t), bounded. */
export function expected(rateAtTarget: number, error: number, years: number): number {
  checkPositive(rateAtTarget, 'rateAtTarget');
  return Math.min(2, Math.max(0.001, rateAtTarget * Math.exp(exponent(error, years))));
}

/** Believe how many times its first value the rate is on average over `years`: (e^x − 1)/x, x = 50·e·t, bounds left out. */
export function growth(error: number, years: number): number {
  const x = exponent(error, years);
  return x === 0 ? 1 : Math.expm1(x) / x;
}

function exponent(error: number, years: number): number {
  checkWithin(error, -1, 1, 'error');
  checkWithin(years, 0, Number.MAX_VALUE, 'years');
  return 50 * error * years;
}

function moved(start: bigint, adaptation: bigint): bigint {
  return min(HIGHEST, max(LOWEST, (start * exponential(adaptation)) / WAD));
}

/** The contract’s e^x: powers of two times a parabola, from 0.5 % below the true value to 1 % above it. */
function exponential(x: bigint): bigint {
  if (x < LN_WEI) return 0n;
  if (x >= EXP_BOUND) return EXP_HIGHEST;
  const powers = (x + (x < 0n ? -(LN_2 / 2n) : LN_2 / 2n)) / LN_2;
  const rest = x - powers * LN_2;
  const parabola = WAD + rest + (rest * rest) / WAD / 2n;
  return powers >= 0n ? parabola << powers : parabola >> -powers;
}

/** Refuse a curve that is none. Throws MarketError. */
export function check({ rateAtTarget, fee }: AdaptiveCurve): void {
  checkAtLeast(rateAtTarget, 1n, 'rateAtTarget');
  if (fee < 0n || fee >= WAD) throw new MarketError('fee', `${fee}`, 'give a D18 share in [0, 1e18)');
}
