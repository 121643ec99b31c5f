// What rebalancers do to the prices they rebalance by. A fund that must trade after a move moves the price again, and
// with enough money beside enough depth the two feed each other. All of it is linear: moves are small and impact is
// proportional to what is traded, depth {USD} being the demand that moves a price by 100 %.

import { diagonalise } from './diagonalise.ts';
import * as Matrix from './Matrix.ts';
import { at, check, checkPositive, checkSameLength, ForecastError, sum } from './Numbers.ts';

/** Compute what a fund of `assets` {USD} held at `leverage` buys after a return {1}: A(x² − x)r {USD} (Cheng and Madhavan, 2009). */
export function leveragedDemand(assets: number, leverage: number, move: number): number {
  checkPositive([assets], 'assets', 1);
  check([leverage, move], 'leverage', 2);
  return assets * (leverage ** 2 - leverage) * move;
}

/**
 * Compute what a fund of `assets` {USD} held at constant weights {1} demands of each asset per unit of each return:
 * −A(diag w − ww') {USD}. It sells what rose; what is not in the list is cash. Symmetric.
 */
export function constantMix(assets: number, weights: readonly number[]): Matrix.Matrix {
  checkPositive([assets], 'assets', 1);
  check(weights, 'weights', 1);
  return weights.map((one, i) => weights.map((other, j) => -assets * ((i === j ? one : 0) - one * other)));
}

/** Compute what a fund that insures its floor buys per unit of return, (m² − m)C {USD}: `cushion` C {USD}, `multiplier` m. */
export function insuredDemand(cushion: number, multiplier: number): number {
  return leveragedDemand(cushion, multiplier, 1);
}

/** Apply demand per unit of return {USD} to returns {1}: what is bought of each asset {USD}. */
export function demandAfter(demand: Matrix.Matrix, returns: readonly number[]): readonly number[] {
  Matrix.checkSquare(demand, 'demand');
  check(returns, 'returns', 1);
  checkSameLength(demand, returns, 'returns');
  return Matrix.times(demand, returns);
}

/**
 * Hold K {1}, by which a move causes the next one, its spectral radius and its largest eigenvalue; all of them are real.
 * Where funds trade a step later, moves die out only while the radius is below one; where they trade at once, while the
 * largest is: funds that lean against a move (below zero) only damp it.
 */
export type Loop = { readonly gain: Matrix.Matrix; readonly radius: number; readonly largest: number };

/**
 * Close the loop of all funds that trade by the same prices: K = Λ⁻¹ΣB, `demands` their B {USD per unit return}, each
 * symmetric, and `depth` Λ {USD}. From a radius of 0.1 on it deserves an alarm.
 * Throws ForecastError on a demand that is not symmetric and on depth not above zero.
 */
export function loop(demands: readonly Matrix.Matrix[], depth: readonly number[]): Loop {
  checkPositive(depth, 'depth', 1);
  if (demands.length === 0) throw new ForecastError('demands', 'no funds', 'give the demand of at least one');
  for (const [index, demand] of demands.entries()) checkSymmetric(demand, depth, `demands[${index}]`);
  const total = demands.reduce(Matrix.add);
  const gain = total.map((row, i) => row.map((value) => value / at(depth, i)));
  // K has the eigenvalues of Λ^(−½) B Λ^(−½), which is symmetric.
  const alike = total.map((row, i) => row.map((value, j) => value / Math.sqrt(at(depth, i) * at(depth, j))));
  const { values } = diagonalise(alike);
  return { gain, radius: Math.max(...values.map(Math.abs)), largest: Math.max(...values) };
}

/**
 * Compute the returns (I − K)⁻¹f {1} where funds trade at once: `news` f are the returns without them. The largest
 * eigenvalue is below one: then prices that follow demand, dr/dt = f + Kr − r, come to rest there.
 */
export function amplify({ gain, largest }: Loop, news: readonly number[]): readonly number[] {
  checkStable(largest, 'loop.largest');
  check(news, 'news', 1);
  checkSameLength(gain, news, 'news');
  const rest = gain.map((row, i) => row.map((value, j) => (i === j ? 1 : 0) - value));
  return Matrix.solve(rest, news);
}

/**
 * Solve V = KVK' + S: the covariance of returns where funds trade one step later, `news` S that of the returns without
 * them. By doubling (Smith, 1968): each round squares K. The radius is below one.
 */
