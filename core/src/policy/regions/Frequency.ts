// How often to rebalance: the cost of trading against the cost of straying. A schedule, a band that trades to target and a
// band that trades to its edge, each at its best and each at equal tracking error. Leading order in the cost.

import { checkInside, ForecastError } from '../../forecast/Numbers.ts';
import type { Setting } from './NoTrade.ts';
import * as NoTrade from './NoTrade.ts';

/** Name a way to rebalance: every so often, at a band to the target, or at a band to its edge. */
export type Way = 'periodic' | 'band-to-target' | 'band-to-edge';

/** Hold the best interval {yr} between rebalances to target, and its cost {1/yr}. */
export type Schedule = { readonly interval: number; readonly cost: number };

/** Find the interval Δ of least F/Δ + k√(2C/(πΔ)) + qCΔ/4; without proportional cost Δ = 2√(F/(qC)), at cost √(qCF). Throws ForecastError. */
export function schedule(setting: Setting): Schedule {
  const { variance, curvature, proportional, fixed } = NoTrade.checked(setting);
  const turnover = proportional * Math.sqrt((2 * variance) / Math.PI);
  const penalty = (curvature * variance) / 4;
  const root = quarticRoot(2 * penalty, turnover, 2 * fixed);
  const interval = root ** 2;
  return interval === 0
    ? { interval, cost: 0 }
    : { interval, cost: fixed / interval + turnover / root + penalty * interval };
}

/** Find the band of least cost among those that trade all the way to the target, qh²/12 + C(F + kh)/h². Throws ForecastError. */
export function bandToTarget(setting: Setting): NoTrade.NoTrade {
  const { variance, curvature, proportional, fixed } = NoTrade.checked(setting);
  const trigger = quarticRoot(curvature / 6, variance * proportional, 2 * variance * fixed);
  if (trigger === 0) return { trigger, landing: 0, cost: 0 };
  return { trigger, landing: 0, cost: NoTrade.rate(setting, { trigger, landing: 0 }).cost };
}

/**
 * Give what no risk aversion changes: trades/yr × TE² in units of a²s⁴ {1}, and one-sided turnover/yr × TE in units of
 * a²s³ {1}, a = w(1 − w). A reflecting edge trades without end, and has no number of trades.
 */
export function pareto(way: 'band-to-edge'): { readonly turnover: number };
export function pareto(way: 'periodic' | 'band-to-target'): { readonly trades: number; readonly turnover: number };
export function pareto(way: Way): { readonly trades?: number; readonly turnover: number };
export function pareto(way: Way): { readonly trades?: number; readonly turnover: number } {
  switch (way) {
    case 'periodic':
      return { trades: 1 / 2, turnover: 1 / Math.sqrt(Math.PI) };
    case 'band-to-target':
      return { trades: 1 / 6, turnover: 1 / Math.sqrt(6) };
    case 'band-to-edge':
      return { turnover: 1 / (2 * Math.sqrt(3)) };
  }
}

/** Compute the share {1} of turnover that one way saves against another at equal tracking error (Leland, 1999: "almost 50 %"). */
export function turnoverSaved(way: Way, against: Way): number {
  return 1 - pareto(way).turnover / pareto(against).turnover;
}

/** Compute the share {1} of trades that a band to target saves against a schedule at equal tracking error. */
export function tradesSaved(): number {
  return 1 - pareto('band-to-target').trades / pareto('periodic').trades;
}

/** Name what a band is meant to keep the same while volatility changes. */
export type Objective = 'risk-aversion' | 'deviation-penalty' | 'trade-frequency' | 'tracking-error';

/** Name the cost that a band weighs. */
export type Cost = 'proportional' | 'fixed';

/**
 * Give the power of the volatility {1} that a band's width goes with, weights unchanged: none under a constant aversion
 * to risk, which makes straying dearer just as the market makes it likelier; ⅔ or ½ where a deviation as such is
 * penalised; 1 for as many trades as before, −1 for the same tracking error.
 */
export function exponent(objective: Objective, cost: Cost): number {
  switch (objective) {
    case 'risk-aversion':
      return 0;
    case 'deviation-penalty':
      return cost === 'proportional' ? 2 / 3 : 1 / 2;
    case 'trade-frequency':
      return 1;
    case 'tracking-error':
      return -1;
  }
}

/**
 * Compute the cost {1} of a band that is x times as wide as the best one, relative to the best: (x² + 2/x)/3 with a
 * proportional cost, (x² + x⁻²)/2 with a fixed one. Too wide costs less than too narrow by as much. Throws ForecastError.
 */
export function costOfWidth(x: number, cost: Cost): number {
  checkInside(x, 0, Infinity, 'x');
  return cost === 'proportional' ? (x ** 2 + 2 / x) / 3 : (x ** 2 + x ** -2) / 2;
}

/**
 * Give the measure δ'Mδ {1} from which to trade while gas costs `now` and M was made for `usual`: √(now/usual), as M goes
 * with K^−½. A band's width then goes with the fourth root: gas that doubles widens it by 19 %. Throws ForecastError.
 */
export function thresholdAtGas(now: number, usual: number): number {
  checkInside(now, 0, Infinity, 'now');
  checkInside(usual, 0, Infinity, 'usual');
  return Math.sqrt(now / usual);
}

/** Solve αx⁴ = βx + γ for x > 0 by Newton's steps from above, where the curve is convex and they cannot overshoot. */
function quarticRoot(alpha: number, beta: number, gamma: number): number {
  let x = Math.cbrt(beta / alpha) + (gamma / alpha) ** 0.25;
  for (let step = 0; step < 100 && x > 0; step++) {
    const less = (alpha * x ** 4 - beta * x - gamma) / (4 * alpha * x ** 3 - beta);
    if (!Number.isFinite(less))
      throw new ForecastError('setting', `costs of ${beta} and ${gamma}`, 'give larger costs or none');
    x -= less;
    if (Math.abs(less) <= 1e-16 * x) break;
  }
  return x;
}
