// What a portfolio does that is kept on constant weights: how it grows, how far a schedule of rebalancing strays from the
// ideal of doing so all the time, and how often a band is left. No costs in here: NoTrade.ts and Frequency.ts weigh them.

import * as Brownian from '../../forecast/Brownian.ts';
import * as Normal from '../../forecast/Normal.ts';
import { at, check, checkInside, checkPositive, checkSameLength, ForecastError, sum } from '../../forecast/Numbers.ts';
import { checkCovariance } from './checkCovariance.ts';

type Matrix = readonly (readonly number[])[];

/** Hold weights that sum to one {1}, cash among them, and what is known of their assets {1/yr}: covariance and drifts μ of dS/S = μdt + … */
export type Mix = {
  readonly weights: readonly number[];
  readonly drifts: readonly number[];
  readonly covariance: Matrix;
};

/** Compute the excess growth rate γ* = ½(Σwσ² − w'Σw) {1/yr}: what rebalancing adds to the weighted growth of the assets (Fernholz, 2002). */
export function excessGrowth(covariance: Matrix, weights: readonly number[]): number {
  checkMix(covariance, weights);
  const own = sum(weights.map((weight, i) => weight * at(at(covariance, i), i)));
  return (own - varianceOf(covariance, weights)) / 2;
}

/** Compute the log growth w'μ − ½w'Σw {1/yr} of rebalancing all the time. */
export function growth({ weights, drifts, covariance }: Mix): number {
  checkMix(covariance, weights);
  checkDrifts(drifts, weights);
  return sum(weights.map((weight, i) => weight * at(drifts, i))) - varianceOf(covariance, weights) / 2;
}

/** Multiply up what 1 becomes along a path of gross returns {1}, one row per step, rebalanced after each. */
export function wealth(weights: readonly number[], path: Matrix): number {
  checkWeights(weights);
  return path.reduce((before, returns) => before * grow(weights, returns), 1);
}

/** Hold one thing that may happen in a step, with its probability. */
export type Outcome = { readonly probability: number; readonly returns: readonly number[] };

/** Average the log growth of one step {1} over what may happen. Probabilities sum to one. Throws ForecastError. */
export function expectedLogGrowth(weights: readonly number[], outcomes: readonly Outcome[]): number {
  checkWeights(weights);
  outcomes.forEach(({ probability }, i) => checkInside(probability, 0, Infinity, `outcomes[${i}].probability`));
  const total = sum(outcomes.map(({ probability }) => probability));
  if (!(Math.abs(total - 1) <= 1e-9)) throw new ForecastError('outcomes', `a sum of ${total}`, 'let them sum to one');
  return sum(outcomes.map(({ probability, returns }) => probability * Math.log(grow(weights, returns))));
}

/** Hold the mean and the standard deviation of what 1 becomes {1}. */
export type Moments = { readonly mean: number; readonly deviation: number };

/** Compute the moments of wealth after `steps` steps of length `step` {yr} each, exactly: the steps are independent and alike. */
export function moments({ weights, drifts, covariance }: Mix, step: number, steps: number): Moments {
  checkMix(covariance, weights);
  checkDrifts(drifts, weights);
  checkInside(step, 0, Infinity, 'step');
  if (!(Number.isSafeInteger(steps) && steps > 0))
    throw new ForecastError('steps', `${steps}`, 'give a whole number of at least 1');
  const means = weights.map((weight, i) => weight * Math.exp(at(drifts, i) * step));
  const mean = sum(means);
  // E V²/(E V)² − 1 of one step, from which the deviation keeps its digits however short the step.
  const spread =
    sum(
      means.map((one, i) => sum(means.map((other, j) => one * other * Math.expm1(at(at(covariance, i), j) * step)))),
    ) /
    mean ** 2;
  const whole = mean ** steps;
  return { mean: whole, deviation: whole * Math.sqrt(Math.expm1(steps * Math.log1p(spread))) };
}

/** One risky asset against cash: drifts {1/yr}, volatility {1/√yr}, rebalanced every `step` {yr} to `weight`. */
export type Pair = {
  readonly weight: number;
  readonly drift: number;
  readonly rate: number;
  readonly volatility: number;
  readonly step: number;
};

