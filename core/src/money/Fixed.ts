// Exact integer arithmetic with the rounding in the name. Money is never rounded by accident:
// a caller has to write `Down` or `Up`, and so has to know who loses the fraction.

/** State one with 18 decimals: the scale of every price, dollar and weight that is a bigint. D18{1}. */
export const ONE = 10n ** 18n;

const POWERS: readonly bigint[] = Array.from({ length: 73 }, (_, exponent) => 10n ** BigInt(exponent));

/** Raise ten to a power in [0, 72], the widest any two assets' decimals can add up to. */
export function pow10(exponent: number): bigint {
  const power = POWERS[exponent];
  if (power === undefined) throw new FixedError(`10^${exponent} was asked for`, 'an integer exponent in [0, 72]');
  return power;
}

/** Divide towards minus infinity; `denominator` > 0. */
export function divDown(numerator: bigint, denominator: bigint): bigint {
  // One division, not a remainder too: this is the inner loop of every quote.
  return numerator < 0n ? (numerator + 1n) / denominator - 1n : numerator / denominator;
}

/** Divide towards plus infinity; `denominator` > 0. */
export function divUp(numerator: bigint, denominator: bigint): bigint {
  return numerator > 0n ? (numerator - 1n) / denominator + 1n : numerator / denominator;
}

/** Compute a·b/denominator towards minus infinity; `denominator` > 0. */
export function mulDivDown(a: bigint, b: bigint, denominator: bigint): bigint {
  return divDown(a * b, denominator);
}

/** Compute a·b/denominator towards plus infinity; `denominator` > 0. */
export function mulDivUp(a: bigint, b: bigint, denominator: bigint): bigint {
  return divUp(a * b, denominator);
}

/** Take the largest integer whose square is at most `n` ≥ 0 (Newton's iteration from above). */
export function sqrtDown(n: bigint): bigint {
  if (n < 0n) throw new FixedError(`the square root of ${n} was asked for`, 'a number that is not negative');
  if (n < 2n) return n;
  let root = 1n << BigInt(2 * n.toString(16).length);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Return the smaller of two. */
export function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Return the larger of two. */
export function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/**
 * Read decimal text such as `-12.5` into an integer with `decimals` decimals.
 * Throws FixedError on anything else, and on digits that the scale would lose: nothing is rounded on the way in.
 */
export function parse(text: string, decimals: number): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '')
    throw new FixedError(`"${text}" is not a decimal number`, 'digits with at most one point, such as 12.5');
  if (fraction.replace(/0+$/, '').length > decimals) {
    throw new FixedError(`"${text}" has more than ${decimals} decimals`, `at most ${decimals} digits after the point`);
  }
  const size = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return sign === '-' ? -size : size;
}

/** Write an integer with `decimals` decimals as exact decimal text, without trailing zeros. */
export function format(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - decimals);
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Report arithmetic that was asked for outside its domain. */
export class FixedError extends Error {
  override readonly name = 'FixedError';
  readonly next = 'halt';
  constructor(what: string, wanted: string) {
    super(`${what}; give ${wanted}`);
  }
}
