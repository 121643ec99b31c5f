// What a floor costs and how safe it is: the value of a constant-proportion portfolio, and the risk that the price falls
// through the floor between two rebalances (the gap). No estimate in here is money: they choose a multiplier.

import * as Brownian from '../../forecast/Brownian.ts';
import * as Normal from '../../forecast/Normal.ts';
import { check, checkInside, checkPositive, ForecastError } from '../../forecast/Numbers.ts';

/** State what is insured and what it is invested in; the price of the risky asset is a geometric Brownian motion. */
export type Insured = {
  /** Value now, in any unit of money. */
  readonly value: number;
  /** What must be left at the end, in the same unit; the floor is worth e^{−rT} of it now. */
  readonly guarantee: number;
  /** Time to the end {yr}. */
  readonly years: number;
  /** Exposure / cushion {1}, above one. */
  readonly multiplier: number;
  /** Expected return of the risky asset {1/yr}. */
  readonly drift: number;
  /** Volatility of the risky asset {1/√yr}. */
  readonly volatility: number;
  /** Return of the safe asset, compounded continuously {1/yr}. */
  readonly rate: number;
};

/** Compute the cushion now: the value above the floor. Throws ForecastError where there is none. */
export function cushion(insured: Insured): number {
  const { value, guarantee, years, rate } = checked(insured);
  const left = value - guarantee * Math.exp(-rate * years);
  if (left > 0) return left;
  throw new ForecastError('value', `${value}, no more than its floor`, 'lower the guarantee or invest more');
}

/** Compute E V_T and the deviation of V_T where the portfolio is rebalanced all the time (Black and Perold, 1992). Throws ForecastError. */
export function continuous(insured: Insured): { readonly mean: number; readonly deviation: number } {
  const { guarantee, years, multiplier, drift, volatility, rate } = insured;
  const gain = cushion(insured) * Math.exp((rate + multiplier * (drift - rate)) * years);
  return {
    mean: guarantee + gain,
    deviation: gain * Math.sqrt(Math.expm1(multiplier ** 2 * volatility ** 2 * years)),
  };
}

/**
 * Compute V_T under continuous rebalancing where the risky asset ends at `gross` times its price:
 * C_T = C_0·gross^m·exp{−(m−1)(r + ½mσ²)T} (Black and Perold, 1992). Throws ForecastError.
 */
export function continuousValue(insured: Insured, gross: number): number {
  checkInside(gross, 0, Infinity, 'gross');
  const { guarantee, years, multiplier, volatility, rate } = insured;
  const drag = (multiplier - 1) * (rate + (multiplier * volatility ** 2) / 2) * years;
  return guarantee + cushion(insured) * gross ** multiplier * Math.exp(-drag);
}

/** State the risk that the price falls through the floor: in one step, over all of them {1}. */
export type Gap = { readonly local: number; readonly global: number };

/**
 * Compute the gap risk of `steps` rebalances, each at a proportional `cost` {1} of what is traded: a step fails where
 * the risky asset loses more than the share (1 − mθ)/(m(1 − θ)) against the safe one, P = N(−d2)
 * (Balder, Brandl and Mahayni, 2009). After a failure all is safe. Throws ForecastError.
 */
export function gap(insured: Insured, steps: number, cost = 0): Gap {
  const { d2 } = boundary(insured, steps, cost);
  const local = Normal.below(-d2);
  return { local, global: -Math.expm1(steps * Math.log1p(-local)) };
}

/** State the figures of a portfolio that is rebalanced in steps: gap risk, E V_T, and the mean of what is missing given that something is. */
export type Discrete = Gap & { readonly mean: number; readonly shortfall: number };

