// What may have happened between two published closes: a Brownian bridge in log price, which starts and ends exactly
// on them (Glasserman, 2004, Monte Carlo Methods in Financial Engineering, section 3.1).

import type { Price, Seconds, Time } from '@trimtab/core';
import * as Random from '../Random.ts';
import type { History } from './History.ts';

/** Say how to fill the time between the known prices. */
export type Filling = {
  /** Seconds between the points to make, >= 1; the last step before a known price may be shorter. */
  readonly step: Seconds;
  readonly seed: number;
  /**
   * Standard deviation of log price over a day, before it is tied to the next known price. `realised`: for each symbol
   * the root mean square of its own log returns, scaled to a day by the square root of time.
   */
  readonly volatility: number | 'realised';
  /** Correlation between any two symbols' noise, [0, 1]. */
  readonly correlation: number;
};

const DAY: Seconds = 86_400;

/**
 * Join the prices of a history by seeded Brownian bridges. Every known price stays where it is, to the atom; points
 * between are rounded down. Throws RangeError on a step under one second or a correlation outside [0, 1].
 */
export function bridge(known: History, filling: Filling): History {
  const { step, seed, correlation } = filling;
  if (!(step >= 1)) throw new RangeError(`a step of ${step} s is too short: use whole seconds, at least 1`);
  if (!(correlation >= 0 && correlation <= 1))
    throw new RangeError(`a correlation of ${correlation} is outside [0, 1]`);
  const times = grid(known.times, step);
  const common = noise(known.times, times, Random.stream(seed, 'market'));
  const prices = known.symbols.map((symbol, i) => {
    const own = noise(known.times, times, Random.stream(seed, symbol));
    const mixed = own.map((x, t) => Math.sqrt(correlation) * (common[t] ?? 0) + Math.sqrt(1 - correlation) * x);
    const series = known.prices[i] ?? [];
    const daily = filling.volatility === 'realised' ? realised(known.times, series) : filling.volatility;
    return join(known.times, series, times, mixed, daily);
  });
  const source = `${known.source}, joined by a Brownian bridge every ${step} s, seed ${seed}`;
  return { symbols: known.symbols, times, prices, source };
}

/** List the known times and, between them, every step after each. */
function grid(known: readonly Time[], step: Seconds): readonly Time[] {
  return known.flatMap((from, i) => {
    const to = known[i + 1] ?? from + 1;
    return Array.from({ length: Math.ceil((to - from) / step) }, (_, k) => from + k * step);
  });
}

/**
 * Draw a bridge of unit daily variance that is zero at every known time. From x at t, tied to 0 at T, the next point
 * is normal with mean x·(T − s)/(T − t) and variance (s − t)(T − s)/(T − t).
 */
function noise(known: readonly Time[], times: readonly Time[], random: Random.Random): readonly number[] {
  let x = 0;
  let next = 0;
  return times.map((at, i) => {
    if (at === known[next]) {
      next += 1;
      x = 0;
      return x;
    }
    const from = times[i - 1] ?? at;
    const end = known[next] ?? at;
    const left = (end - at) / (end - from);
    x = x * left + Math.sqrt(((at - from) / DAY) * left) * Random.normal(random);
    return x;
  });
}

function join(
  known: readonly Time[],
  prices: readonly Price[],
  times: readonly Time[],
  noise: readonly number[],
  daily: number,
): Price[] {
  let next = 0;
  return times.map((at, i) => {
    if (at === known[next]) next += 1;
    const from = prices[next - 1] ?? 0n;
    const start = known[next - 1] ?? at;
    if (at === start) return from;
    const share = (at - start) / ((known[next] ?? at) - start);
    const move = share * logReturn(from, prices[next] ?? from) + daily * (noise[i] ?? 0);
    return scaleDown(from, Math.exp(move));
  });
}

/** Root mean square of log returns per square root of a day. */
function realised(times: readonly Time[], prices: readonly Price[]): number {
  const squares = prices.slice(1).map((price, i) => {
    const days = ((times[i + 1] ?? 0) - (times[i] ?? 0)) / DAY;
    return logReturn(prices[i] ?? price, price) ** 2 / days;
  });
  return squares.length === 0 ? 0 : Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length);
}

function logReturn(from: Price, to: Price): number {
  return Math.log(Number(to) / Number(from));
}

/** Multiply a price by a positive factor known to 52 bits; an imagined price belongs to nobody, and it never is zero. */
function scaleDown(price: Price, factor: number): Price {
  const scaled = (price * BigInt(Math.round(factor * 2 ** 52))) >> 52n;
  return scaled > 0n ? scaled : 1n;
}
