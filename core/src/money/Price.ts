// What one token is worth in the unit of account, exactly.

import { divDown, ONE, parse as parseDecimal } from './Fixed.ts';

/** D18{USD/tok}: dollars per whole token with 18 decimals, > 0. */
export type Price = bigint;

/** D18{USD}: dollars with 18 decimals; negative for a loss. */
export type Usd = bigint;

/** Read decimal text such as `1897.25` into D18. Throws FixedError on anything else. */
export function parse(text: string): bigint {
  return parseDecimal(text, 18);
}

/** Write dollars for a person: whole dollars from $100 up, cents below, thousands grouped. For reading only: rounded. */
export function dollars(usd: Usd): string {
  const size = usd < 0n ? -usd : usd;
  const cents = divDown(size * 100n + ONE / 2n, ONE);
  const whole = cents >= 10_000n ? divDown(size + ONE / 2n, ONE) : cents / 100n;
  const grouped = whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = cents >= 10_000n ? '' : `.${(cents % 100n).toString().padStart(2, '0')}`;
  return `${usd < 0n ? '−' : ''}$${grouped}${fraction}`;
}
