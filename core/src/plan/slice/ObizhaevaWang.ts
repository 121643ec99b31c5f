// How to slice an order into a book that refills: a large trade first and last, and equal ones that eat what came back.

import { check, ForecastError } from '../../forecast/Numbers.ts';

/** State the order and the book. */
export type Order = {
  readonly size: number;
  /** Trades, at equal distances in time, at least two. */
  readonly trades: number;
  /** What is left of an impact at the next trade {1}, [0, 1): e^(−ρτ). */
  readonly remaining: number;
  /** Impact: money per unit, for each unit traded. */
  readonly impact: number;
};

/**
 * Find the slices that cost least in a book of constant depth that recovers exponentially, price risk left out.
 * Formula: the outer two are X/(2 + (n − 2)(1 − a)), the inner ones (1 − a) of that (Obizhaeva and Wang, 2013;
 * Alfonsi, Fruth and Schied, 2010).
 */
export function slices(order: Order): readonly number[] {
  const { trades, remaining } = order;
  const outer = order.size / weight(order);
  return Array.from({ length: trades }, (_, index) =>
    index === 0 || index === trades - 1 ? outer : outer * (1 - remaining),
  );
}

/** Compute the cost of the optimal slices: ½κX²(1 + a)/(2 + (n − 2)(1 − a)). In money, above the price before. */
export function least(order: Order): number {
  return (order.impact * order.size ** 2 * (1 + order.remaining)) / (2 * weight(order));
}

/** Compute the cost of any slices: each pays half its own impact and all that is left of those before. */
export function cost(sizes: readonly number[], remaining: number, impact: number): number {
  check(sizes, 'sizes', 1);
  checkBook(remaining, impact);
  let [paid, displaced] = [0, 0];
  for (const size of sizes) {
    paid += size * (displaced + (impact * size) / 2);
    displaced = (displaced + impact * size) * remaining;
  }
  return paid;
}

function weight({ size, trades, remaining, impact }: Order): number {
  check([size], 'size', 1);
  checkBook(remaining, impact);
  if (!Number.isSafeInteger(trades) || trades < 2) {
    throw new ForecastError('trades', String(trades), 'give a whole number of at least 2');
  }
  return 2 + (trades - 2) * (1 - remaining);
}

function checkBook(remaining: number, impact: number): void {
  if (!(remaining >= 0 && remaining < 1)) {
    throw new ForecastError('remaining', String(remaining), 'give a number in [0, 1)');
  }
  if (!(impact >= 0 && impact < Infinity)) {
    throw new ForecastError('impact', String(impact), 'give a finite number, zero or more');
  }
}
