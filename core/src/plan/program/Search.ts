// Where a search for the best flow starts, and when it stops.

import { checkAbove, NetworkError } from '../network/Network.ts';
import { real, whole } from './Flat.ts';
import * as Goal from './Goal.ts';
import type { Point } from './Point.ts';
import type { Program } from './Program.ts';

/** Say where to start and when to stop. */
export type Search = {
  /** Stop at this gap {1} of `worth`. */
  readonly gap: number;
  /** {value}, above zero: where it is left out, what holdings are worth, or what a conversion gains where that is more. */
  readonly worth?: number;
  /** Look at the markets at most so often: what is best by then is the answer. */
  readonly looks: number;
  /** Prices {value/tok}, above zero, that an earlier search ended with. */
  readonly prices?: Float64Array;
};

/** What is asked where nothing else is. */
export const ORDINARY: Search = { gap: 1e-10, looks: 200 };

/** Refuse a search that makes no sense. Throws NetworkError. */
export function check({ gap, looks, worth, prices }: Search, { tokens, unbounded }: Program): void {
  checkAbove([gap], 1, 'search.gap');
  checkAbove([looks], 1, 'search.looks');
  if (worth !== undefined) checkAbove([worth], 1, 'search.worth');
  if (prices === undefined) return;
  if (prices.length !== tokens) throw new NetworkError('search.prices', `${prices.length} values`, `give ${tokens}`);
  const bad = prices.findIndex((price, j) => !Number.isFinite(price) || (price <= 0 && whole(unbounded, j) === 1));
  if (bad >= 0) throw new NetworkError(`search.prices[${bad}]`, `${prices[bad]}`, 'give a finite number above zero');
}

/** Start from prices that are known, or from what tokens are worth. */
export function start({ q, lambda }: Point, frame: Goal.Frame, prices: Float64Array | undefined): void {
  q.fill(0);
  lambda.fill(0);
  const known = prices ?? frame.first;
  let unit = 0;
  for (let j = 0; j < frame.size; j++) unit += (real(frame.weights, j) * real(known, j)) / real(frame.first, j);
  if (!(unit > 0)) unit = 1;
  for (let j = 0; j < frame.size; j++) {
    const share = real(known, j) / (real(frame.first, j) * unit);
    if (whole(frame.tracked, j) === 1) q[j] = 1 - share;
    else lambda[j] = Math.max(0, share - real(frame.base, j));
  }
  Goal.centre(frame, q);
}
