// How far and how fast to follow a forecast that fades while one trades towards it: not to where it points today, but to
// where it will have pointed over the time that the position is held. Slow forecasts count for more.

import { check, checkInside, ForecastError } from '../../forecast/Numbers.ts';
import * as Matrix from '../../forecast/Matrix.ts';

/**
 * State the trade-off a step: risk costs ½γ x'Σx, trading ½λ Δx'ΣΔx, and the next step counts 1 − ρ of this one.
 * `aversion` γ and `impact` λ above zero, `discount` ρ in [0, 1).
 */
export type Tradeoff = { readonly aversion: number; readonly impact: number; readonly discount: number };

/** Compute the share a/λ {1} of the way to the aim that is traded at each step (Gârleanu and Pedersen 2013, proposition 3). */
export function rate(tradeoff: Tradeoff): number {
  return stiffness(tradeoff) / tradeoff.impact;
}

/**
 * Compute the share of a forecast {1} that is worth aiming at if it fades by the share `fading` [0, 1] at each step:
 * 1 / (1 + φa/γ), one factor of the aim below.
 */
export function worth(tradeoff: Tradeoff, fading: number): number {
  if (!(fading >= 0 && fading <= 1)) throw new ForecastError('fading', `${fading}`, 'give a share in [0, 1]');
  return 1 / (1 + (fading * stiffness(tradeoff)) / tradeoff.aversion);
}

/** State returns that follow factors, r = Bf + noise, and how the factors fade, Δf = −Φf + noise, all a step. */
export type Factors = {
  /** Σ of the noise in returns. */
  readonly covariance: Matrix.Matrix;
  /** B: one row per asset, one column per factor. */
  readonly loadings: Matrix.Matrix;
  /** Φ: one row and column per factor. */
  readonly fading: Matrix.Matrix;
  /** f */
  readonly factors: readonly number[];
};

/** Compute the aim (γΣ)⁻¹B(I + Φa/γ)⁻¹f (Gârleanu and Pedersen 2013, proposition 4, for Λ = λΣ). Throws ForecastError. */
export function aim(tradeoff: Tradeoff, { covariance, loadings, fading, factors }: Factors): readonly number[] {
  Matrix.checkSquare(covariance, 'covariance');
  Matrix.checkSquare(fading, 'fading');
  check(factors, 'factors', fading.length);
  const { aversion } = tradeoff;
  const held = stiffness(tradeoff) / aversion;
  const slowed = Matrix.identity(fading.length).map((row, i) =>
    row.map((value, j) => value + held * Matrix.entry(fading, i, j)),
  );
  const expected = Matrix.times(loadings, Matrix.solve(slowed, factors));
  return Matrix.solve(covariance, expected).map((value) => value / aversion);
}

/** a, the curvature of what a position is worth: the positive root of (1 − ρ)a² + ga = γλ(1 − ρ), g = γ(1 − ρ) + λρ. */
function stiffness({ aversion, impact, discount }: Tradeoff): number {
  checkInside(aversion, 0, Infinity, 'aversion');
  checkInside(impact, 0, Infinity, 'impact');
  if (!(discount >= 0 && discount < 1)) throw new ForecastError('discount', `${discount}`, 'give a share in [0, 1)');
  const rest = 1 - discount;
  const g = aversion * rest + impact * discount;
  return (2 * aversion * impact * rest) / (g + Math.sqrt(g ** 2 + 4 * aversion * impact * rest ** 2));
}
