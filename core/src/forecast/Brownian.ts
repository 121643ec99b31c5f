// How long a Brownian motion stays between two barriers, and by which it leaves: the clock of every band.

import { checkInside, ForecastError } from './Numbers.ts';

/** State a Brownian motion that starts at zero: `up` and `down` are the distances to its barriers, both above zero. */
export type Corridor = {
  readonly up: number;
  readonly down: number;
  /** Drift {1/yr}. */
  readonly drift: number;
  /** Volatility {1/√yr}, above zero. */
  readonly volatility: number;
};

/** Say how likely it leaves upwards {1}, and after what time on average {yr}. */
export type Exit = { readonly up: number; readonly time: number };

/**
 * Find where and when the motion leaves: P(up) = (1 − e^{κd})/(e^{−κu} − e^{κd}) with κ = 2m/s², and
 * E τ = (u·P(up) − d·P(down))/m, or u·d/s² without drift (Karatzas and Shreve, 1991, section 5.5). Throws ForecastError.
 */
export function exit({ up, down, drift, volatility }: Corridor): Exit {
  checkInside(up, 0, Infinity, 'up');
  checkInside(down, 0, Infinity, 'down');
  checkInside(volatility, 0, Infinity, 'volatility');
  if (!Number.isFinite(drift)) throw new ForecastError('drift', String(drift), 'give a finite number');
  const variance = volatility ** 2;
  const slope = (2 * drift) / variance;
  // Exponents are kept below zero, where they cannot overflow.
  const upwards =
    slope > 0
      ? Math.expm1(-slope * down) / Math.expm1(-slope * (up + down))
      : 1 - (slope < 0 ? Math.expm1(slope * up) / Math.expm1(slope * (up + down)) : up / (up + down));
  // Near no drift the difference below would lose its digits; the first two terms in the drift are exact to 1e-11 there.
  if (Math.abs(slope) * (up + down) < 1e-5) {
    return { up: upwards, time: ((up * down) / variance) * (1 + (slope * (up - down)) / 6) };
  }
  return { up: upwards, time: (up * upwards - down * (1 - upwards)) / drift };
}
