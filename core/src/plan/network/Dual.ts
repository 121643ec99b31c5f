// The price side of a purpose. The best flow is found by looking for the prices at which the markets, each serving itself, together
// do what the purpose asks: the lowest point of a convex function of the prices (Diamandis, Resnick, Chitra, Angeris, 2023).

import { dot, times } from '../../forecast/Matrix.ts';
import { at, sum } from '../../forecast/Numbers.ts';
import { before, type Convert, type Purpose, type Rebalance } from './Purpose.ts';
import { square } from './Response.ts';

/**
 * Hold the purpose's part of that function, of unknowns z: prices ν = base + map·z, and what they add, constant + linear·z + z·quadratic·z/2,
 * over z ≥ lower.
 */
export type Dual = {
  /** What prices are measured by; unknown k, and k + tokens where there are more, moves the price of token k. */
  readonly first: readonly number[];
  readonly base: readonly number[];
  readonly map: readonly (readonly number[])[];
  readonly constant: number;
  readonly linear: readonly number[];
  readonly quadratic: readonly (readonly number[])[];
  readonly lower: readonly number[];
  readonly start: readonly number[];
};

/** A token that is worth nothing keeps this share of its first price: at a price of zero any market would be drained. */
const LEAST = 1e-15;

/**
 * State the dual of a purpose around `prices` {value/tok}, above zero: the unknowns are shares of them. No holding ends below
 * its `margin` {tok}.
 */
export function of(purpose: Purpose, prices: readonly number[], margin: readonly number[]): Dual {
  return purpose.kind === 'convert' ? convert(purpose, prices, margin) : rebalance(purpose, prices, margin);
}

/** With values c and holdings h: ν = c + multipliers of h + flow ≥ 0, which add h·(ν − c). */
function convert({ holdings, values }: Convert, prices: readonly number[], margin: readonly number[]): Dual {
  const lower = values.map((value) => (value > 0 ? 0 : LEAST));
  return {
    first: prices,
    base: values,
    map: square(values.length).map((row, j) => row.with(j, at(prices, j))),
    constant: 0,
    linear: holdings.map((held, j) => at(prices, j) * (held - at(margin, j))),
    quadratic: square(values.length),
    lower,
    start: values.map((value, j) => Math.max(at(lower, j), (at(prices, j) - value) / at(prices, j))),
  };
}

/**
 * ν = p∘(1 − q + λ) with w·q = 0 and λ ≥ 0 the multipliers of h + flow ≥ 0; it adds ν·h + V0/(2κ)·‖q − mean(q)‖². The condition
 * on q is met by q = r − (w·r) for any r, which leaves that norm as it is; the unknowns are r, then λ.
 */
function rebalance({ kappa, ...purpose }: Rebalance, prices: readonly number[], margin: readonly number[]): Dual {
  const size = purpose.prices.length;
  const total = before({ kappa, ...purpose });
  const values = purpose.holdings.map((held, j) => held * at(purpose.prices, j));
  const map = purpose.prices.map((price, j) => [
    ...purpose.weights.map((weight, k) => price * (weight - (j === k ? 1 : 0))),
    ...purpose.weights.map((_, k) => (j === k ? price : 0)),
  ]);
  const quadratic = square(2 * size).map((row, j) =>
    row.map((_, k) => (j < size && k < size ? (total / kappa) * ((j === k ? 1 : 0) - 1 / size) : 0)),
  );
  const pulls = purpose.weights.map((weight, j) => total * weight - at(values, j));
  return {
    first: purpose.prices,
    base: purpose.prices,
    map,
    constant: sum(values),
    linear: [...pulls, ...values.map((value, j) => value - at(purpose.prices, j) * at(margin, j))],
    quadratic,
    lower: [...Array<number>(size).fill(-Infinity), ...Array<number>(size).fill(0)],
    start: [...purpose.prices.map((price, j) => 1 - at(prices, j) / price), ...Array<number>(size).fill(0)],
  };
}

/** Give the prices that unknowns stand for {value/tok}. */
export function prices({ base, map }: Dual, z: readonly number[]): readonly number[] {
  return base.map((first, j) => first + dot(at(map, j), z));
}

/** Evaluate what the purpose adds {value}. */
export function value(dual: Dual, z: readonly number[]): number {
  return dual.constant + dot(dual.linear, z) + dot(times(dual.quadratic, z), z) / 2;
}
