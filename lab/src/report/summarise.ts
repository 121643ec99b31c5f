// The figures that a run is judged by. Each is defined, with its formula, in docs/figures.md.

import { approximate } from '@trimtab/core';
import type { AssetId, Time, Usd } from '@trimtab/core';
import type { Log, Sight } from './Log.ts';
import * as Tracking from './Tracking.ts';
import * as Worth from './Worth.ts';

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

/** Drifts this close are equal: of two assets, what one gained the other lost, to the last digit of a float. */
const TIE = 1e-12;

/** Summarise a log. Throws RangeError on a log without a sight, and on a portfolio worth nothing. */
export function summarise(log: Log): Summary {
  const { first, last } = ends(log.sights);
  const start = Worth.of(first);
  const end = Worth.of(last);
  if (start <= 0n || end <= 0n)
    throw new RangeError(`a portfolio worth ${start} at first and ${end} at last has no returns to report`);
  const buyAndHold = Worth.held(first, last);
  const constantMix = mixed(start, log.sights, first, last);
  return {
    from: first.at,
    to: last.at,
    cycles: log.cycles,
    rebalances: log.rebalances,
    trades: log.trades.length,
    turnover: turnover(log),
    costs: costs(log),
    shortfall: sum(log.trades, (t) => {
      const seen = sightAt(log.sights, t.at);
      return Worth.up(seen, t.sell, t.sold) - Worth.down(seen, t.buy, t.received);
    }),
    trackingError: Tracking.error(Tracking.againstMix(log.sights)),
    value: { start, end, buyAndHold, constantMix },
    againstBuyAndHold: approximate(end, buyAndHold) - 1,
    againstConstantMix: approximate(end, constantMix) - 1,
    drift: { ...largestDrift(log.sights), end: largestDrift([last]).max },
    withinBands: withinBands(last),
  };
}

function ends(sights: readonly Sight[]): { readonly first: Sight; readonly last: Sight } {
  const first = sights[0];
  const last = sights.at(-1);
  if (first === undefined || last === undefined)
    throw new RangeError('nothing was observed, so there is nothing to report');
  return { first, last };
}

/** Carry a belief, the mix's growth, back into dollars to twelve digits; rounded down, it is nobody's money. */
function mixed(start: Usd, sights: readonly Sight[], first: Sight, last: Sight): Usd {
  const growth = Tracking.mixGrowth(sights).reduce((product, factor) => product * factor, 1);
  const scale = 10n ** 12n;
  return (start * BigInt(Math.round(growth * 1e12)) * last.supply) / (scale * first.supply);
}

function turnover({ sights, trades }: Log): number {
  const sold = sum(trades, (t) => Worth.up(sightAt(sights, t.at), t.sell, t.sold));
  return approximate(sold, 10n ** 18n) / meanValue(sights);
}

/** Average value over time, taken as straight lines between sights. {USD} */
function meanValue(sights: readonly Sight[]): number {
  const { first, last } = ends(sights);
  const values = sights.map((s) => approximate(Worth.of(s), 10n ** 18n));
  if (last.at === first.at) return values.at(-1) ?? 0;
  const area = sights.slice(1).reduce((total, after, k) => {
    const seconds = after.at - (sights[k]?.at ?? after.at);
    return total + (((values[k] ?? 0) + (values[k + 1] ?? 0)) / 2) * seconds;
  }, 0);
  return area / (last.at - first.at);
}

function costs({ sights, trades, spent }: Log): Costs {
  return {
    fees: sum(trades, (t) => t.cost.fee),
    impact: sum(trades, (t) => t.cost.impact),
    gas: sum(spent, (s) => s.cost),
    mev: sum(trades, (t) =>
      t.proved > t.received ? Worth.up(sightAt(sights, t.at), t.buy, t.proved - t.received) : 0n,
    ),
  };
}

function largestDrift(sights: readonly Sight[]): { readonly max: number; readonly asset: AssetId; readonly at: Time } {
  const { first } = ends(sights);
  return sights.reduce(
    (worst, seen) =>
      Worth.deviations(seen).reduce(
        (w, { asset, deviation }) =>
          Math.abs(deviation) > w.max + TIE ? { max: Math.abs(deviation), asset, at: seen.at } : w,
        worst,
      ),
    { max: 0, asset: first.positions[0]?.asset.id ?? '', at: first.at },
  );
}

function withinBands(seen: Sight): boolean {
  return Worth.deviations(seen).every(({ weight }, i) => {
    const band = seen.positions[i]?.band;
    return band === undefined || (weight >= band[0] && weight <= band[1]);
  });
}

/** Find the picture a trade was decided on: the newest that is not later, by bisection. */
function sightAt(sights: readonly Sight[], at: Time): Sight {
  let low = 0;
  let high = sights.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sights[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  const found = sights[low - 1];
  if (found === undefined) throw new RangeError(`a trade at ${at} is older than the first observation`);
  return found;
}

function sum<T>(items: readonly T[], value: (item: T) => bigint): bigint {
  return items.reduce((total, item) => total + value(item), 0n);
}
