// How far a weight may drift before trading it back is worth what the trade costs, for one deviation at a time.
// All rules come from one argument: the deviation x is a Brownian motion, being off target costs ½qx² a year, and a
// trade starts a new cycle. Right to leading order in the cost; Renewal.ts holds the exact answers.

import { at, checkInside, checkSameLength, ForecastError } from '../../forecast/Numbers.ts';

/**
 * State what drives one deviation and what a trade costs. A deviation in weight is {1}: the variance rate of one asset
 * against the rest is C = (s·w(1 − w))², see `varianceOf`; the curvature of a tracking or utility penalty is q = γσ².
 * A deviation in money is {USD}: then C is {USD²/yr}, q {1/(USD·yr)} and the fixed cost {USD}.
 */
export type Setting = {
  /** C, the variance of the deviation a year {1/yr}, above zero. */
  readonly variance: number;
  /** q of the running penalty ½qx² {1/yr}, above zero. */
  readonly curvature: number;
  /** k, the one-way cost as a share of what is traded {1} [0, 1): half the spread and the fee. */
  readonly proportional: number;
  /** F, the cost of any trade {1}, a share of the portfolio's value such as gas / value; at least 0. */
  readonly fixed: number;
};

/** Hold a region: trade where the deviation reaches ±`trigger`, to ±`landing` on the same side; `cost` {1/yr} in all. */
export type NoTrade = { readonly trigger: number; readonly landing: number; readonly cost: number };

/** Hold what a region costs a year, and what of it is the penalty and the trading; trades a year {1/yr}, 0 where only edges are trimmed. */
export type Rate = {
  readonly penalty: number;
  readonly trading: number;
  readonly cost: number;
  readonly trades: number;
};

/**
 * Find the region of least cost: trigger h and landing b solve (h − b)³(h + b) = 12FC/q and hb(h + b) = 3kC/q, the
 * smooth-fit conditions of impulse control (Constantinides and Richard, 1978; Harrison, Sellke and Taylor, 1983).
 * Without a fixed cost b = h = (3kC/(2q))^⅓, without a proportional one b = 0 and h = (12FC/q)^¼; without either
 * every deviation is worth a trade. Throws ForecastError.
 */
export function of(setting: Setting): NoTrade {
  const { variance, curvature, proportional, fixed } = checked(setting);
  const quartic = (12 * fixed * variance) / curvature;
  const cubic = (3 * proportional * variance) / curvature;
  const sum = sumOfEdges(quartic, cubic);
  if (sum === 0) return { trigger: 0, landing: 0, cost: 0 };
  const gap = Math.cbrt(quartic / sum);
  const trigger = (sum + gap) / 2;
  // Not (sum − gap)/2, of which nothing is left where the landing is near the target.
  const landing = gap === 0 ? trigger : cubic / (trigger * sum);
  return { trigger, landing, cost: (curvature * (trigger ** 2 + trigger * landing + landing ** 2)) / 6 };
}

/**
 * Compute what any region costs: q(h² + b²)/12 of penalty and C(F + k(h − b))/(h² − b²) of trading; kC/(2h) where
 * the landing is the trigger itself, which a fixed cost makes dear beyond bounds. Throws ForecastError.
 */
export function rate(setting: Setting, { trigger, landing }: Pick<NoTrade, 'trigger' | 'landing'>): Rate {
  const { variance, curvature, proportional, fixed } = checked(setting);
  checkInside(trigger, 0, Infinity, 'trigger');
  if (!(landing >= 0 && landing <= trigger)) {
    throw new ForecastError('landing', `${landing}`, `give a number from 0 to the trigger, ${trigger}`);
  }
  const penalty = (curvature * (trigger ** 2 + landing ** 2)) / 12;
  const trades = landing === trigger ? 0 : variance / (trigger ** 2 - landing ** 2);
  const paid = landing === trigger && fixed > 0 ? Infinity : trades * fixed;
  const trading = paid + (proportional * variance) / (trigger + landing);
  return { penalty, trading, cost: penalty + trading, trades };
}

/** Compute C = (s·w(1 − w))² {1/yr}: the variance rate of a weight w, s the volatility {1/√yr} of its price against the rest. */
export function varianceOf(weight: number, volatility: number): number {
  checkInside(weight, 0, 1, 'weight');
  checkInside(volatility, 0, Infinity, 'volatility');
  return (volatility * weight * (1 - weight)) ** 2;
}

/**
 * Give every asset the region it would have alone, with its own C_ii and Q_ii and the whole fixed cost: the practical
 * rule for assets that move together, trading one at a time to its landing. It leaves out what the others' deviations
 * add to an asset's risk: 5.3 % above the least cost for two assets of correlation 0.6. Throws ForecastError.
 */
export function perAsset(
  covariance: readonly (readonly number[])[],
  curvature: readonly (readonly number[])[],
  proportional: readonly number[],
  fixed: number,
): readonly NoTrade[] {
  checkSameLength(covariance, curvature, 'curvature');
  checkSameLength(covariance, proportional, 'proportional');
  return proportional.map((cost, i) =>
    of({ variance: at(at(covariance, i), i), curvature: at(at(curvature, i), i), proportional: cost, fixed }),
  );
}

/** Refuse a setting that no region belongs to, and give it back. Throws ForecastError. */
export function checked(setting: Setting): Setting {
  const { variance, curvature, proportional, fixed } = setting;
  checkInside(variance, 0, Infinity, 'variance');
  checkInside(curvature, 0, Infinity, 'curvature');
  if (!(proportional >= 0 && proportional < 1)) {
    throw new ForecastError('proportional', `${proportional}`, 'give a share of what is traded from 0 to below 1');
  }
  if (!(fixed >= 0 && fixed < Infinity)) {
    throw new ForecastError('fixed', `${fixed}`, 'give a cost of at least 0');
  }
  return setting;
}

/** Solve s³ − (A²s)^⅓ = 4B for s = h + b by Newton's steps from above, where the curve is convex and they cannot overshoot. */
function sumOfEdges(quartic: number, cubic: number): number {
  let sum = quartic ** 0.25 + Math.cbrt(4 * cubic);
  if (quartic === 0 || cubic === 0) return cubic === 0 ? quartic ** 0.25 : Math.cbrt(4 * cubic);
  const power = Math.cbrt(quartic) ** 2;
  for (let step = 0; step < 100; step++) {
    const root = Math.cbrt(sum);
    const less = (sum ** 3 - power * root - 4 * cubic) / (3 * sum ** 2 - power / (3 * root ** 2));
    sum -= less;
    if (Math.abs(less) <= 1e-16 * sum) break;
  }
  return sum;
}
