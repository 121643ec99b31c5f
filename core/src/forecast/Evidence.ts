// Whether a forecast is better than luck. The best of many trials looks good by selection alone, so that a track record
// counts only after the number of trials is taken off it. Every Sharpe ratio here is per period, never annualised.

import { at, check, checkInside, checkPositive, checkSameLength, ForecastError, mean, sum } from './Numbers.ts';
import * as Normal from './Normal.ts';

/** Describe a record of returns: `sharpe` {1/√period}, `skewness`, and `kurtosis`, which is 3 for a normal. */
export type TrackRecord = {
  readonly sharpe: number;
  readonly periods: number;
  readonly skewness: number;
  readonly kurtosis: number;
};

/** Euler's constant. */
const EULER = 0.577_215_664_901_532_9;

/** Compute the probability that the true Sharpe ratio is above `benchmark` (Bailey and López de Prado, 2012). */
export function probabilisticSharpe(record: TrackRecord, benchmark: number): number {
  checkInside(record.periods, 1, Infinity, 'record.periods');
  const { sharpe, periods } = record;
  check([benchmark], 'benchmark', 1);
  return Normal.below(((sharpe - benchmark) * Math.sqrt(periods - 1)) / Math.sqrt(spread(record)));
}

/** Expect this Sharpe ratio of the best of `trials` without skill, `variance` that of their ratios (same source, 2014). */
export function luckySharpe(trials: number, variance: number): number {
  if (!Number.isSafeInteger(trials) || trials < 2) {
    throw new ForecastError('trials', `${String(trials)}`, 'give a whole number from 2: every variant that was tried');
  }
  checkPositive([variance], 'variance', 1);
  const [likely, rare] = [Normal.quantile(1 - 1 / trials), Normal.quantile(1 - 1 / (trials * Math.E))];
  return Math.sqrt(variance) * ((1 - EULER) * likely + EULER * rare);
}

/** Compute the deflated Sharpe ratio: the probability of skill after `trials` (Bailey and López de Prado, 2014). */
export function deflatedSharpe(record: TrackRecord, trials: number, variance: number): number {
  return probabilisticSharpe(record, luckySharpe(trials, variance));
}

/** Count the periods after which `sharpe` above `benchmark` is believed with `confidence` (same source, 2012). */
export function minimumTrackRecord(
  record: Omit<TrackRecord, 'periods'>,
  benchmark: number,
  confidence: number,
): number {
  checkInside(confidence, 0, 1, 'confidence');
  check([benchmark], 'benchmark', 1);
  checkInside(record.sharpe, benchmark, Infinity, 'record.sharpe');
  return 1 + spread(record) * (Normal.quantile(confidence) / (record.sharpe - benchmark)) ** 2;
}

/** Hold the statistic, the same corrected for a short sample, and its two-sided probability under equal accuracy. */
export type Comparison = { readonly statistic: number; readonly corrected: number; readonly probability: number };

/** Compare the squared errors of two forecasts made `ahead` steps ahead; see `compareLosses`. */
export function dieboldMariano(one: readonly number[], other: readonly number[], ahead: number): Comparison {
  return compareLosses(
    one.map((error) => error ** 2),
    other.map((error) => error ** 2),
    ahead,
  );
}

/**
 * Compare the losses of two forecasts made `ahead` steps ahead: below zero, the first is better
 * (Diebold and Mariano, 1995; correction and Student's t with n − 1 by Harvey, Leybourne and Newbold, 1997).
 * Throws ForecastError where the long-run variance of the difference is not above zero.
 */
export function compareLosses(one: readonly number[], other: readonly number[], ahead: number): Comparison {
  if (!Number.isSafeInteger(ahead) || ahead < 1) {
    throw new ForecastError('ahead', `${String(ahead)}`, 'give a whole number from 1');
  }
  check(one, 'one', ahead + 2);
  check(other, 'other', ahead + 2);
  checkSameLength(one, other, 'other');
  const n = one.length;
  const differences = one.map((loss, index) => loss - at(other, index));
  const centre = mean(differences);
  const lags = Array.from({ length: ahead }, (_, lag) => autocovariance(differences, centre, lag));
  const variance = (2 * sum(lags) - at(lags, 0)) / n;
  if (!(variance > 0)) {
    throw new ForecastError(
      'one',
      `a variance of the difference of ${variance}`,
      'give more errors, or a smaller ahead',
    );
  }
  const statistic = centre / Math.sqrt(variance);
  const corrected = statistic * Math.sqrt((n + 1 - 2 * ahead + (ahead * (ahead - 1)) / n) / n);
  return { statistic, corrected, probability: Normal.studentBeyond(corrected, n - 1) };
}

/**
 * Judge forecasts of variance by v/f − ln(v/f) − 1, one loss for each step: least in expectation at the true variance even
 * where `realised` v is a noisy measure of it, and harder on a forecast too low (QLIKE; Patton, 2011).
 */
export function qlike(realised: readonly number[], forecasts: readonly number[]): readonly number[] {
  checkPositive(realised, 'realised', 1);
  checkPositive(forecasts, 'forecasts', 1);
  checkSameLength(realised, forecasts, 'forecasts');
  return realised.map((value, index) => {
    const ratio = value / at(forecasts, index);
    return ratio - Math.log(ratio) - 1;
  });
}

/** The variance of an estimated Sharpe ratio, times the periods (Mertens, 2002). */
function spread({ sharpe, skewness, kurtosis }: Omit<TrackRecord, 'periods'>): number {
  check([sharpe, skewness, kurtosis], 'record', 3);
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
  if (variance > 0) return variance;
  throw new ForecastError('record', `a variance of the ratio of ${variance}`, 'check skewness and kurtosis');
}

function autocovariance(values: readonly number[], centre: number, lag: number): number {
  const pairs = values.slice(lag).map((value, index) => (value - centre) * (at(values, index) - centre));
  return sum(pairs) / values.length;
}
