// What a trade or a plan costs, by who receives it.

import type { Usd } from '../money/Price.ts';

/** Split a cost by who receives it. D18{USD}, each at least zero and rounded up: a cost is never understated. */
export type Cost = {
  /** What markets keep for those who make them. */
  readonly fee: Usd;
  /** What our own size moves the prices by. */
  readonly impact: Usd;
  readonly gas: Usd;
  /** What bridges keep for carrying over. */
  readonly bridge: Usd;
  /** What others are expected to take by trading around us. */
  readonly mev: Usd;
};

export const NONE: Cost = { fee: 0n, impact: 0n, gas: 0n, bridge: 0n, mev: 0n };

/** Add costs up, part by part. */
export function sum(costs: readonly Cost[]): Cost {
  return costs.reduce(
    (a, b) => ({
      fee: a.fee + b.fee,
      impact: a.impact + b.impact,
      gas: a.gas + b.gas,
      bridge: a.bridge + b.bridge,
      mev: a.mev + b.mev,
    }),
    NONE,
  );
}

/** Add up the parts of a cost. D18{USD} */
export function total({ fee, impact, gas, bridge, mev }: Cost): Usd {
  return fee + impact + gas + bridge + mev;
}

/** Say whether a part is below zero, which none can be. */
export function isNegative(cost: Cost): boolean {
  return Object.values(cost).some((part) => part < 0n);
}
