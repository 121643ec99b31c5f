// Where a trade costs the square of its size (price impact), nothing is worth a jump: one trades all the time, a share of the
// gap at once (Gârleanu and Pedersen, 2013).

import { checkInside } from '../../forecast/Numbers.ts';

/** State a deviation that is looked at every `step` {yr} and moves by variance `variance` in between {1}; a trade u costs `impact`·u² {1}. */
export type Stepwise = {
  readonly curvature: number;
  readonly step: number;
  readonly impact: number;
  readonly variance: number;
};

/** Hold the share of the gap to trade at every step {1} (0, 1), and the cost of a step {1}. */
export type Share = { readonly share: number; readonly cost: number };

/**
 * Find the share θ = P/c, where Px² is the cost of a gap x from here on: P = (√(A² + 4cA) − A)/2 with A = ½qΔ solves
 * P = c(A + P)/(c + A + P), and a step costs P·Var. A pool with X {USD} on the side paid in charges c = 1/X.
 * Throws ForecastError.
 */
export function stepwise({ curvature, step, impact, variance }: Stepwise): Share {
  checkInside(curvature, 0, Infinity, 'curvature');
  checkInside(step, 0, Infinity, 'step');
  checkInside(impact, 0, Infinity, 'impact');
  checkInside(variance, 0, Infinity, 'variance');
  const penalty = (curvature * step) / 2;
  // 2cA/(A + √…) is the same root without the difference of near equals.
  const value = (2 * impact * penalty) / (penalty + Math.sqrt(penalty ** 2 + 4 * impact * penalty));
  return { share: value / impact, cost: value * variance };
}

/** State a deviation of variance rate C {1/yr} traded at a rate u {1/yr}, at a cost of `impact`·u² {1/yr}. */
export type Continuous = { readonly curvature: number; readonly impact: number; readonly variance: number };

/** Hold the share of the gap to trade a year {1/yr}, and the cost {1/yr}, half of it impact. */
export type Pace = { readonly rate: number; readonly cost: number };

/** Find the rate κ = √(q/(2Λ)) of least cost, C√(qΛ/2). Throws ForecastError. */
export function continuous({ curvature, impact, variance }: Continuous): Pace {
  checkInside(curvature, 0, Infinity, 'curvature');
  checkInside(impact, 0, Infinity, 'impact');
  checkInside(variance, 0, Infinity, 'variance');
  return { rate: Math.sqrt(curvature / (2 * impact)), cost: variance * Math.sqrt((curvature * impact) / 2) };
}
