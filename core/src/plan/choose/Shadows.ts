// What limits cost: how much more a choice would be worth if a limit that it met lay a little further out.

import { at } from '../../forecast/Numbers.ts';
import { real } from '../program/Flat.ts';
import type { Model } from '../program/Program.ts';
import type { Chosen } from './Choice.ts';

/** Hold what limits cost. */
export type Shadows = {
  /** What one more of a token that ran out would be worth beyond what it counts for {value/tok}; zero where enough is left. */
  readonly limits: Float64Array;
  /** Markets that were used to their end. */
  readonly capacities: readonly Capacity[];
};

/** Price the end of an offer: what one more of the token tendered would gain at its last rate {value/tok}, above zero. */
export type Capacity = { readonly offer: number; readonly price: number };

/** Find what used markets gain at the end of what they take: nothing where that end was not reached. */
export function capacitiesAt(
  models: readonly (Model | undefined)[],
  trades: readonly (Chosen | undefined)[],
  prices: Float64Array,
): readonly Capacity[] {
  return models.flatMap((model, offer) => {
    const trade = trades[offer];
    if (model === undefined || trade === undefined) return [];
    const price = priceOf(model, trade.got, prices);
    return price > 0 ? [{ offer, price }] : [];
  });
}

/** The shares of a price {1} by which a gain is told from rounding. */
const ROUNDING = 1e-9;

function priceOf(model: Model, got: readonly number[], prices: Float64Array): number {
  const { tokens } = model;
  const rate = lastRate(model, at(got, 0) < 0 ? 'falls' : 'rises');
  if (rate === undefined) return 0;
  const [one, other] = [real(prices, at(tokens, 0)), real(prices, at(tokens, 1))];
  const [tendered, received] = at(got, 0) < 0 ? [one, other] : [other, one];
  const gain = rate * received - tendered;
  return gain > ROUNDING * Math.abs(tendered) ? gain : 0;
}

/** Give what a market pays at last for one of what is tendered {received/tendered}; undefined where its trades have no end. */
function lastRate(model: Model, way: 'falls' | 'rises'): number | undefined {
  if (model.kind === 'concentrated') {
    const { segments, fee } = model;
    const edge = way === 'falls' ? at(segments, 0).low : 1 / at(segments, segments.length - 1).high;
    return (1 - fee) * edge ** 2;
  }
  if (model.kind === 'deposit') {
    const { rate, supplied, most, earns } = model;
    const left = supplied / (supplied + most);
    return rate * (1 + (earns[0] + earns[1] * left) * left ** 2);
  }
  if (model.kind === 'ladder') {
    const last = model[way].at(-1);
    return last === undefined || last.most === Infinity ? undefined : last.rate;
  }
  if (model.kind !== 'weighted' || model.most === undefined) return undefined;
  const { reserves, weights, fee, most } = model;
  const [from, to] = way === 'falls' ? [0, 1] : [1, 0];
  const ratio = at(weights, from) / at(weights, to);
  // Along the curve the reserve received from shrinks as the other grows by its utmost.
  return ((1 - fee) * ratio * at(reserves, to) * (1 + most) ** (-ratio - 1)) / at(reserves, from);
}
