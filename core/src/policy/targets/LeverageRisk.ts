// How far a leveraged portfolio is from liquidation, and how often its band makes it trade.

import * as Brownian from '../../forecast/Brownian.ts';
import * as Normal from '../../forecast/Normal.ts';
import { checkInside } from '../../forecast/Numbers.ts';

/** State what is believed of collateral and debt: drift and volatility of the collateral, rate of the debt, {1/yr} and {1/√yr}. */
export type Belief = { readonly drift: number; readonly volatility: number; readonly rate: number };

/** Compute how much collateral stands on each unit owned: 1/(1 − LTV). Throws ForecastError outside [0, 1). */
export function multiple(loanToValue: number): number {
  checkShare(loanToValue);
  return 1 / (1 - loanToValue);
}

/** Compute the health factor, threshold / LTV: liquidation begins below one; infinite without debt. Throws ForecastError. */
export function health(loanToValue: number, threshold: number): number {
  checkShare(loanToValue);
  checkInside(threshold, 0, 1, 'threshold');
  return threshold / loanToValue;
}

/** Compute the fall of the collateral against the debt that brings liquidation: 1 − 1/health {1}. Throws ForecastError below one. */
export function fallToLiquidation(healthFactor: number): number {
  checkInside(healthFactor, 1, Infinity, 'healthFactor');
  return 1 - 1 / healthFactor;
}

/**
 * Compute the probability of liquidation within `years` if nobody acts: the first passage of ln(collateral/debt) below
 * −ln(health), N((−b−νT)/s) + e^{−2νb/σ²}·N((−b+νT)/s) with s = σ√T (Harrison, 1985, 1.8). Throws ForecastError.
 */
export function liquidation(healthFactor: number, belief: Belief, years: number): number {
  checkInside(healthFactor, 1, Infinity, 'healthFactor');
  checkInside(years, 0, Infinity, 'years');
  const { drift, volatility } = logOf(belief);
  const distance = Math.log(healthFactor);
  const deviation = volatility * Math.sqrt(years);
  const [near, far] = [(distance + drift * years) / deviation, (distance - drift * years) / deviation];
  return Math.min(1, Normal.below(-near) + reflected(near, far));
}

/** State a loan-to-value and the band that it may wander in: 0 < low < target < high < 1. */
export type Band = { readonly low: number; readonly target: number; readonly high: number };

/** Compute the mean time {yr} that the loan-to-value stays in its band from `target` on, and how likely it leaves upwards {1}. Throws ForecastError. */
export function exit({ low, target, high }: Band, belief: Belief): Brownian.Exit {
  checkInside(low, 0, target, 'low');
  checkInside(high, target, 1, 'high');
  const { drift, volatility } = logOf(belief);
  // The loan-to-value rises where the collateral falls against the debt.
  return Brownian.exit({ up: Math.log(high / target), down: Math.log(target / low), drift: -drift, volatility });
}

/** The drift of ln(collateral/debt). */
function logOf({ drift, volatility, rate }: Belief): Belief {
  checkInside(volatility, 0, Infinity, 'volatility');
  checkInside(drift, -Infinity, Infinity, 'drift');
  checkInside(rate, -Infinity, Infinity, 'rate');
  return { drift: drift - volatility ** 2 / 2 - rate, volatility, rate };
}

/**
 * e^{(far² − near²)/2}·N(−far), the passages that came back up. Far out N underflows before the exponential overflows, so there
 * the tail is written as the density times its asymptotic series, right to 1e-9 from 25 on.
 */
function reflected(near: number, far: number): number {
  if (far < 25) return Math.exp((far ** 2 - near ** 2) / 2) * Normal.below(-far);
  const small = far ** -2;
  return (Normal.density(near) / far) * (1 - small * (1 - 3 * small * (1 - 5 * small)));
}

function checkShare(loanToValue: number): void {
  if (loanToValue !== 0) checkInside(loanToValue, 0, 1, 'loanToValue');
}