export function laggedCovariance({ gain, radius }: Loop, news: Matrix.Matrix): Matrix.Matrix {
  checkStable(radius, 'loop.radius');
  Matrix.checkSquare(news, 'news');
  checkSameLength(gain, news, 'news');
  let [step, covariance] = [gain, news];
  for (let size = radius; size > 1e-18; size **= 2) {
    covariance = Matrix.add(covariance, Matrix.multiply(Matrix.multiply(step, covariance), Matrix.transpose(step)));
    step = Matrix.multiply(step, step);
  }
  return covariance;
}

/** Describe banks that sell to restore their leverage: one row of asset weights {1} each, its assets {USD} and its debt over equity {1}. */
export type Banks = {
  readonly weights: Matrix.Matrix;
  readonly assets: readonly number[];
  readonly leverage: readonly number[];
};

/** Hold each bank's own return {1}, what all buy of each asset {USD}, how that moves its price {1} and what they gain {USD}. */
export type FireSale = {
  readonly returns: readonly number[];
  readonly demand: readonly number[];
  readonly moves: readonly number[];
  readonly gain: number;
};

/**
 * Follow a shock {1} through one round of sales: returns R = M·shock, demand M'(A∘B∘R), moves L∘demand, gain A'M·moves
 * (Greenwood, Landier and Thesmar, 2015). `impact` L {1/USD} is the return per dollar bought, 1/depth.
 */
export function fireSale(
  { weights, assets, leverage }: Banks,
  impact: readonly number[],
  shock: readonly number[],
): FireSale {
  checkPositive(assets, 'banks.assets', 1);
  check(leverage, 'banks.leverage', 1);
  checkPositive(impact, 'impact', 1);
  check(shock, 'shock', 1);
  checkSameLength(impact, shock, 'shock');
  checkSameLength(assets, leverage, 'banks.leverage');
  checkSameLength(assets, weights, 'banks.weights');
  for (const [bank, row] of weights.entries()) {
    check(row, `banks.weights[${bank}]`, 1);
    checkSameLength(impact, row, `banks.weights[${bank}]`);
  }
  const returns = Matrix.times(weights, shock);
  const wanted = returns.map((value, bank) => at(assets, bank) * at(leverage, bank) * value);
  const demand = Matrix.times(Matrix.transpose(weights), wanted);
  const moves = demand.map((value, asset) => at(impact, asset) * value);
  return {
    returns,
    demand,
    moves,
    gain: sum(Matrix.times(weights, moves).map((value, bank) => at(assets, bank) * value)),
  };
}

/**
 * Compute the covariance of returns while a fund is being liquidated, (I + ag')S(I + ga') (after Cont and Wagalath,
 * 2013): `impact` a is the return of each asset per unit of the fund's return, `shares` g the fund's return per unit of
 * each asset's. Assets that have nothing in common become correlated because one seller holds them all.
 */
export function liquidationCovariance(
  covariance: Matrix.Matrix,
  impact: readonly number[],
  shares: readonly number[],
): Matrix.Matrix {
  Matrix.checkSquare(covariance, 'covariance');
  check(impact, 'impact', 1);
  check(shares, 'shares', 1);
  checkSameLength(covariance, impact, 'impact');
  checkSameLength(covariance, shares, 'shares');
  const spread = impact.map((a, i) => shares.map((g, j) => (i === j ? 1 : 0) + a * g));
  return Matrix.multiply(Matrix.multiply(spread, covariance), Matrix.transpose(spread));
}

function checkStable(gain: number, path: string): void {
  if (gain < 1) return;
  throw new ForecastError(path, `${gain}`, 'less money or more depth: from one on, moves do not die out');
}

function checkSymmetric(demand: Matrix.Matrix, depth: readonly number[], path: string): void {
  Matrix.checkSquare(demand, path);
  checkSameLength(depth, demand, path);
  for (const [i, row] of demand.entries()) {
    for (const [j, value] of row.entries()) {
      const mirrored = Matrix.entry(demand, j, i);
      if (Math.abs(value - mirrored) <= 1e-12 * (Math.abs(value) + Math.abs(mirrored))) continue;
      throw new ForecastError(`${path}[${i}][${j}]`, `${value} beside ${mirrored}`, 'give a symmetric demand');
    }
  }
}