/** Compute the figures of a portfolio that is rebalanced `steps` times at no cost (Balder, Brandl and Mahayni, 2009). Throws ForecastError. */
export function discrete(insured: Insured, steps: number): Discrete {
  const { multiplier, drift, rate, guarantee } = insured;
  const { d2, deviation, length } = boundary(insured, steps, 0);
  const d1 = d2 + deviation;
  const risky = multiplier * Math.exp(drift * length);
  const owed = (multiplier - 1) * Math.exp(rate * length);
  const survived = risky * Normal.below(d1) - owed * Normal.below(d2);
  const lost = risky * Normal.below(-d1) - owed * Normal.below(-d2);
  // What is missing after a failure grows at the safe rate to the end.
  let missing = 0;
  for (let step = 0; step < steps; step++) {
    missing += lost * survived ** step * Math.exp(rate * length * (steps - 1 - step));
  }
  const start = cushion(insured);
  const { local, global } = gap(insured, steps);
  const mean = guarantee + start * (survived ** steps + missing);
  return { local, global, mean, shortfall: global > 0 ? (-start * missing) / global : 0 };
}

/**
 * Find the largest multiplier whose gap risk over all `steps` stays within `budget` {1} (0, 1): the boundary of `gap`
 * solved for m, m = 1/(1 − (1 − θ)e^{−x}). Infinite where no multiplier breaks the budget. Throws ForecastError.
 */
export function largestMultiplier(
  insured: Omit<Insured, 'multiplier'>,
  steps: number,
  budget: number,
  cost = 0,
): number {
  checkInside(budget, 0, 1, 'budget');
  const { deviation, trend } = boundary({ ...insured, multiplier: 2 }, steps, cost);
  const local = -Math.expm1(Math.log1p(-budget) / steps);
  const fall = -Normal.quantile(local) * deviation - trend;
  const kept = (1 - cost) * Math.exp(-fall);
  return kept < 1 ? 1 / (1 - kept) : Infinity;
}

/** State a cushion and the exposure that goes with it, in one unit of money. */
export type Stand = { readonly cushion: number; readonly exposure: number };

/**
 * Take one step: the exposure m·C earns `gross`, the rest and the floor earn `safe`, and then the exposure is set to
 * m times the new cushion, which pays the proportional `cost` {1} of the trade: C' = Ĉ − θ|mC' − E|.
 * Where that leaves no cushion everything is sold, and what is below zero is missing. Throws ForecastError where m·cost ≥ 1.
 */
export function step(before: number, multiplier: number, gross: number, safe: number, cost = 0): Stand {
  if (!Number.isFinite(before)) throw new ForecastError('before', String(before), 'give a finite cushion');
  checkPositive([multiplier, gross, safe], 'multiplier, gross, safe', 3);
  checkCost(cost, multiplier);
  const exposure = multiplier * before * gross;
  const drifted = exposure - (multiplier - 1) * before * safe;
  if (drifted <= cost * exposure) return { cushion: drifted - cost * exposure, exposure: 0 };
  const sign = multiplier * drifted >= exposure ? 1 : -1;
  const after = (drifted + sign * cost * exposure) / (1 + sign * cost * multiplier);
  return { cushion: after, exposure: multiplier * after };
}

/** State a band of the multiplier around what it is set back to: low < multiplier < high, low above one. */
export type MultiplierBand = { readonly low: number; readonly multiplier: number; readonly high: number };

/** State the log-distances of the price to either edge, the mean time between trades {yr} and how likely the upper price ends it {1}. */
export type BandExit = { readonly up: number; readonly down: number; readonly time: number; readonly upwards: number };

/**
 * Compute how often a portfolio trades that lets its multiplier wander in a band: after a relative price move R it is
 * mR/(mR − (m−1)), so a rising price lowers it to `low` and a falling one raises it to `high`. Throws ForecastError.
 */
export function exit(band: MultiplierBand, outlook: Pick<Insured, 'drift' | 'volatility' | 'rate'>): BandExit {
  const { low, multiplier, high } = band;
  checkInside(low, 1, multiplier, 'low');
  checkInside(high, multiplier, Infinity, 'high');
  const { drift, volatility, rate } = outlook;
  const up = move(multiplier, low);
  const down = -move(multiplier, high);
  const { time, up: upwards } = Brownian.exit({ up, down, drift: drift - rate - volatility ** 2 / 2, volatility });
  return { up, down, time, upwards };
}

