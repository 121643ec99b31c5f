// The lowest point of a smooth function of a few numbers, without derivatives: enough for a likelihood, the same on
// every machine, and no dependency.

import { at, ForecastError } from './Numbers.ts';

type Vertex = { readonly point: readonly number[]; readonly value: number };

/** Hold the lowest point found, and whether the search closed in on it. */
export type Minimum = Vertex & { readonly converged: boolean };

/** The largest difference of values {1} over a simplex that has closed in. */
const TOLERANCE = 1e-13;
/** Rounds of one search, and searches in a row: the second starts afresh where the first got stuck. */
const ROUNDS = 2_000;
const SEARCHES = 6;

/** Search from `start` with first steps of `step` (Nelder and Mead, 1965), anew from each lowest point until it stays. */
export function minimise(cost: (point: readonly number[]) => number, start: readonly number[], step: number): Minimum {
  if (start.length === 0) throw new ForecastError('start', 'no coordinates', 'give at least one');
  let best = measure(cost, start);
  for (let search = 0; search < SEARCHES; search++) {
    const found = descend(cost, best.point, step);
    const gain = best.value - found.value;
    best = found.value < best.value ? found : best;
    if (gain <= 1e-12 * (1 + Math.abs(best.value)) && found.converged) return { ...best, converged: true };
  }
  return { ...best, converged: false };
}

function descend(cost: (point: readonly number[]) => number, start: readonly number[], step: number): Minimum {
  const moved = start.map((_, axis) => start.map((value, index) => (index === axis ? value + step : value)));
  let simplex = [start, ...moved].map((point) => measure(cost, point)).toSorted(byValue);
  for (let round = 0; round < ROUNDS; round++) {
    const [best, worst] = [at(simplex, 0), at(simplex, simplex.length - 1)];
    // A cost that falls for ever has no lowest point.
    if (best.value === -Infinity) break;
    if (worst.value - best.value <= TOLERANCE * (1 + Math.abs(best.value))) return { ...best, converged: true };
    const better = replacement(cost, simplex, best, worst);
    const next = better
      ? [...simplex.slice(0, -1), better]
      : simplex.map(({ point }) => measure(cost, between(best.point, point, 0.5)));
    simplex = next.toSorted(byValue);
  }
  return { ...at(simplex, 0), converged: false };
}

/** Reflect the worst point in the middle of the others, further or nearer as that turns out; none if all are worse. */
function replacement(
  cost: (point: readonly number[]) => number,
  simplex: readonly Vertex[],
  best: Vertex,
  worst: Vertex,
): Vertex | undefined {
  const others = simplex.slice(0, -1);
  const middle = best.point.map(
    (_, axis) => others.reduce((sum, { point }) => sum + at(point, axis), 0) / others.length,
  );
  const reach = (far: number) => measure(cost, between(middle, worst.point, -far));
  const reflected = reach(1);
  if (reflected.value < best.value) {
    const expanded = reach(2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < at(others, others.length - 1).value) return reflected;
  const contracted = reach(reflected.value < worst.value ? 0.5 : -0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
}

/** Go `share` of the way from one point to another; a negative share goes the other way. */
function between(from: readonly number[], to: readonly number[], share: number): readonly number[] {
  return from.map((value, axis) => value + share * (at(to, axis) - value));
}

/** What is no number is no minimum. */
function measure(cost: (point: readonly number[]) => number, point: readonly number[]): Vertex {
  const value = cost(point);
  return { point, value: Number.isNaN(value) ? Number.MAX_VALUE : Math.min(value, Number.MAX_VALUE) };
}

function byValue(one: Vertex, other: Vertex): number {
  return one.value - other.value;
}
