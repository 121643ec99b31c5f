// Pools that keep the weighted geometric mean of their reserves: with equal weights of two coins, a constant product.

import { at, sum } from '../../forecast/Numbers.ts';
import * as Response from './Response.ts';

/** State a pool. `reserves` {tok} above zero; `weights` {1} above zero, of any sum; `fee` {1} of the input, [0, 1). */
export type GeometricMean = {
  readonly tokens: readonly number[];
  readonly reserves: readonly number[];
  readonly weights: readonly number[];
  readonly fee: number;
};

/**
 * Find the trade of any number of coins that gains most. Writing r for the reserve with the input after its fee, the optimum is
 * r_j = clip(R_j, μ·w_j·(1−fee)/ν_j, μ·w_j/ν_j) with μ such that Σ w_j·ln(r_j/R_j) = 0 (Diamandis, Resnick, Chitra, Angeris, 2023).
 * In ln μ that sum is a broken line, so its root is found exactly, by its corners.
 */
export function respond(pool: GeometricMean, prices: readonly number[]): Response.Response {
  const { reserves, weights, fee } = pool;
  // Logarithms are taken relative to the first coin: near balance they are small, and then their differences are exact.
  const unit = (at(reserves, 0) * at(prices, 0)) / at(weights, 0);
  const buys = reserves.map((reserve, j) => Math.log((reserve * at(prices, j)) / at(weights, j) / unit));
  const sells = buys.map((corner) => corner - Math.log1p(-fee));
  if (Math.max(...buys) <= Math.min(...sells)) return Response.none(reserves.length);
  const middle = crossing(weights, buys, sells);
  const sides = buys.map((corner, j) => (corner > middle ? corner : at(sells, j) < middle ? at(sells, j) : undefined));
  const active = sum(weights.filter((_, j) => sides[j] !== undefined));
  const level = sum(sides.map((side, j) => (side === undefined ? 0 : (side * at(weights, j)) / active)));
  const trade = sides.map((side, j) => {
    if (side === undefined) return 0;
    const taken = -at(reserves, j) * Math.expm1(level - side);
    return taken < 0 ? taken / (1 - fee) : taken;
  });
  const pull = sides.map((side, j) => (side === undefined ? 0 : at(weights, j) / at(prices, j)));
  const size = unit * Math.exp(level);
  const curvature = pull.map((own, j) =>
    pull.map((other, k) => size * ((j === k ? own / at(prices, j) : 0) - (own * other) / active)),
  );
  return { gain: sum(trade.map((amount, j) => amount * at(prices, j))), trade, curvature };
}

/** Find a level inside the stretch between two neighbouring corners where the broken line crosses zero. */
function crossing(weights: readonly number[], buys: readonly number[], sells: readonly number[]): number {
  const height = (level: number) =>
    sum(weights.map((w, j) => w * (Math.max(0, level - at(sells, j)) - Math.max(0, at(buys, j) - level))));
  const corners = [...buys, ...sells].toSorted((a, b) => a - b);
  const end = corners.findIndex((corner) => height(corner) >= 0);
  return (at(corners, Math.max(end, 1) - 1) + at(corners, Math.max(end, 1))) / 2;
}

/** Compute what selling `sold` of one coin buys of another {tok}. */
export function trade(pool: GeometricMean, sell: number, buy: number, sold: number): number {
  const input = ((1 - pool.fee) * sold) / at(pool.reserves, sell);
  return -at(pool.reserves, buy) * Math.expm1((-at(pool.weights, sell) / at(pool.weights, buy)) * Math.log1p(input));
}
