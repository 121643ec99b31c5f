// e^x for money: two integers with the true value between them, so that whoever rounds knows for whom.

import { MarketError } from './Terms.ts';

/** Bound e^x from both sides. D60{1}. */
export type Bounds = { readonly down: bigint; readonly up: bigint };

/** One, as the bounds write it. */
export const SCALE = 10n ** 60n;

/** Twenty digits more than are kept, for what the steps in between round. */
const GUARD = 10n ** 20n;
const WORK = SCALE * GUARD;
const HALVINGS = 20n;
const FURTHEST = 200n;

/**
 * Bound e^x for x D18{1} in [-200e18, 200e18]: Taylor's series of x/2^k, squared k times. The bounds are within one part
 * in 10^59 and a unit of each other. Throws MarketError outside.
 */
export function bounds(x: bigint): Bounds {
  if (x > FURTHEST * 10n ** 18n || x < -FURTHEST * 10n ** 18n) {
    throw new MarketError('exponent', `${x}`, `give at most ±${FURTHEST}, as D18`);
  }
  // 2^8 is above the furthest exponent, so that the series is of a number below 2^-20.
  const halvings = HALVINGS + 8n;
  const small = (x * (WORK / 10n ** 18n)) >> halvings;
  let [term, value] = [WORK, WORK];
  for (let order = 1n; term !== 0n && term !== -1n; order++) {
    term = (term * small) / WORK / order;
    value += term;
  }
  for (let step = 0n; step < halvings; step++) value = (value * value) / WORK;
  const kept = value / GUARD;
  // The squarings grow a relative error of 10^-78 to less than 10^-68; what is left out below covers it many times.
  const margin = kept / 10n ** 60n + 1n;
  return { down: kept > margin ? kept - margin : 0n, up: kept + margin };
}