/** State a value and the highest that it has been. */
export type Ratchet = { readonly value: number; readonly peak: number };

/**
 * Follow a portfolio whose floor is the share `alpha` [0, 1) of its running peak, through gross returns of the risky
 * asset, the safe one earning nothing (time-invariant portfolio protection: Estep and Kritzman, 1988). Throws ForecastError.
 */
export function tipp(value: number, alpha: number, multiplier: number, returns: readonly number[]): Ratchet {
  checkRatchet(value, alpha, multiplier);
  checkPositive(returns, 'returns', 1);
  let [now, peak] = [value, value];
  for (const gross of returns) {
    now += multiplier * Math.max(0, now - alpha * peak) * (gross - 1);
    peak = Math.max(peak, now);
  }
  return { value: now, peak };
}

/**
 * Follow the same portfolio rebalanced all the time, the safe asset earning nothing: with Y = m·ln(S/S₀) − ½m(m−1)σ²t
 * and Y* its running maximum, peak = V₀e^{(1−α)Y*} and V = peak·(α + (1−α)e^{Y−Y*}) (Grossman and Zhou, 1993).
 * `logPrices` are ln S every `length` {yr}, the first at the start; the maximum is taken over these. Throws ForecastError.
 */
export function tippContinuous(
  setting: { readonly value: number; readonly alpha: number; readonly multiplier: number; readonly volatility: number },
  length: number,
  logPrices: readonly number[],
): Ratchet {
  const { value, alpha, multiplier, volatility } = setting;
  checkRatchet(value, alpha, multiplier);
  checkInside(length, 0, Infinity, 'length');
  checkInside(volatility, 0, Infinity, 'volatility');
  check(logPrices, 'logPrices', 1);
  const first = logPrices[0] ?? 0;
  const drag = (multiplier * (multiplier - 1) * volatility ** 2) / 2;
  let [level, highest] = [0, 0];
  logPrices.forEach((price, index) => {
    level = multiplier * (price - first) - drag * length * index;
    highest = Math.max(highest, level);
  });
  const peak = value * Math.exp((1 - alpha) * highest);
  return { value: peak * (alpha + (1 - alpha) * Math.exp(level - highest)), peak };
}

/** How far, in logarithms, the price must move for a multiplier to become another. */
function move(from: number, to: number): number {
  return Math.log(((from - 1) * to) / (from * (to - 1)));
}

function boundary(insured: Insured, steps: number, cost: number) {
  const { multiplier, years, drift, rate, volatility } = checked(insured);
  checkCost(cost, 1);
  if (!(Number.isSafeInteger(steps) && steps >= 1 && steps <= 1e6)) {
    throw new ForecastError('steps', `${steps}`, 'give an integer from 1 to a million');
  }
  const length = years / steps;
  const deviation = volatility * Math.sqrt(length);
  const trend = (drift - rate - volatility ** 2 / 2) * length;
  const room = Math.log((multiplier * (1 - cost)) / (multiplier - 1));
  return { length, deviation, trend, d2: (room + trend) / deviation };
}

function checked(insured: Insured): Insured {
  checkInside(insured.value, 0, Infinity, 'value');
  if (insured.guarantee !== 0) checkInside(insured.guarantee, 0, Infinity, 'guarantee');
  checkInside(insured.years, 0, Infinity, 'years');
  checkInside(insured.multiplier, 1, Infinity, 'multiplier');
  checkInside(insured.volatility, 0, Infinity, 'volatility');
  check([insured.drift, insured.rate], 'drift and rate', 2);
  return insured;
}

/** A trade that costs as much as the cushion it frees can never be paid for. */
function checkCost(cost: number, multiplier: number): void {
  if (cost !== 0) checkInside(cost, 0, 1 / multiplier, 'cost');
}

function checkRatchet(value: number, alpha: number, multiplier: number): void {
  checkInside(value, 0, Infinity, 'value');
  if (alpha !== 0) checkInside(alpha, 0, 1, 'alpha');
  checkInside(multiplier, 0, Infinity, 'multiplier');
}
