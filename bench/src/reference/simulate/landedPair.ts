// Two deviations that move together, looked at every so often and landed by whoever is asked: what the trades cost and what the
// drift in between does.

import { Random } from '@trimtab/lab';
import { controlledByAll, type Estimate } from './controlled.ts';

type Two = readonly [number, number];
type Square = readonly [Two, Two];

/** State how deviations move {1/yr}, the curvature of their penalty {1/yr}, who lands them, and how often one looks {yr}. */
export type Watch = {
  readonly covariance: Square;
  readonly curvature: Square;
  /** Points {1} at which whoever is asked rests, and so between them and their opposites: within, nobody is asked. */
  readonly rests: Square;
  /** Land deviations {1}: where they are then, and what that costs {1}. */
  readonly land: (deviations: Two) => { readonly deviations: readonly number[]; readonly paid: number };
  readonly step: number;
  readonly looks: number;
};

/** Blocks of looks, each long beside the time in which a deviation is forgotten, that tell the standard error. */
const BLOCKS = 100;

/**
 * Watch deviations that start at zero. What a cost to go of second and fourth powers would gain by chance is taken out: between trades
 * the true one is nearly of that form, so that little is left of what chance does.
 */
export function simulateLandedPair(watch: Watch, seed: number): Estimate {
  const { covariance, curvature, land, step, looks } = watch;
  const random = Random.stream(seed, 'landed pair');
  const [c11, c12, c22] = [covariance[0][0] * step, covariance[0][1] * step, covariance[1][1] * step] as const;
  const l11 = Math.sqrt(c11);
  const l21 = c12 / l11;
  const l22 = Math.sqrt(c22 - l21 ** 2);
  const between = restsBetween(watch.rests);
  const block = Math.ceil(looks / BLOCKS);
  const costs = new Float64Array(BLOCKS);
  const chances = Array.from({ length: POWERS }, () => new Float64Array(BLOCKS));
  const add = (to: Float64Array, place: number, amount: number) => (to[place] = (to[place] ?? NaN) + amount);
  let [x, y] = [0, 0];
  for (let look = 0; look < BLOCKS * block; look++) {
    const place = Math.floor(look / block);
    const [u, v] = [x, y];
    const z = Random.normal(random);
    x += l11 * z;
    y += l21 * z + l22 * Random.normal(random);
    // The penalty is half the form, which over a step is the mean of its ends.
    let cost = (form(curvature, u, v) + form(curvature, x, y)) / 4;
    const expected = powers(u, v, [c11, c12, c22]);
    for (const [power, value] of powers(x, y, [0, 0, 0]).entries()) {
      add(chances[power] ?? costs, place, value - (expected[power] ?? NaN));
    }
    if (!between(x, y)) {
      const { deviations, paid } = land([x, y]);
      [x, y] = [deviations[0] ?? NaN, deviations[1] ?? NaN];
      cost += paid / step;
    }
    add(costs, place, cost / block);
  }
  return controlledByAll(costs, chances);
}

/** How many powers `powers` lists. */
const POWERS = 8;

/** List what the second and fourth powers of (x + ξ, y + η) are on average, ξ and η normal with these variances and covariance. */
function powers(x: number, y: number, [c11, c12, c22]: readonly [number, number, number]): readonly number[] {
  return [
    x ** 2 + c11,
    x * y + c12,
    y ** 2 + c22,
    x ** 4 + 6 * x ** 2 * c11 + 3 * c11 ** 2,
    x ** 3 * y + 3 * x ** 2 * c12 + 3 * x * y * c11 + 3 * c11 * c12,
    x ** 2 * y ** 2 + x ** 2 * c22 + y ** 2 * c11 + 4 * x * y * c12 + c11 * c22 + 2 * c12 ** 2,
    x * y ** 3 + 3 * y ** 2 * c12 + 3 * x * y * c22 + 3 * c22 * c12,
    y ** 4 + 6 * y ** 2 * c22 + 3 * c22 ** 2,
  ];
}

/** Tell whether a point lies in the convex hull of two points and their opposites. */
function restsBetween([[a, b], [c, d]]: Square): (x: number, y: number) => boolean {
  const area = a * d - b * c;
  return (x, y) => Math.abs(d * x - c * y) + Math.abs(a * y - b * x) < Math.abs(area);
}

function form([[a, b], [c, d]]: Square, x: number, y: number): number {
  return a * x ** 2 + (b + c) * x * y + d * y ** 2;
}
