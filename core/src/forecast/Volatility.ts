// Volatility per bar, from what a bar shows besides its close: the range of a bar holds about five times the information
// of its two ends, so that a fifth of the history says as much, and the answer is a fifth as old.
// Ranges seen at coarse ticks are too small and these estimates then too low (Broadie, Glasserman and Kou, 1997).

import { type Seconds, YEAR } from '../money/Time.ts';
import { at, checkPositive, ForecastError, mean, variance } from './Numbers.ts';

/** Hold the four prices of a bar: low ≤ open, close ≤ high. All bars of a list last equally long. */
export type Bar = { readonly open: number; readonly high: number; readonly low: number; readonly close: number };

/** Estimate {1/√bar} from the log returns between closes, n − 1 in the denominator. At least three bars. */
export function closeToClose(bars: readonly Bar[]): number {
  checkBars(bars, 3);
  const returns = bars.slice(1).map(({ close }, index) => Math.log(close / at(bars, index).close));
  return root(variance(returns), bars);
}

/** Estimate {1/√bar} by (ln H/L)²/(4 ln 2) (Parkinson, 1980). Assumes no drift and no jump between bars. */
export function parkinson(bars: readonly Bar[]): number {
  checkBars(bars, 1);
  return Math.sqrt(mean(bars.map(({ high, low }) => Math.log(high / low) ** 2 / (4 * Math.LN2))));
}

/**
 * Estimate {1/√bar} by ½(ln H/L)² − (2 ln 2 − 1)(ln C/O)² (Garman and Klass, 1980).
 * Assumes no drift and no jump between bars.
 */
export function garmanKlass(bars: readonly Bar[]): number {
  checkBars(bars, 1);
  const terms = bars.map(({ open, high, low, close }) => {
    return Math.log(high / low) ** 2 / 2 - (2 * Math.LN2 - 1) * Math.log(close / open) ** 2;
  });
  return Math.sqrt(mean(terms));
}

/**
 * Estimate {1/√bar} by ln(H/C) ln(H/O) + ln(L/C) ln(L/O) (Rogers and Satchell, 1991): right under any drift.
 * Assumes no jump between bars. Bars that all open at one end and close at the other show it nothing, and are refused.
 */
export function rogersSatchell(bars: readonly Bar[]): number {
  checkBars(bars, 1);
  return root(mean(bars.map(rogersSatchellTerm)), bars);
}

/**
 * Estimate {1/√bar} by σ²(open) + kσ²(close) + (1 − k)σ²(RS), k = 0.34/(1.34 + (n + 1)/(n − 1)) (Yang and Zhang, 2000):
 * right under drift and under jumps between bars. The first bar gives only the close before the second, so that n bars
 * follow from n + 1. At least three bars.
 */
export function yangZhang(bars: readonly Bar[]): number {
  checkBars(bars, 3);
  const inner = bars.slice(1);
  const n = inner.length;
  const jumps = inner.map(({ open }, index) => Math.log(open / at(bars, index).close));
  const bodies = inner.map(({ open, close }) => Math.log(close / open));
  const k = 0.34 / (1.34 + (n + 1) / (n - 1));
  const total = variance(jumps) + k * variance(bodies) + (1 - k) * mean(inner.map(rogersSatchellTerm));
  return root(total, bars);
}

/** Turn {1/√bar} of bars that last `seconds` into {1/√year}, 365 days a year. */
export function annual(perBar: number, seconds: Seconds): number {
  checkPositive([seconds], 'seconds', 1);
  return perBar * Math.sqrt(YEAR / seconds);
}

/**
 * Keep a volatility between a floor and a cap of the same unit: a calm past is no promise, and one wild bar is not a year.
 * Throws ForecastError on bounds that are not 0 < floor ≤ cap.
 */
export function bounded(volatility: number, floor: number, cap: number): number {
  checkPositive([volatility], 'volatility', 1);
  checkPositive([floor, cap], 'bounds', 2);
  if (floor > cap) throw new ForecastError('floor', `${floor} above ${cap}`, 'give a floor of at most the cap');
  return Math.min(cap, Math.max(floor, volatility));
}

/** Beside the widest range, squared, a variance no larger than this is rounding. */
const ROUNDING = 1e-24;

/** Prices ranged but the estimate saw none of it: that is no volatility of zero, which would size every position without limit. */
function root(estimate: number, bars: readonly Bar[]): number {
  const widest = Math.max(...bars.map(({ high, low }) => Math.log(high / low)));
  if (estimate > ROUNDING * widest ** 2) return Math.sqrt(estimate);
  const fix = 'give more bars, or take an estimate from their ranges: parkinson or garmanKlass';
  throw new ForecastError('bars', `a variance of ${estimate} although prices ranged`, fix);
}

function rogersSatchellTerm({ open, high, low, close }: Bar): number {
  return Math.log(high / close) * Math.log(high / open) + Math.log(low / close) * Math.log(low / open);
}

function checkBars(bars: readonly Bar[], least: number): void {
  if (!Array.isArray(bars) || bars.length < least) {
    throw new ForecastError('bars', `${bars.length} bars`, `give at least ${least}`);
  }
  for (const [index, bar] of bars.entries()) checkBar(bar, `bars[${index}]`);
  // A market that never moves is a feed that stands still: zero volatility would size every position without limit.
  if (bars.every(({ high, low }) => high === low)) {
    throw new ForecastError('bars', 'no bar with a range', 'check the feed: these prices never moved');
  }
}

function checkBar({ open, high, low, close }: Bar, path: string): void {
  for (const [name, price] of Object.entries({ open, high, low, close })) {
    if (price > 0 && price < Infinity) continue;
    throw new ForecastError(`${path}.${name}`, `${String(price)}`, 'give a finite price above zero');
  }
  if (low > Math.min(open, close)) {
    throw new ForecastError(`${path}.low`, `${low}`, `give at most ${Math.min(open, close)}, the lower end of the bar`);
  }
  if (high < Math.max(open, close)) {
    throw new ForecastError(
      `${path}.high`,
      `${high}`,
      `give at least ${Math.max(open, close)}, the higher end of the bar`,
    );
  }
}
