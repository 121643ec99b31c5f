// Newton's method on the dual function. It is convex and once differentiable, its curvature jumps where a market starts or
// stops to trade, and some of its unknowns are bounded: a projected Newton step (Bertsekas, 1982) whose damping shrinks with the
// gradient (Li, Fukushima, Qi, Yamashita, 2004) descends from anywhere and ends quadratically. A quasi-Newton method would save
// the curvature, which is cheap here, and pay with the last digits, which are what makes a flow feasible.

import { dot, times } from '../../forecast/Matrix.ts';
import { at } from '../../forecast/Numbers.ts';
import * as Dual from './Dual.ts';
import * as Offer from './Offer.ts';
import { square } from './Response.ts';
import { solveSemidefinite } from './solveSemidefinite.ts';

/** Hold the program as prices see it: the purpose's dual, and the offers with the anchors and width of their shares. */
export type Program = {
  readonly dual: Dual.Dual;
  readonly offers: readonly Offer.Offer[];
  /** Tokens whose price must stay above zero. */
  readonly positive: readonly number[];
  readonly anchors: readonly number[];
  readonly width: number;
};

/** Hold unknowns, the prices and what the offers do there, and the dual function with its gradient. */
export type Point = {
  readonly z: readonly number[];
  readonly prices: readonly number[];
  readonly taken: readonly Offer.Taken[];
  readonly value: number;
  readonly gradient: readonly number[];
  /** The largest slope {value} along which z may still move. */
  readonly residual: number;
  /** What is left of a slope {value} by the rounding of trades and of the prices that they depend on. */
  readonly rounding: number;
};

const STEPS = 200;
/** Guesses of which unknowns a step leaves at their bounds. */
const MENDS = 12;
/** Steps without a lower value or a smaller residual after which rounding has been reached. */
const PATIENCE = 3;
/** Within this many times the rounding, the point of the smallest residual is the best one; before, the lowest. */
const NEAR = 1e6;

/** Find the lowest point from `start`, to rounding. `steps` counts the curvatures that were computed. */
export function descend(program: Program, start: readonly number[]): { readonly point: Point; readonly steps: number } {
  let here = evaluate(program, start);
  let best = here;
  let since = 0;
  let steps = 0;
  while (steps < STEPS && since < PATIENCE && here.residual > here.rounding) {
    steps += 1;
    // Where the guess does not settle, the first one still descends.
    const next =
      search(program, here, direction(program, here, MENDS)) ?? search(program, here, direction(program, here, 1));
    if (next === undefined) break;
    const better = next.residual < best.residual || best.residual > NEAR * best.rounding;
    const lower = next.value < here.value - 10 * here.rounding;
    since = next.residual < best.residual || lower ? 0 : since + 1;
    here = next;
    if (better) best = here;
  }
  return { point: best, steps };
}

/** Compute the dual function and its gradient at z. */
export function evaluate({ dual, offers, anchors, width }: Program, z: readonly number[]): Point {
  const prices = Dual.prices(dual, z);
  const taken = offers.map((offer, index) => Offer.take(offer, prices, at(anchors, index), width));
  const flow = prices.map(() => 0);
  let value = Dual.value(dual, z);
  let depth = Math.max(...dual.linear.map(Math.abs));
  for (const [index, { gain, response }] of taken.entries()) {
    value += gain;
    for (const [j, token] of at(offers, index).market.tokens.entries()) {
      const amount = at(response.trade, j);
      flow[token] = at(flow, token) + amount;
      depth += Math.abs(amount * at(prices, token)) + at(at(response.curvature, j), j) * at(prices, token) ** 2;
    }
  }
  const quadratic = times(dual.quadratic, z);
  const gradient = z.map((_, k) => at(dual.linear, k) + at(quadratic, k));
  for (const [j, row] of dual.map.entries()) {
    for (const [k, entry] of row.entries()) gradient[k] = at(gradient, k) + entry * at(flow, j);
  }
  const residual = Math.max(...gradient.map((slope, k) => (isHeld(dual, z, slope, k) ? 0 : Math.abs(slope))));
  return { z, prices, taken, value, gradient, residual, rounding: 1e-16 * depth };
}

/** Tell whether an unknown stands at its bound and would fall below it. */
function isHeld({ lower }: Dual.Dual, z: readonly number[], slope: number, k: number): boolean {
  return at(z, k) <= at(lower, k) && slope >= 0;
}

