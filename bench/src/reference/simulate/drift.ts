// The weight of one asset beside cash, brought back in different ways. The weight moves as it does in a market (its logit is a
// Brownian motion), so that what is small-deviation theory elsewhere is put to the test.

import { ConstantMix } from '@trimtab/core';
import { Random } from '@trimtab/lab';

/** Hold what was counted: trades {1/yr}, one-sided turnover {1/yr} and the mean squared deviation of the weight {1}. */
export type Counted = { readonly trades: number; readonly turnover: number; readonly meanSquare: number };

/** State a band of ±`trigger` around `weight`, traded to ±`landing`, and for how many mean exit times from target to run. */
export type Run = {
  readonly weight: number;
  readonly volatility: number;
  readonly trigger: number;
  readonly landing: number;
  readonly cycles: number;
};

/** Steps in the mean time from the target to the trigger. */
const STEPS = 200;
/** How late a barrier is seen, in deviations of one step (Broadie, Glasserman and Kou, 1997): it stands nearer by that much here. */
const LATE = 0.5826;

/** Simulate a band. What overshoots is traded too, from where it is. */
export function simulateBand({ weight, volatility, trigger, landing, cycles }: Run, seed: number): Counted {
  const random = Random.stream(seed, 'band');
  const logit = (deviation: number) => ConstantMix.logit(weight + deviation);
  const step = trigger ** 2 / (volatility * weight * (1 - weight)) ** 2 / STEPS;
  const spread = volatility * Math.sqrt(step);
  const [low, high] = [logit(-trigger) + LATE * spread, logit(trigger) - LATE * spread];
  // A reflecting edge is seen late just the same: it stands where the barrier does.
  const reflecting = landing === trigger;
  const [below, above] = reflecting ? [low, high] : [logit(-landing), logit(landing)];
  let [x, trades, turnover, squares] = [logit(0), 0, 0, 0];
  for (let i = 0; i < STEPS * cycles; i++) {
    x += spread * Random.normal(random);
    const held = ConstantMix.logistic(x);
    if (x > low && x < high) {
      squares += (held - weight) ** 2;
      continue;
    }
    x = x >= high ? above : below;
    const kept = ConstantMix.logistic(x);
    turnover += Math.abs(held - kept);
    squares += (kept - weight) ** 2;
    trades += 1;
  }
  const years = STEPS * cycles * step;
  return { trades: trades / years, turnover: turnover / years, meanSquare: squares / (STEPS * cycles) };
}

/** State a schedule: back to `weight` every `interval` {yr}, `intervals` times. */
export type Schedule = {
  readonly weight: number;
  readonly volatility: number;
  readonly interval: number;
  readonly intervals: number;
};

/** Simulate a schedule; the deviation is measured at a random moment of each interval. */
export function simulateSchedule({ weight, volatility, interval, intervals }: Schedule, seed: number): Counted {
  const random = Random.stream(seed, 'schedule');
  const start = ConstantMix.logit(weight);
  let [turnover, squares] = [0, 0];
  for (let i = 0; i < intervals; i++) {
    const part = Random.uniform(random);
    const middle = start + volatility * Math.sqrt(part * interval) * Random.normal(random);
    const end = middle + volatility * Math.sqrt((1 - part) * interval) * Random.normal(random);
    squares += (ConstantMix.logistic(middle) - weight) ** 2;
    turnover += Math.abs(ConstantMix.logistic(end) - weight);
  }
  return { trades: 1 / interval, turnover: turnover / intervals / interval, meanSquare: squares / intervals };
}
