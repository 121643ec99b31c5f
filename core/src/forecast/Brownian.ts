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
  const steep = (2 * drift) / variance;
  // A slope that is hardly a number would be a ratio of two rounded zeros.
  const slope = Math.abs(steep) * Math.min(up, down) < 1e-200 ? 0 : steep;
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

/** −ζ(½)/√(2π) {1}. */
const LATE = 0.582_597_157_939_010_6;

/**
 * Move the barriers outward for one who looks only every `step` {yr}, and so sees the motion leave late, by
 * 0.5826·s·√step: −ζ(½)/√(2π) of a step's deviation (Broadie, Glasserman and Kou, 1997). Throws ForecastError.
 */
export function watchedEvery(step: number, corridor: Corridor): Corridor {
  if (!(step >= 0 && step < Infinity)) throw new ForecastError('step', String(step), 'give a time of at least 0');
  const shift = LATE * corridor.volatility * Math.sqrt(step);
  return { ...corridor, up: corridor.up + shift, down: corridor.down + shift };
}

/**
 * Compute E[e^{−ρτ}; leaves upwards] and the same downwards {1}, ρ {1/yr} the rate of discount: e^{νu}·sinh(δd)/sinh(δ(u + d))
 * with ν = m/s², δ² = ν² + 2ρ/s² (Borodin and Salminen, 2002, 2.3.0.5). ρ may be negative, down to where the
 * expectation is infinite; from there on it is Infinity. Throws ForecastError.
 */
export function discounted(
  { up, down, drift, volatility }: Corridor,
  rate: number,
): { readonly up: number; readonly down: number } {
  checkInside(up, 0, Infinity, 'up');
  checkInside(down, 0, Infinity, 'down');
  checkInside(volatility, 0, Infinity, 'volatility');
  checkInside(drift, -Infinity, Infinity, 'drift');
  checkInside(rate, -Infinity, Infinity, 'rate');
  const tilt = drift / volatility ** 2;
  const square = tilt ** 2 + (2 * rate) / volatility ** 2;
  return {
    up: tiltedRatio(tilt * up, down, up + down, square),
    down: tiltedRatio(-tilt * down, up, up + down, square),
  };
}

/**
 * e^lift·sinh(δx)/sinh(δy) for δ² of either sign, x < y: below zero it is a ratio of sines, which ends at δy = π. The
 * exponents are added before they are taken: each by itself may be too large or too small for a number.
 */
function tiltedRatio(lift: number, x: number, y: number, square: number): number {
  const delta = Math.sqrt(Math.abs(square));
  if (delta * y < 1e-6) return (Math.exp(lift) * x) / y;
  if (square > 0) return (Math.exp(lift + delta * (x - y)) * Math.expm1(-2 * delta * x)) / Math.expm1(-2 * delta * y);
  return delta * y < Math.PI ? (Math.exp(lift) * Math.sin(delta * x)) / Math.sin(delta * y) : Infinity;
}
