// How bad a bad day is. Losses are above zero: a value at risk of 0.08 is a loss of 8 %, and one below zero a gain.

import type { Time } from '../money/Time.ts';
import { at, check, checkInside, checkPositive, ForecastError, sum } from './Numbers.ts';
import * as Normal from './Normal.ts';
import type { Series } from './Series.ts';

/** Hold a loss {1} that is not exceeded with the confidence asked for, and the mean loss {1} of the rest. */
export type Tail = { readonly valueAtRisk: number; readonly expectedShortfall: number };

/**
 * Read the tail off past returns, each counted once.
 *
 * The value at risk is the smallest observed loss that at least `confidence` of all losses do not exceed: no
 * interpolation. The expected shortfall averages exactly the worst 1 − confidence, the observation on the border in
 * part (Acerbi and Tasche, 2002), which makes it coherent. Throws ForecastError on fewer than 1/(1 − confidence)
 * returns: such a tail was never seen.
 */
export function historical(returns: readonly number[], confidence: number): Tail {
  checkInside(confidence, 0, 1, 'confidence');
  check(returns, 'returns', 2);
  // The rounding of 1 − confidence must not push a border of whole observations over by one.
  const worst = Number((returns.length * (1 - confidence)).toPrecision(12));
  if (worst < 1) {
    throw new ForecastError('returns', `${returns.length} values`, `give at least ${Math.ceil(1 / (1 - confidence))}`);
  }
  const losses = returns.map((value) => -value).toSorted((a, b) => b - a);
  const whole = Math.floor(worst);
  const border = at(losses, Math.min(whole, losses.length - 1));
  return {
    valueAtRisk: border,
    expectedShortfall: (sum(losses.slice(0, whole)) + (worst - whole) * border) / worst,
  };
}

/** Compute the tail of normal returns: −μ + σz and −μ + σφ(z)/(1 − confidence), z the quantile of `confidence`. */
export function normal(mu: number, sigma: number, confidence: number): Tail {
  check([mu], 'mu', 1);
  checkPositive([sigma], 'sigma', 1);
  checkInside(confidence, 0, 1, 'confidence');
  const z = Normal.quantile(confidence);
  return {
    valueAtRisk: sigma * z - mu,
    expectedShortfall: (sigma * Normal.density(z)) / (1 - confidence) - mu,
  };
}

/** Hold the deepest fall {1} from a peak, and when {s} the peak and the bottom were. */
export type Drawdown = { readonly depth: number; readonly peak: Time; readonly bottom: Time };

/** Find the deepest fall of a series of values above zero, 1 − value/peak; the earliest of equals. */
export function maximumDrawdown(values: Series): Drawdown {
  checkPositive(values.values, 'series.values', 2);
  let [high, peak] = [at(values.values, 0), at(values.times, 0)];
  let deepest: Drawdown = { depth: 0, peak, bottom: peak };
  for (const [index, value] of values.values.entries()) {
    const time = at(values.times, index);
    if (value > high) [high, peak] = [value, time];
    const depth = 1 - value / high;
    if (depth > deepest.depth) deepest = { depth, peak, bottom: time };
  }
  return deepest;
}
