// What was observed, when. Real prices come at uneven times and with holes: both are kept as they are, because a filled
// hole is a made-up observation that makes every volatility too low.

import type { Seconds, Time } from '../money/Time.ts';
import { at, check, checkSameLength, ForecastError } from './Numbers.ts';

/** Hold observations: `times` {s} strictly ascending, `values` finite, one for each time. */
export type Series = { readonly times: readonly Time[]; readonly values: readonly number[] };

/** Name a stretch without observations: from the last before it to the first after it. */
export type Gap = { readonly from: Time; readonly to: Time; readonly seconds: Seconds };

/** Name an observation that one series lacks and another has. `series` is the index in the list that was aligned. */
export type Absence = { readonly series: number; readonly time: Time };

/** Read observations. Throws ForecastError on lengths that differ, on what is not finite, and on times out of order. */
export function parse(times: readonly Time[], values: readonly number[], path = 'series'): Series {
  check(times, `${path}.times`, 1);
  check(values, `${path}.values`, 1);
  checkSameLength(times, values, `${path}.values`);
  for (let index = 1; index < times.length; index++) {
    const [before, time] = [at(times, index - 1), at(times, index)];
    if (time > before) continue;
    throw new ForecastError(
      `${path}.times[${index}]`,
      `${time} after ${before}`,
      'sort by time and keep one observation a moment',
    );
  }
  return { times, values };
}

/** List every step longer than `longest` {s}. */
export function gaps(series: Series, longest: Seconds): readonly Gap[] {
  return series.times.slice(1).flatMap((to, index) => {
    const from = at(series.times, index);
    return to - from > longest ? [{ from, to, seconds: to - from }] : [];
  });
}

/**
 * Keep the moments that every series observed, and name every observation that some lack.
 * Throws ForecastError where no moment is common to all.
 */
export function align(list: readonly Series[]): {
  readonly aligned: readonly Series[];
  readonly absent: readonly Absence[];
} {
  if (list.length === 0) throw new ForecastError('series', 'no series', 'give at least one');
  const lookups = list.map((series) => new Map(series.times.map((time, index) => [time, at(series.values, index)])));
  const every = [...new Set(list.flatMap((series) => series.times))].toSorted((a, b) => a - b);
  const absent = every.flatMap((time) =>
    lookups.flatMap((lookup, series) => (lookup.has(time) ? [] : [{ series, time }])),
  );
  const missed = new Set(absent.map(({ time }) => time));
  const times = every.filter((time) => !missed.has(time));
  if (times.length === 0) {
    throw new ForecastError('series', 'no moment common to all', 'observe them at the same times');
  }
  const aligned = list.map((series) => {
    const kept = series.values.filter((_, index) => !missed.has(at(series.times, index)));
    return { times, values: kept };
  });
  return { aligned, absent };
}
