// A band with costs, looked at every so often, played edge by edge.

import { ConstantMix, type Renewal } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import { simulateExits } from './exits.ts';

/** Hold what was counted: trades {1/yr} and what a trade costs in log wealth {1}. */
export type Traded = { readonly trades: number; readonly dragPerTrade: number };

/** Simulate a policy looked at every `step` {yr}: exits from each landing, which in the long run start in the shares that their chain has. */
export function simulatePolicy(
  market: Renewal.Market,
  policy: Renewal.Policy,
  step: number,
  cycles: number,
  seed: number,
): Traded {
  const random = Random.stream(seed, 'renewal');
  const { drift, volatility } = market;
  const trend = drift - volatility ** 2 / 2;
  const from = (landing: number) => {
    const up = ConstantMix.logit(policy.high) - ConstantMix.logit(landing);
    const down = ConstantMix.logit(landing) - ConstantMix.logit(policy.low);
    return simulateExits({ up, down, drift: trend, volatility, step }, cycles, random);
  };
  const [bought, sold] = [from(policy.lowLanding), from(policy.highLanding)];
  const share = bought.upProbability / (bought.upProbability + 1 - sold.upProbability);
  const time = (1 - share) * bought.time + share * sold.time;
  // The chain is in balance: trades that sell are as frequent as cycles that start where a sale lands.
  const drag =
    share * paid(market, policy.high, policy.highLanding) + (1 - share) * paid(market, policy.low, policy.lowLanding);
  return { trades: 1 / time, dragPerTrade: drag };
}

/** What a trade between two weights costs in log wealth, counted on a portfolio of one. */
function paid({ proportional, fixed }: Renewal.Market, from: number, to: number): number {
  const sign = Math.sign(to - from);
  // After a trade of `size` the asset is worth from ± size, and everything 1 − k·size.
  const size = Math.abs(to - from) / (1 + sign * proportional * to);
  return -Math.log((1 - proportional * size) * (1 - fixed));
}
