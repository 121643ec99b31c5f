// How much to keep on each chain: a stock that flows shift at random, moving which costs a fixed fee, a share and time. All
// amounts in USD as numbers: they are beliefs about flows. The region of trigger and landing for an imbalance is
// NoTrade.of, in USD.

import * as Normal from '../../forecast/Normal.ts';
import { checkInside } from '../../forecast/Numbers.ts';

/** State a stock whose changes have variance `variance` {USD²/period}: a transfer costs `fixed` {USD}, holding `holding` {1/period} of it. */
export type CashBalance = { readonly fixed: number; readonly holding: number; readonly variance: number };

/** Hold where to return to {USD}, the upper limit that makes it due (zero is the lower one), the average stock and the cost {USD/period}. */
export type CashLimits = {
  readonly target: number;
  readonly upper: number;
  readonly average: number;
  readonly cost: number;
};

/** Find the limits of Miller and Orr, 1966: target z = (3bσ²/(4i))^⅓, upper 3z, average 4z/3. Throws ForecastError. */
export function cashLimits({ fixed, holding, variance }: CashBalance): CashLimits {
  checkInside(fixed, 0, Infinity, 'fixed');
  checkInside(holding, 0, Infinity, 'holding');
  checkInside(variance, 0, Infinity, 'variance');
  const target = Math.cbrt((3 * fixed * variance) / (4 * holding));
  const average = (4 * target) / 3;
  return { target, upper: 3 * target, average, cost: (fixed * variance) / (2 * target ** 2) + holding * average };
}

/** State demand on one chain while a transfer is under way: deviation {USD/√t}, latency {t} in the same unit of time, service level (0, 1). */
export type Demand = { readonly deviation: number; readonly latency: number; readonly service: number };

/** Hold the stock to keep {USD} and the demand {USD} that still goes unmet on average in one transfer. */
export type SafetyStock = { readonly buffer: number; readonly shortage: number };

/** Find the stock z·sd√L that meets demand with probability `service`, and the shortage sd√L(φ(z) − z(1 − Φ(z))). Throws ForecastError. */
export function safetyStock({ deviation, latency, service }: Demand): SafetyStock {
  checkInside(deviation, 0, Infinity, 'deviation');
  checkInside(latency, 0, Infinity, 'latency');
  const spread = deviation * Math.sqrt(latency);
  const z = Normal.quantile(service);
  return { buffer: z * spread, shortage: spread * (Normal.density(z) - z * Normal.below(-z)) };
}

/**
 * Compute what latency adds to the cost of an imbalance {USD/yr}: ½qCL. The best region is the same one, if what is in
 * flight counts as having arrived; penalty curvature q {1/(USD·yr)}, variance rate C {USD²/yr}, latency L {yr}.
 * Throws ForecastError.
 */
export function latencyCost(curvature: number, variance: number, latency: number): number {
  checkInside(curvature, 0, Infinity, 'curvature');
  checkInside(variance, 0, Infinity, 'variance');
  if (latency !== 0) checkInside(latency, 0, Infinity, 'latency');
  return (curvature * variance * latency) / 2;
}
