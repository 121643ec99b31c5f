// A variance that forgets, in the integers of the contracts' `Ewma`: v' = λv + (1 − λ)r²/t with λ = memory/(memory + t).
// Variance is per second, D36{1/s}.

import { max, min, ONE, sqrtDown } from '../../money/Fixed.ts';
import type { Price } from '../../money/Price.ts';
import { D18_A_BPS, DAY, WHOLE } from './Scale.ts';

/** Measure a return without its sign, and no more than `most` of it. `before` > 0. D18{1}. */
export function returnDown(before: Price, now: Price, most: bigint): bigint {
  const move = now > before ? now - before : before - now;
  return move > (before * most) / ONE ? most : (move * ONE) / before;
}

/** Follow the variance over one return, `elapsed` {s} after the last; `memory` {s} in which weight falls to 1/e. D36{1/s}. */
export function nextDown(variance: bigint, size: bigint, elapsed: bigint, memory: bigint): bigint {
  return (memory * variance + size * size) / (memory + elapsed);
}

/** Convert to the volatility of a day. D18{1/√day}. */
export function dailyDown(variance: bigint): bigint {
  return sqrtDown(variance * DAY);
}

/** Convert from the volatility of a day {bps/√day}. D36{1/s}. */
export function startDown(daily: bigint): bigint {
  return (daily * D18_A_BPS) ** 2n / DAY;
}

/** Draw a band of `multiplier` {bps} times the volatility of a day, between two bounds {bps}. D18{1} of NAV. */
export function band(variance: bigint, multiplier: bigint, least: bigint, most: bigint): bigint {
  const free = (dailyDown(variance) * multiplier) / WHOLE;
  return min(most * D18_A_BPS, max(least * D18_A_BPS, free));
}