/** Compute the log growth {1/yr} of rebalancing in steps: r + E log(1 − w + wR)/Δ over a lognormal R. Throws ForecastError. */
export function logGrowth({ weight, drift, rate, volatility, step }: Pair): number {
  check([drift, rate], 'drift and rate', 2);
  checkInside(weight, 0, 1, 'weight');
  checkInside(volatility, 0, Infinity, 'volatility');
  checkInside(step, 0, Infinity, 'step');
  const centre = (drift - rate - volatility ** 2 / 2) * step;
  const spread = volatility * Math.sqrt(step);
  return rate + average((z) => Math.log1p(weight * Math.expm1(centre + spread * z))) / step;
}

/** Compute the tracking error √(½Δ·tr((HΣ)²)) {1/√yr} of rebalancing every `step` Δ {yr} against all the time, H = diag(w) − ww'. */
export function trackingError(covariance: Matrix, weights: readonly number[], step: number): number {
  checkMix(covariance, weights);
  checkInside(step, 0, Infinity, 'step');
  const mixed = weights.map((_, j) => sum(weights.map((weight, k) => weight * at(at(covariance, k), j))));
  const product = weights.map((weight, i) => mixed.map((value, j) => weight * (at(at(covariance, i), j) - value)));
  const trace = sum(product.map((row, i) => sum(row.map((value, j) => value * at(at(product, j), i)))));
  return Math.sqrt((step * trace) / 2);
}

/** A band around one weight, the rest in one other asset: drift m {1/yr} and volatility s {1/√yr} of the log price ratio. */
export type Band = {
  readonly weight: number;
  readonly low: number;
  readonly high: number;
  readonly drift: number;
  readonly volatility: number;
  /** How often one looks {yr}; 0 for all the time. */
  readonly watchedEvery: number;
};

/** Hold how a band is left: distances to its edges in log ratio {1}, the chance of the upper one, mean time {yr}, trades and one-sided turnover {1/yr}. */
export type Leaving = {
  readonly up: number;
  readonly down: number;
  readonly upProbability: number;
  readonly meanTime: number;
  readonly trades: number;
  readonly turnover: number;
};

/**
 * Find how a band is left that is rebalanced to its middle: the logit of a weight left alone is a Brownian motion,
 * so this is exact. Who looks only now and then finds the weight beyond the edge, and trades later and more.
 * Throws ForecastError.
 */
export function leave({ weight, low, high, drift, volatility, watchedEvery }: Band): Leaving {
  checkInside(low, 0, 1, 'low');
  checkInside(weight, low, high, 'weight');
  checkInside(high, 0, 1, 'high');
  const corridor = { up: logit(high) - logit(weight), down: logit(weight) - logit(low), drift, volatility };
  const seen = Brownian.watchedEvery(watchedEvery, corridor);
  const { up: upProbability, time } = Brownian.exit(seen);
  const above = logistic(logit(weight) + seen.up) - weight;
  const below = weight - logistic(logit(weight) - seen.down);
  const { up, down } = corridor;
  const turnover = (upProbability * above + (1 - upProbability) * below) / time;
  return { up, down, upProbability, meanTime: time, trades: 1 / time, turnover };
}

/** Compute ln(w/(1 − w)). */
export function logit(weight: number): number {
  return Math.log(weight / (1 - weight));
}

/** Compute the weight of a logit. */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Average over a standard normal by equal steps, which for a smooth function is exact to rounding (Trefethen and Weideman, 2014). */
function average(of: (z: number) => number): number {
  const [reach, parts] = [12, 16];
  let total = 0;
  for (let i = -reach * parts; i <= reach * parts; i++) total += Normal.density(i / parts) * of(i / parts);
  return total / parts;
}

function grow(weights: readonly number[], returns: readonly number[]): number {
  checkPositive(returns, 'returns', 1);
  checkSameLength(weights, returns, 'returns');
  return sum(weights.map((weight, i) => weight * at(returns, i)));
}

function varianceOf(covariance: Matrix, weights: readonly number[]): number {
  return sum(weights.map((one, i) => sum(weights.map((other, j) => one * other * at(at(covariance, i), j)))));
}

function checkMix(covariance: Matrix, weights: readonly number[]): void {
  checkWeights(weights);
  checkSameLength(weights, covariance, 'covariance');
  checkCovariance(covariance, 'covariance');
}

function checkWeights(weights: readonly number[]): void {
  check(weights, 'weights', 1);
  const total = sum(weights);
  if (Math.abs(total - 1) > 1e-9) throw new ForecastError('weights', `a sum of ${total}`, 'let them sum to one');
}

function checkDrifts(drifts: readonly number[], weights: readonly number[]): void {
  check(drifts, 'drifts', 1);
  checkSameLength(weights, drifts, 'drifts');
}
