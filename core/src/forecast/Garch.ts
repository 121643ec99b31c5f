// Volatility that clusters and reverts: GARCH(1,1) (Bollerslev, 1986). Tomorrow's variance is a weighted mean of a long
// run level, today's squared surprise and today's variance.

import { at, check, checkInside, checkPositive, ForecastError, mean } from './Numbers.ts';
import { minimise } from './minimise.ts';

/** Set r = μ + e, e of variance h, h' = ω + αe² + βh. ω > 0, α and β ≥ 0, α + β < 1. */
export type Garch = { readonly mu: number; readonly omega: number; readonly alpha: number; readonly beta: number };

/** Hold the variance of each return as known before it, that of the return to come, and the log-likelihood {nat}. */
export type Filtered = {
  readonly variances: readonly number[];
  readonly next: number;
  readonly logLikelihood: number;
};

/** The fewest returns to estimate from: below it the likelihood is too flat to tell the two weights apart. */
const LEAST = 250;
/** The largest α + β that is tried: at one there is no long run to revert to. */
const PERSISTENCE = 0.9999;
const LOG_TWO_PI = Math.log(2 * Math.PI);

/**
 * Follow the variance through returns. What came before the first is taken to be e² = h = the mean squared surprise
 * (Fiorentini, Calzolari and Panattoni, 1996). Throws ForecastError on parameters out of their range.
 */
export function filter(garch: Garch, returns: readonly number[]): Filtered {
  checkGarch(garch);
  check(returns, 'returns', 2);
  const variances: number[] = [];
  const { next, logLikelihood } = walk(garch, returns, (variance) => variances.push(variance));
  return { variances, next, logLikelihood };
}

/** Forecast the variance of the `ahead`-th return to come, 1 the next: h̄ + (α + β)^(ahead − 1)(next − h̄). */
export function forecast(garch: Garch, next: number, ahead: number): number {
  checkPositive([next], 'next', 1);
  if (!Number.isSafeInteger(ahead) || ahead < 1) {
    throw new ForecastError('ahead', `${String(ahead)}`, 'give a whole number from 1');
  }
  const level = longRun(garch);
  return level + (garch.alpha + garch.beta) ** (ahead - 1) * (next - level);
}

/** Give the variance to which forecasts revert, ω/(1 − α − β). */
export function longRun(garch: Garch): number {
  checkGarch(garch);
  return garch.omega / (1 - garch.alpha - garch.beta);
}

/**
 * Hold an estimate, its log-likelihood {nat}, and whether it means something. `noClustering`: α is zero to 1e-4, so that
 * β and the long run could be anything; use the sample variance. `noReversion`: α + β is at the bound, so that there is
 * no long run to forecast towards; use Ewma, or look for a break in the data.
 */
export type Fit = {
  readonly kind: 'inside' | 'noClustering' | 'noReversion';
  readonly garch: Garch;
  readonly logLikelihood: number;
};

/**
 * Estimate by maximum likelihood with normal surprises, from at least 250 returns of equal steps.
 *
 * Works on returns scaled to unit variance, so that the unit does not matter, and over α + β and α/(α + β), so that no
 * bound is crossed. The same returns give the same estimate. Throws ForecastError where the search does not close in.
 */
export function fit(returns: readonly number[]): Fit {
  check(returns, 'returns', LEAST);
  const centre = mean(returns);
  const scale = Math.sqrt(mean(returns.map((value) => (value - centre) ** 2)));
  if (!(scale > 1e-12 * Math.abs(centre))) {
    throw new ForecastError('returns', `${returns.length} equal values`, 'check the feed: these never moved');
  }
  const scaled = returns.map((value) => (value - centre) / scale);
  const cost = (point: readonly number[]) => -walk(unfold(point), scaled).logLikelihood / scaled.length;
  const found = minimise(cost, bestOf(cost, starts()), 0.3);
  if (!found.converged) {
    throw new ForecastError('returns', 'a likelihood without a clear maximum', 'give more returns, or use Ewma');
  }
  const { mu, omega, alpha, beta } = unfold(found.point);
  const garch = { mu: centre + scale * mu, omega: scale ** 2 * omega, alpha, beta };
  return { kind: judge(garch), garch, logLikelihood: walk(garch, returns).logLikelihood };
}

function judge({ alpha, beta }: Garch): Fit['kind'] {
  if (alpha < 1e-4) return 'noClustering';
  return alpha + beta > PERSISTENCE - 1e-4 ? 'noReversion' : 'inside';
}

/** Go through the returns once; every variance is shown before its return is. */
function walk(
  { mu, omega, alpha, beta }: Garch,
  returns: readonly number[],
  see?: (variance: number) => void,
): { readonly next: number; readonly logLikelihood: number } {
  const before = returns.reduce((total, value) => total + (value - mu) ** 2, 0) / returns.length;
  let variance = omega + (alpha + beta) * before;
  let twice = 0;
  for (const value of returns) {
    see?.(variance);
    const square = (value - mu) ** 2;
    twice -= LOG_TWO_PI + Math.log(variance) + square / variance;
    variance = omega + alpha * square + beta * variance;
  }
  return { next: variance, logLikelihood: twice / 2 };
}

/** Read parameters from any four numbers: mean, ln ω, and the log-odds of the persistence and of α's share of it. */
function unfold(point: readonly number[]): Garch {
  const persistence = PERSISTENCE * odds(at(point, 2));
  const alpha = persistence * odds(at(point, 3));
  return { mu: at(point, 0), omega: Math.exp(at(point, 1)), alpha, beta: persistence - alpha };
}

/** Begin in several places of unit variance: slow and quick to forget, calm and nervous. */
function starts(): readonly (readonly number[])[] {
  return [0.5, 0.8, 0.95, 0.99].flatMap((persistence) =>
    [0.05, 0.15, 0.4].map((share) => [0, Math.log(1 - persistence), logOdds(persistence), logOdds(share)]),
  );
}

function bestOf(cost: (point: readonly number[]) => number, points: readonly (readonly number[])[]): readonly number[] {
  const costs = points.map(cost);
  return at(points, costs.indexOf(Math.min(...costs)));
}

function odds(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function logOdds(share: number): number {
  return Math.log(share / (1 - share));
}

function checkGarch({ mu, omega, alpha, beta }: Garch): void {
  check([mu], 'garch.mu', 1);
  checkInside(omega, 0, Infinity, 'garch.omega');
  if (!(alpha >= 0)) throw new ForecastError('garch.alpha', `${String(alpha)}`, 'give a number from 0');
  if (!(beta >= 0)) throw new ForecastError('garch.beta', `${String(beta)}`, 'give a number from 0');
  if (!(alpha + beta < 1)) {
    throw new ForecastError(
      'garch',
      `alpha + beta = ${alpha + beta}`,
      'give a sum below 1, or use Ewma for a sum of 1',
    );
  }
}
