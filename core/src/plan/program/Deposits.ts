// Deposits that lower the rate they earn, many at once: what is received counts for what it will have become. One direction, one unknown, and
// an end.

import { NetworkError } from '../network/Network.ts';
import { real, whole } from './Flat.ts';
import * as Pairs from './Pairs.ts';

/**
 * State a market that takes one for other. With u the growth of what is supplied, (supplied + deposit) ÷ supplied, one more of the first
 * token is received as rate·(1 + a/u² + b/u³) of the second, where [a, b] is what it `earns` {1}; b is at least zero. `rate` {tok/tok};
 * `supplied` by others and the `most` that is taken {tok}, above zero. What more of it earns falls all the way.
 */
export type Deposit = {
  readonly kind: 'deposit';
  readonly tokens: readonly [number, number];
  readonly rate: number;
  readonly supplied: number;
  readonly earns: readonly [number, number];
  readonly most: number;
};

/** Hold deposits from place `first` of the pairs on. */
export type Deposits = {
  readonly first: number;
  readonly count: number;
  readonly rate: Float64Array;
  readonly supplied: Float64Array;
  readonly square: Float64Array;
  readonly cube: Float64Array;
  /** The least of 1 ÷ growth. */
  readonly least: Float64Array;
};

const ROUNDS = 100;

/** Refuse a deposit that is none, or of which more would somewhere earn more. Throws NetworkError. */
export function check({ rate, supplied, earns: [square, cube], most }: Deposit, path: string): void {
  for (const [name, value] of Object.entries({ rate, supplied, most })) {
    if (!(value > 0 && value < Infinity)) {
      throw new NetworkError(`${path}.${name}`, `${value}`, 'give a finite number above zero');
    }
  }
  const least = supplied / (supplied + most);
  const [start, end] = [square + cube, (square + cube * least) * least ** 2];
  if (cube >= 0 && 2 * square + 3 * cube * least >= 0 && start > end && start > -1 && start < Infinity) return;
  throw new NetworkError(`${path}.earns`, `${square}, ${cube}`, 'end the deposit where more of it would earn more');
}

/** Lay out deposits from place `first` of the pairs on. */
export function of(models: readonly Deposit[], pairs: Pairs.Pairs, first: number): Deposits {
  const column = () => new Float64Array(models.length);
  const deposits: Deposits = {
    first,
    count: models.length,
    rate: column(),
    supplied: column(),
    square: column(),
    cube: column(),
    least: column(),
  };
  for (const [index, model] of models.entries()) put(deposits, pairs, index, model);
  return deposits;
}

/** Lay out a deposit in its place. */
export function put(deposits: Deposits, pairs: Pairs.Pairs, index: number, model: Deposit): void {
  const { tokens, rate, supplied, earns, most } = model;
  [deposits.square[index], deposits.cube[index]] = earns;
  deposits.rate[index] = rate;
  deposits.supplied[index] = supplied;
  deposits.least[index] = supplied / (supplied + most);
  Pairs.place(pairs, deposits.first + index, tokens, [rate * (1 + earns[0] + earns[1]), Infinity]);
}

/** Let every deposit answer the prices: it grows until what one more is received as is worth what it costs, or ends. */
export function respond(deposits: Deposits, pairs: Pairs.Pairs, prices: Float64Array, into: Pairs.Answers): void {
  const { first, count, rate, square, cube, least } = deposits;
  const { one, other, low } = pairs;
  for (let index = 0; index < count; index++) {
    const at = first + index;
    const priceOne = real(prices, whole(one, at));
    const priceOther = real(prices, whole(other, at));
    if (!(priceOne < real(low, at) * priceOther)) {
      Pairs.rest(into, at);
      continue;
    }
    const end = real(least, index);
    // Where neither is wanted, all is best, or nothing.
    const asked = priceOther > 0 ? priceOne / (priceOther * real(rate, index)) - 1 : -Infinity;
    const inverse = shrinkage(real(square, index), real(cube, index), end, asked);
    settle(deposits, into, index, inverse);
    const bends = inverse * inverse * (2 * real(square, index) + 3 * real(cube, index) * inverse) * inverse;
    if (inverse > end) {
      into.turn[at] = (priceOne * (1 + asked) * real(deposits.supplied, index)) / bends;
    } else if (real(into.gotOne, at) * priceOne + real(into.gotOther, at) * priceOther <= 0) Pairs.rest(into, at);
  }
}

/** Deposit until 1 ÷ growth is `inverse`: rate·(x + S·a·(1 − z) + S·b·(1 − z²)/2) is received for x. */
function settle(
  { first, rate, supplied, square, cube }: Deposits,
  into: Pairs.Answers,
  index: number,
  inverse: number,
): void {
  const size = real(supplied, index);
  const less = 1 - inverse;
  const earned = less * (real(square, index) + (real(cube, index) * (1 + inverse)) / 2);
  into.gotOne[first + index] = (-size * less) / inverse;
  into.gotOther[first + index] = real(rate, index) * size * (less / inverse + earned);
  into.turn[first + index] = 0;
}

/** Find z = 1 ÷ growth in [least, 1] with a·z² + b·z³ = `asked`, which rises with z, by Newton's method between bounds. */
function shrinkage(square: number, cube: number, least: number, asked: number): number {
  if ((square + cube * least) * least * least >= asked) return least;
  let [low, high, z] = [least, 1, 1];
  for (let round = 0; round < ROUNDS; round++) {
    const excess = (square + cube * z) * z * z - asked;
    if (excess > 0) high = z;
    else low = z;
    const newton = z - excess / ((2 * square + 3 * cube * z) * z);
    const inside = newton >= low && newton <= high;
    const next = inside ? newton : (low + high) / 2;
    // The error squares with each step: after one this small it is below rounding.
    if (inside && Math.abs(next - z) <= 1e-9 * z) return next;
    z = next;
  }
  return z;
}

/** Compute what a deposit is received as {tok}. */
export function received({ rate, supplied, earns: [square, cube] }: Deposit, deposit: number): number {
  const less = deposit / (supplied + deposit);
  return rate * (deposit + supplied * less * (square + (cube * (2 - less)) / 2));
}
