// A band with costs, looked at every so often, played from trade to trade.

import { ConstantMix, type Renewal } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import { simulateExit } from './exits.ts';

/** Hold what was counted: trades {1/yr} and what a trade costs in log wealth {1}. */
export type Traded = { readonly trades: number; readonly dragPerTrade: number };

/** Simulate a policy looked at every `step` {yr} for as many trades. Each is paid for from the weight that was reached. */
export function simulatePolicy(
  market: Renewal.Market,
  policy: Renewal.Policy,
  step: number,
  trades: number,
  seed: number,
): Traded {
  const random = Random.stream(seed, 'renewal');
  const { drift, volatility } = market;
  const motion = { drift: drift - volatility ** 2 / 2, volatility, step };
  const [low, high] = [ConstantMix.logit(policy.low), ConstantMix.logit(policy.high)];
  let [landing, steps, drag] = [policy.lowLanding, 0, 0];
  for (let trade = 0; trade < trades; trade++) {
    const start = ConstantMix.logit(landing);
    const exit = simulateExit({ ...motion, up: high - start, down: start - low }, random);
    landing = exit.place > 0 ? policy.highLanding : policy.lowLanding;
    steps += exit.steps;
    drag += paid(market, ConstantMix.logistic(start + exit.place), landing);
  }
  return { trades: trades / (steps * step), dragPerTrade: drag / trades };
}

/** What a trade between two weights costs in log wealth, counted on a portfolio of one. */
function paid({ proportional, fixed }: Renewal.Market, from: number, to: number): number {
  const sign = Math.sign(to - from);
  // After a trade of `size` the asset is worth from ± size, and everything 1 − k·size.
  const size = Math.abs(to - from) / (1 + sign * proportional * to);
  return -Math.log((1 - proportional * size) * (1 - fixed));
}
