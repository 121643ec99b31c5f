// The figures that a run is judged by. Each is defined, with its formula, in docs/figures.md.

import type { AssetId, Time, Usd } from '@trimtab/core';
import type { Log } from './Log.ts';

export type Summary = {
  readonly from: Time;
  readonly to: Time;
  readonly cycles: number;
  /** Runs that settled at least one swap. */
  readonly rebalances: number;
  /** Settled swaps. */
  readonly trades: number;
  /** Value sold ÷ time-weighted mean value; one-sided, over the whole run. {1} */
  readonly turnover: number;
  readonly costs: Costs;
  /** Value sold − value received at oracle prices: all that trading cost before gas, whatever the cause (Perold, 1988). */
  readonly shortfall: Usd;
  /** Standard deviation of log return against the frictionless constant mix, per year of 365 days. {1/sqrt(yr)} */
  readonly trackingError: number;
  readonly value: {
    readonly start: Usd;
    readonly end: Usd;
    /** What the first holdings would be worth at the end. */
    readonly buyAndHold: Usd;
    /** What rebalancing to target at every cycle without any cost would have made. */
    readonly constantMix: Usd;
  };
  /** value.end / value.buyAndHold − 1. {1} */
  readonly againstBuyAndHold: number;
  /** value.end / value.constantMix − 1. {1} */
  readonly againstConstantMix: number;
  readonly drift: {
    /** Largest |weight − target| of any asset ever seen, of which asset and when. */
    readonly max: number;
    readonly asset: AssetId;
    readonly at: Time;
    /** Largest |weight − target| of any asset at the end. */
    readonly end: number;
  };
  /** Whether every banded asset's weight lay inside its band at the end. */
  readonly withinBands: boolean;
};

/** Split what trading cost by who got it. D18{USD} */
export type Costs = {
  /** To the pools' liquidity providers, as planned. */
  readonly fees: Usd;
  /** Moved away by our own size, as planned. */
  readonly impact: Usd;
  /** To validators, from receipts. */
  readonly gas: Usd;
  /** To whoever traded between our simulation and our inclusion: what was proved − what was received, where positive. */
  readonly mev: Usd;
};

/** Summarise a log. Throws RangeError on a log without a sight. */
export function summarise(log: Log): Summary {
  throw new Error(`not yet: ${log.sights.length}`);
}
