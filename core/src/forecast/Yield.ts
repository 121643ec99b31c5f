// What capital earns where it waits. Rates are per year of 365 days; whether they are compounded is said in the name:
// an APR is not, an APY is. What is promised is cut before it is believed.

import { RAY } from '../market/Kinked.ts';
import * as Lending from '../market/Lending.ts';
import * as Lvr from '../market/amm/Lvr.ts';
import { approximate } from '../money/approximate.ts';
import { type Seconds, YEAR } from '../money/Time.ts';
import { check, checkInside, checkPositive, ForecastError } from './Numbers.ts';

/** Compound a rate {1/yr} paid in `periods` a year; Infinity compounds without pause. */
export function apy(apr: number, periods: number): number {
  check([apr], 'apr', 1);
  checkPeriods(periods);
  if (periods === Infinity) return Math.expm1(apr);
  checkInside(apr / periods, -1, Infinity, 'apr');
  return Math.expm1(periods * Math.log1p(apr / periods));
}

/** Find the rate {1/yr} that, paid in `periods` a year, compounds to this yield. The inverse of `apy`. */
export function apr(yearly: number, periods: number): number {
  checkInside(yearly, -1, Infinity, 'apy');
  checkPeriods(periods);
  return periods === Infinity ? Math.log1p(yearly) : periods * Math.expm1(Math.log1p(yearly) / periods);
}

/**
 * Measure the APY that took a vault's share from one price to another in so many seconds. Throws ForecastError where a year
 * at that pace is more than a number can hold: such a jump is no yield.
 */
export function realised(before: number, after: number, seconds: Seconds): number {
  checkPositive([before, after], 'share price', 2);
  checkPositive([seconds], 'seconds', 1);
  const yearly = Math.expm1((Math.log(after / before) * YEAR) / seconds);
  if (yearly < Infinity) return yearly;
  throw new ForecastError('seconds', `a share price from ${before} to ${after} in ${seconds} s`, 'take a longer time');
}

/** Say how much of a rate is believed: `haircut` {1} [0, 1] off the rate, and a yearly chance {1} of losing a share {1}. */
export type Doubt = { readonly haircut: number; readonly chance: number; readonly loss: number };

/** Expect of a promised rate {1/yr}: rate·(1 − haircut)·(1 − chance) − chance·loss. A rate below zero is not cut. */
export function expected(rate: number, { haircut, chance, loss }: Doubt): number {
  check([rate], 'rate', 1);
  for (const [name, share] of Object.entries({ haircut, chance, loss })) {
    if (!(share >= 0 && share <= 1)) throw new ForecastError(name, `${share}`, 'give a share in [0, 1]');
  }
  return (rate > 0 ? rate * (1 - haircut) : rate) * (1 - chance) - chance * loss;
}

/** Expect of a deposit of so many atoms in a lending pool what it pays once we are in it, an APR, less doubt {1/yr}. */
export function ofLending(pool: Lending.Lending, deposit: bigint, doubt: Doubt): number {
  return expected(approximate(Lending.supplyRateAfter(pool, deposit), RAY), doubt);
}

/** Describe liquidity that is provided: the fees it earns {1/yr} and the volatility {1/√yr} of the price; a range, or all prices. */
export type Provision = {
  readonly fees: number;
  readonly volatility: number;
  readonly range?: { readonly low: number; readonly high: number; readonly price: number };
};

/** Expect of provided liquidity its fees, cut by doubt, less what it loses to arbitrage {1/yr}; see Lvr for the latter. */
export function ofLiquidity({ fees, volatility, range }: Provision, doubt: Doubt): number {
  const lost =
    range === undefined ? Lvr.ofWeighted(volatility) : Lvr.ofRange(volatility, range.low, range.high, range.price);
  return expected(fees, doubt) - lost;
}

function checkPeriods(periods: number): void {
  if (periods > 0) return;
  throw new ForecastError('periods', `${periods}`, 'give how many times a year interest is paid, or Infinity');
}
