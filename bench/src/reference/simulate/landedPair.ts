// Two deviations that move together, looked at every so often and landed by whoever is asked: what the trades cost and what the
// drift in between does.

import { Random } from '@trimtab/lab';

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

/** Hold the mean cost {1/yr}, penalty and trades, with its standard error. */
export type Counted = { readonly cost: number; readonly standardError: number };

/** Blocks of looks, each long beside the time in which a deviation is forgotten, that tell the standard error. */
const BLOCKS = 40;

/** Watch deviations that start at zero. */
export function simulateLandedPair(watch: Watch, seed: number): Counted {
  const { covariance, curvature, land, step, looks } = watch;
  const random = Random.stream(seed, 'landed pair');
  const [[c11, c12], [, c22]] = covariance;
  const l11 = Math.sqrt(c11 * step);
  const l21 = (c12 * step) / l11;
  const l22 = Math.sqrt(c22 * step - l21 ** 2);
  const between = restsBetween(watch.rests);
  const block = Math.ceil(looks / BLOCKS);
  const costs = new Float64Array(BLOCKS);
  let [x, y] = [0, 0];
  for (let look = 0; look < BLOCKS * block; look++) {
    const before = form(curvature, x, y);
    const z = Random.normal(random);
    x += l11 * z;
    y += l21 * z + l22 * Random.normal(random);
    // The penalty is half the form, which over a step is the mean of its ends.
    let cost = (before + form(curvature, x, y)) / 4;
    if (!between(x, y)) {
      const { deviations, paid } = land([x, y]);
      [x, y] = [deviations[0] ?? NaN, deviations[1] ?? NaN];
      cost += paid / step;
    }
    const place = Math.floor(look / block);
    costs[place] = (costs[place] ?? NaN) + cost / block;
  }
  const mean = costs.reduce((total, value) => total + value, 0) / BLOCKS;
  const variance = costs.reduce((total, value) => total + (value - mean) ** 2, 0) / (BLOCKS - 1);
  return { cost: mean, standardError: Math.sqrt(variance / BLOCKS) };
}

/** Tell whether a point lies in the convex hull of two points and their opposites. */
function restsBetween([[a, b], [c, d]]: Square): (x: number, y: number) => boolean {
  const area = a * d - b * c;
  return (x, y) => Math.abs(d * x - c * y) + Math.abs(a * y - b * x) < Math.abs(area);
}

function form([[a, b], [c, d]]: Square, x: number, y: number): number {
  return a * x ** 2 + (b + c) * x * y + d * y ** 2;
}
