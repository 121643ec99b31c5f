// Loss versus rebalancing: what a pool loses to those who trade against its stale price, however the price ends. Rates
// are shares of the pool's value per unit of the time that the volatility is stated in.
// Sources: Milionis, Moallemi, Roughgarden, Zhang, "Automated Market Making and Loss-Versus-Rebalancing" (2022);
// Milionis, Moallemi, Roughgarden, "Automated Market Making and Arbitrage Profits in the Presence of Fees" (2023).

import { approximate } from '../../money/approximate.ts';
import { checkPositive, checkWithin, MarketError } from '../Terms.ts';
import * as Liquidity from './Liquidity.ts';
import * as StableCurve from './StableCurve.ts';
import * as StableSwap from './StableSwap.ts';

/** Compute the rate {1/time} of a weighted pool of two, ½σ²·w·(1−w); w = ½ is the constant product, σ²/8. Throws MarketError. */
export function ofWeighted(sigma: number, weight = 0.5): number {
  checkWithin(sigma, 0, Number.MAX_VALUE, 'sigma');
  checkWithin(weight, 0, 1, 'weight');
  return (sigma * sigma * weight * (1 - weight)) / 2;
}

/**
 * Compute the rate {1/time} of a position in [low, high] at `price`: ¼σ²·L·√P over its value, zero out of range.
 * Throws MarketError.
 */
export function ofRange(sigma: number, low: number, high: number, price: number): number {
  checkWithin(sigma, 0, Number.MAX_VALUE, 'sigma');
  const value = Liquidity.valueOf({ low, high, liquidity: 1 }, price);
  return price > low && price < high ? (sigma * sigma * Math.sqrt(price)) / (4 * value) : 0;
}

/**
 * Compute the rate {1/time} of a stable pool of two as it stands, ½σ²P²·|x'(P)| over its value, `sigma` that of the price of
 * one asset in the other. On the curve Ann·S − K = const with K = D³/(4xy) and slopes g = Ann + K/x, the price P = g_x/g_y
 * changes by dP/dx = −(2K/x²·g_y² − 2K/(xy)·g_x·g_y + 2K/y²·g_x²)/g_y³ (derived by implicit differentiation).
 * Throws MarketError for more assets than two or an empty reserve.
 */
export function ofStable(sigma: number, pool: StableSwap.StableSwap): number {
  checkWithin(sigma, 0, Number.MAX_VALUE, 'sigma');
  const balances = StableSwap.scaledAll(pool);
  const [x, y] = balances.map((balance) => approximate(balance, 1n));
  if (x === undefined || y === undefined || balances.length !== 2) {
    throw new MarketError('pool.assets', `${balances.length} assets`, 'give a pool of two');
  }
  checkPositive(x, 'pool.reserves[0]');
  checkPositive(y, 'pool.reserves[1]');
  const total = approximate(StableCurve.total(pool), pool.ampPrecision);
  const product = approximate(StableCurve.productTerm(balances, StableCurve.invariant(pool, balances)), 1n);
  const [gx, gy] = [total + product / x, total + product / y];
  const bend = 2 * product * ((gy / x) ** 2 - (gx * gy) / (x * y) + (gx / y) ** 2);
  const price = gx / gy;
  return (sigma * sigma * price * price * gy ** 3) / (2 * bend * (price * x + y));
}

/** State a constant-product pool under arbitrage: σ {time^-½}, fee {1} [0, 1), mean time between blocks {time}, Poisson. */
export type Fees = { readonly sigma: number; readonly fee: number; readonly block: number };

/**
 * Compute how likely a block is to bring an arbitrage {1}: 1/(1 + γ·√(2/Δ)/σ) with γ = −ln(1−fee), for a log price
 * without drift (2023, theorem 1). Throws MarketError.
 */
export function tradeProbability(fees: Fees): number {
  check(fees);
  return 1 / (1 + (-Math.log1p(-fees.fee) * Math.sqrt(2 / fees.block)) / fees.sigma);
}

/**
 * Compute what arbitrageurs earn of a constant-product pool with fees {1/time}: (σ²/8)·P·e^(γ/2)/(1 − σ²Δ/8), P the
 * trade probability (2023, theorem 2 and its corollary). Throws MarketError where σ²Δ ≥ 8: the mean does not exist.
 */
export function arbitrage(fees: Fees): number {
  const probability = tradeProbability(fees);
  const variance = fees.sigma * fees.sigma;
  const slack = 1 - (variance * fees.block) / 8;
  if (slack <= 0) throw new MarketError('block', `${fees.block}`, 'give a block time below 8/sigma²');
  return ((variance / 8) * probability) / Math.sqrt(1 - fees.fee) / slack;
}

function check({ sigma, fee, block }: Fees): void {
  checkPositive(sigma, 'sigma');
  checkPositive(block, 'block');
  checkWithin(fee, 0, 1 - Number.EPSILON, 'fee');
}
