// What prices did, as recorded or as imagined: the same shape for a file, a scenario and a random path.

import type { Price, Seconds, Time } from '@trimtab/core';

/** Hold the prices of some symbols at some moments. Steps may be irregular. */
export type History = {
  readonly symbols: readonly string[];
  /** Strictly ascending, at least one. */
  readonly times: readonly Time[];
  /** One series for each symbol, in the order of `symbols`; each as long as `times`. D18{USD/tok}, > 0. */
  readonly prices: readonly (readonly Price[])[];
  /** Where it comes from, in words for a person. */
  readonly source: string;
};

/** Get one symbol's prices. Throws RangeError if the history does not have it. */
export function series(history: History, symbol: string): readonly Price[] {
  const found = history.prices[history.symbols.indexOf(symbol)];
  if (found === undefined)
    throw new RangeError(`${history.source} has ${history.symbols.join(', ')}, but not ${symbol}`);
  return found;
}

/** Get the prices of all symbols at one index of `times`. Throws RangeError outside it. */
export function row(history: History, index: number): readonly Price[] {
  return history.prices.map((prices) => {
    const price = prices[index];
    if (price === undefined) throw new RangeError(`index ${index} is outside the ${history.times.length} moments`);
    return price;
  });
}

/** Keep the moments from `from` up to and including `to`. Throws RangeError if none is left. */
export function between(history: History, from: Time, to: Time): History {
  const start = history.times.findIndex((at) => at >= from);
  const after = history.times.findIndex((at) => at > to);
  const end = after === -1 ? history.times.length : after;
  if (start === -1 || start >= end) throw new RangeError(`${history.source} has nothing from ${from} to ${to}`);
  return {
    ...history,
    times: history.times.slice(start, end),
    prices: history.prices.map((prices) => prices.slice(start, end)),
  };
}

/** Give the length of the longest step, {s}; 0 for a single moment. */
export function longestStep(history: History): Seconds {
  return history.times.reduce<Seconds>((longest, at, i) => Math.max(longest, at - (history.times[i - 1] ?? at)), 0);
}
