// What a price did over each step, beside how long the step took: an hour's return and a week's are one observation
// each, but not of the same variance. A year has 365 days, because these markets never close.

import { type Seconds, type Time, YEAR } from '../money/Time.ts';
import { at, checkPositive, ForecastError, sum } from './Numbers.ts';
import type { Series } from './Series.ts';

/** Hold one return {1} per step: `times` {s} at which the steps end, `seconds` {s} that they took. */
export type Returns = {
  readonly kind: 'log' | 'simple';
  readonly times: readonly Time[];
  readonly seconds: readonly Seconds[];
  readonly values: readonly number[];
};

/** Take ln(p'/p) for each step of a price series. Throws ForecastError below two prices or on one not above zero. */
export function log(prices: Series): Returns {
  return stepwise('log', prices, (from, to) => Math.log(to / from));
}

/** Take p'/p − 1 for each step of a price series. Throws as `log` does. */
export function simple(prices: Series): Returns {
  return stepwise('simple', prices, (from, to) => to / from - 1);
}

/** Estimate the drift of log returns, Σr/Σt × 365 days {1/year}: only the first and the last price count. */
export function annualDrift(returns: Returns): number {
  checkLog(returns, 1);
  return (sum(returns.values) / sum(returns.seconds)) * YEAR;
}

/**
 * Estimate the volatility {1/√year} of log returns over steps of any length, 365 days a year.
 *
 * A step of length t has variance σ²t, so its squared deviation is divided by its own t and each step counts once:
 * σ² = Σ (r − μt)²/t / (n − 1) with μ = Σr/Σt. This is unbiased, and the sample variance where all steps are equal.
 * Throws ForecastError below two steps.
 */
export function annualVolatility(returns: Returns): number {
  checkLog(returns, 2);
  const drift = sum(returns.values) / sum(returns.seconds);
  const squares = returns.values.map((value, index) => {
    const seconds = at(returns.seconds, index);
    return (value - drift * seconds) ** 2 / seconds;
  });
  return Math.sqrt((sum(squares) / (squares.length - 1)) * YEAR);
}

/**
 * Estimate the realised volatility {1/√year}: the root of Σr²/Σt × 365 days, without removing a mean
 * (Andersen, Bollerslev, Diebold and Labys, 2003). Log returns.
 */
export function realisedVolatility(returns: Returns): number {
  checkLog(returns, 1);
  return Math.sqrt((sum(returns.values.map((value) => value ** 2)) / sum(returns.seconds)) * YEAR);
}

/** Scale each log return to a step of `seconds`, r√(seconds/t): equal variances, for estimators that know no time. */
export function toStep(returns: Returns, seconds: Seconds): readonly number[] {
  checkLog(returns, 1);
  if (!(seconds > 0 && seconds < Infinity)) {
    throw new ForecastError('seconds', `${String(seconds)}`, 'give a finite duration above zero');
  }
  return returns.values.map((value, index) => value * Math.sqrt(seconds / at(returns.seconds, index)));
}

function stepwise(kind: Returns['kind'], prices: Series, between: (from: number, to: number) => number): Returns {
  checkPositive(prices.values, 'series.values', 2);
  const times = prices.times.slice(1);
  return {
    kind,
    times,
    seconds: times.map((time, index) => time - at(prices.times, index)),
    values: prices.values.slice(1).map((to, index) => between(at(prices.values, index), to)),
  };
}

/** Log returns add up over time, simple ones do not: what is scaled with time must be the former. */
function checkLog(returns: Returns, least: number): void {
  if (returns.kind !== 'log') throw new ForecastError('returns.kind', `"${returns.kind}"`, 'take Returns.log');
  if (returns.values.length < least) {
    throw new ForecastError('returns', `${returns.values.length} steps`, `give at least ${least}`);
  }
}
