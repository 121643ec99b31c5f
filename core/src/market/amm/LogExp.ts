// Powers of 18-decimal numbers as Balancer's contracts compute them: the same tables, the same truncated series, the
// same margin of error, because a swap quoted with a better power would differ from the one that settles.
// Source of the method and its constants: Balancer, LogExpMath.sol and FixedPoint.sol (2021, as of Weighted Pool v2).

import { FixedError, mulDivDown, mulDivUp, ONE } from '../../money/Fixed.ts';

const ONE_20 = 10n ** 20n;
const ONE_36 = 10n ** 36n;

/** Bounds of exp's argument, D18: what lies outside does not fit the contract's word. */
const MIN_EXPONENT = -41n * ONE;
const MAX_EXPONENT = 130n * ONE;

/** Between these, D18, the logarithm is taken with 36 digits: it is near zero, and 18 would leave few. */
const NEAR_ONE_LOW = ONE - ONE / 10n;
const NEAR_ONE_HIGH = ONE + ONE / 10n;

/** What a power may be off by, D18{1}: powDown and powUp move by this much to be sure of their side. */
const MAX_RELATIVE_ERROR = 10_000n;

type Entry = { readonly exponent: bigint; readonly power: bigint };

/** Exponents of D18 and their powers as whole numbers. */
const WHOLE: readonly Entry[] = [
  { exponent: 128n * ONE, power: 38877084059945950922200000000000000000000000000000000000n },
  { exponent: 64n * ONE, power: 6235149080811616882910000000n },
];

/** Exponents of D20, halving from 32, and their powers in D20. */
const SCALED: readonly Entry[] = [
  7896296018268069516100000000000000n,
  888611052050787263676000000n,
  298095798704172827474000n,
  5459815003314423907810n,
  738905609893065022723n,
  271828182845904523536n,
  164872127070012814685n,
  128402541668774148407n,
  113314845306682631683n,
  106449445891785942956n,
].map((power, index) => ({ exponent: (32n * ONE_20) >> BigInt(index), power }));

/** How many of the scaled entries exp uses; the last two serve the logarithm only. */
const EXP_ENTRIES = SCALED.slice(0, 8);

/** Raise x to y, both D18, to no more than the true power. Throws FixedError outside the contract's domain. */
export function powDown(x: bigint, y: bigint): bigint {
  if (y === ONE) return x;
  if (y === 2n * ONE) return mulDivDown(x, x, ONE);
  if (y === 4n * ONE) {
    const square = mulDivDown(x, x, ONE);
    return mulDivDown(square, square, ONE);
  }
  const raw = pow(x, y);
  const error = margin(raw);
  return raw < error ? 0n : raw - error;
}

/** Raise x to y, both D18, to no less than the true power. Throws FixedError outside the contract's domain. */
export function powUp(x: bigint, y: bigint): bigint {
  if (y === ONE) return x;
  if (y === 2n * ONE) return mulDivUp(x, x, ONE);
  if (y === 4n * ONE) {
    const square = mulDivUp(x, x, ONE);
    return mulDivUp(square, square, ONE);
  }
  const raw = pow(x, y);
  return raw + margin(raw);
}

function margin(raw: bigint): bigint {
  return mulDivUp(raw, MAX_RELATIVE_ERROR, ONE) + 1n;
}

/** Raise x to y, both D18 and not negative, as e^(y·ln x). Throws FixedError outside the contract's domain. */
export function pow(x: bigint, y: bigint): bigint {
  if (x < 0n || y < 0n) throw new FixedError(`${x}^${y} was asked for`, 'a base and an exponent that are not negative');
  if (y === 0n) return ONE;
  if (x === 0n) return 0n;
  return exp(scaledLog(x, y) / ONE);
}

/** y·ln(x) with 36 digits: the two halves of the long logarithm are multiplied apart, as a word holds no more. */
function scaledLog(x: bigint, y: bigint): bigint {
  if (!isNearOne(x)) return longLog(x) * y;
  const log = logNearOne(x);
  return (log / ONE) * y + ((log % ONE) * y) / ONE;
}

/** Raise e to a D18 exponent in [-41, 130]. Throws FixedError outside. */
export function exp(exponent: bigint): bigint {
  if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
    throw new FixedError(`e^(${exponent}/1e18) was asked for`, 'an exponent in [-41, 130]');
  }
  if (exponent < 0n) return (ONE * ONE) / exp(-exponent);
  let rest = exponent;
  const first = WHOLE.find((entry) => rest >= entry.exponent);
  if (first !== undefined) rest -= first.exponent;
  rest *= 100n;
  let product = ONE_20;
  for (const entry of EXP_ENTRIES) {
    if (rest < entry.exponent) continue;
    rest -= entry.exponent;
    product = (product * entry.power) / ONE_20;
  }
  let term = rest;
  let sum = ONE_20 + term;
  for (let order = 2n; order <= 12n; order++) {
    term = (term * rest) / ONE_20 / order;
    sum += term;
  }
  return (((product * sum) / ONE_20) * (first?.power ?? 1n)) / 100n;
}

/** Take the natural logarithm of a D18 number above zero. Throws FixedError at or below zero. */
export function ln(x: bigint): bigint {
  if (x <= 0n) throw new FixedError(`the logarithm of ${x} was asked for`, 'a number above zero');
  return isNearOne(x) ? logNearOne(x) / ONE : longLog(x);
}

function isNearOne(x: bigint): boolean {
  return NEAR_ONE_LOW < x && x < NEAR_ONE_HIGH;
}

/** The logarithm of a D18 number, by dividing it by powers of e until the series converges. D18. */
function longLog(x: bigint): bigint {
  if (x < ONE) return -longLog((ONE * ONE) / x);
  let rest = x;
  let sum = 0n;
  for (const { exponent, power } of WHOLE) {
    if (rest < power * ONE) continue;
    rest /= power;
    sum += exponent;
  }
  sum *= 100n;
  rest *= 100n;
  for (const { exponent, power } of SCALED) {
    if (rest < power) continue;
    rest = (rest * ONE_20) / power;
    sum += exponent;
  }
  return (sum + series(rest, ONE_20, 11n)) / 100n;
}

/** The logarithm of a D18 number within a tenth of one, with 36 digits. */
function logNearOne(x: bigint): bigint {
  return series(x * ONE, ONE_36, 15n);
}

/** ln(x) = 2·(z + z³/3 + z⁵/5 + …) with z = (x − 1)/(x + 1), every term truncated as the contract does. */
function series(x: bigint, one: bigint, last: bigint): bigint {
  const z = ((x - one) * one) / (x + one);
  const square = (z * z) / one;
  let power = z;
  let sum = z;
  for (let order = 3n; order <= last; order += 2n) {
    power = (power * square) / one;
    sum += power / order;
  }
  return sum * 2n;
}
