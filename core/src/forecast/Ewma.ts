// Variance that forgets: the newest squared return weighs most, each older one by a factor λ less.
// The RiskMetrics Technical Document (J.P. Morgan and Reuters, 1996) takes λ = 0.94 for days and 0.97 for months.

import type { Seconds } from '../money/Time.ts';
import { at, check, checkInside, checkPositive } from './Numbers.ts';
import { type Returns, toStep } from './Returns.ts';

/** Follow v' = λv + (1 − λ)r² from the variance `from`, to the forecast after the last return. */
export function variance(returns: readonly number[], lambda: number, from: number): number {
  check(returns, 'returns', 1);
  checkInside(lambda, 0, 1, 'lambda');
  checkInside(from, 0, Infinity, 'from');
  return returns.reduce((before, value) => lambda * before + (1 - lambda) * value ** 2, from);
}

/**
 * Follow the same recursion over steps of any length, in variance per second {1/s}: a step of t seconds forgets
 * λ = 2^(−t/halfLife) of what was known and adds r²/t. Equal steps give `variance` again, divided by the step.
 */
export function variancePerSecond(returns: Returns, halfLife: Seconds, from: number): number {
  checkInside(halfLife, 0, Infinity, 'halfLife');
  checkInside(from, 0, Infinity, 'from');
  const rates = toStep(returns, 1);
  check(rates, 'returns.values', 1);
  return rates.reduce((before, value, index) => {
    const lambda = 2 ** (-at(returns.seconds, index) / halfLife);
    return lambda * before + (1 - lambda) * value ** 2;
  }, from);
}

/** Count the observations after which a weight has halved: ln ½ / ln λ. */
export function halfLife(lambda: number): number {
  checkInside(lambda, 0, 1, 'lambda');
  return Math.log(0.5) / Math.log(lambda);
}

/** Find the λ of which a weight halves after this many observations. */
export function lambdaOf(observations: number): number {
  checkPositive([observations], 'observations', 1);
  return 2 ** (-1 / observations);
}

/** Count the equally weighted observations that would estimate a mean as precisely: (1 + λ)/(1 − λ). */
export function effectiveObservations(lambda: number): number {
  checkInside(lambda, 0, 1, 'lambda');
  return (1 + lambda) / (1 - lambda);
}

/** Count the newest observations that carry `share` of all weight: ln(1 − share)/ln λ; 74 days of 99 % at λ = 0.94. */
export function observationsFor(share: number, lambda: number): number {
  checkInside(share, 0, 1, 'share');
  checkInside(lambda, 0, 1, 'lambda');
  return Math.log(1 - share) / Math.log(lambda);
}