/**
 * Move the trades of a point that rounding keeps from being the lowest one by what a last Newton step adds to them {tok}, by offer.
 * That step is too small for the prices to hold, and so small that the trades follow it in a straight line.
 */
export function settle(program: Program, here: Point): readonly (readonly number[])[] {
  const step = times(program.dual.map, direction(program, here, 1));
  return here.taken.map(({ response }, index) => {
    const own = at(program.offers, index).market.tokens.map((token) => at(step, token));
    return response.trade.map((amount, j) => amount + dot(at(response.curvature, j), own));
  });
}

/**
 * Compute Newton's step: the lowest point of the quadratic model within the bounds, by guessing which unknowns end at theirs and
 * mending the guess (primal-dual active set; Hintermüller, Ito, Kunisch, 2003).
 */
function direction(program: Program, here: Point, mends: number): readonly number[] {
  const { lower } = program.dual;
  const model = modelOf(program, here);
  let held = here.gradient.map((slope, k) => isHeld(program.dual, here.z, slope, k));
  let step: readonly number[] = [];
  for (let mended = 0; mended < mends; mended++) {
    step = settleModel(model, here, lower, held);
    const slopes = times(model, step).map((slope, k) => slope + at(here.gradient, k));
    const next = step.map((move, k) => (at(held, k) ? at(slopes, k) >= 0 : at(here.z, k) + move < at(lower, k)));
    if (next.every((one, k) => one === at(held, k))) break;
    held = next;
  }
  return step;
}

/** Take the unknowns that are held to their bounds, and solve the model for the others. */
function settleModel(
  model: readonly (readonly number[])[],
  here: Point,
  lower: readonly number[],
  held: readonly boolean[],
): readonly number[] {
  const pinned = here.z.map((from, k) => (at(held, k) ? at(lower, k) - from : 0));
  const free = held.flatMap((one, k) => (one ? [] : [k]));
  const pull = times(model, pinned);
  const solved = solveSemidefinite(
    free.map((k) => free.map((l) => at(at(model, k), l))),
    free.map((k) => -at(here.gradient, k) - at(pull, k)),
  );
  for (const [a, k] of free.entries()) pinned[k] = at(solved, a);
  return pinned;
}

/** Compute the curvature of the dual function in the unknowns, damped. */
function modelOf(program: Program, here: Point): readonly (readonly number[])[] {
  const { dual } = program;
  const curvature = curvatureOf(program, here);
  const columns = here.z.map((_, k) => dual.map.map((row) => at(row, k)));
  const bent = columns.map((column) => times(curvature, column));
  const model = columns.map((column, k) => bent.map((other, l) => at(at(dual.quadratic, k), l) + dot(column, other)));
  for (const [k, row] of model.entries()) {
    row[k] = at(row, k) * (1 + 1e-14) + Math.abs(at(here.gradient, k)) / remaining(program, here, k);
  }
  return model;
}

/** Give the share of its first price that a price which must be above zero has left: no step should be much longer. */
function remaining({ dual, positive }: Program, { prices }: Point, k: number): number {
  const token = k % prices.length;
  return positive.includes(token) ? Math.min(1, at(prices, token) / at(dual.first, token)) : 1;
}

/** Sum the offers' curvatures over tokens. */
function curvatureOf({ dual, offers }: Program, { taken }: Point): readonly (readonly number[])[] {
  const total = square(dual.base.length);
  for (const [index, { response }] of taken.entries()) {
    const { tokens } = at(offers, index).market;
    for (const [j, row] of response.curvature.entries()) {
      const into = at(total, at(tokens, j));
      for (const [k, entry] of row.entries()) into[at(tokens, k)] = at(into, at(tokens, k)) + entry;
    }
  }
  return total;
}

/** Shorten a step until it descends enough (Armijo, 1966) and no price that must be above zero falls tenfold; none where rounding hides any descent. */
function search(program: Program, here: Point, step: readonly number[]): Point | undefined {
  for (let length = 1; length > 1e-12; length /= 2) {
    const z = here.z.map((from, k) => Math.max(at(program.dual.lower, k), from + length * at(step, k)));
    const prices = Dual.prices(program.dual, z);
    if (program.positive.some((token) => at(prices, token) < 0.1 * at(here.prices, token))) continue;
    const there = evaluate(program, z);
    const descent = dot(
      here.gradient,
      z.map((to, k) => to - at(here.z, k)),
    );
    if (there.value <= here.value + 1e-4 * descent + 10 * here.rounding) return there;
  }
  return undefined;
}
