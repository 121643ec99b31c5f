// A time-weighted market maker: a constant-product pool in which long orders of both directions are executed
// continuously against each other and the pool. A swap sees the pool as it stands; what the long orders will make of it
// is a belief.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import type { Seconds } from '../money/Time.ts';
import * as ConstantProduct from './amm/ConstantProduct.ts';
import type { MarketId, Rate, Swapped, Trade, Values } from './Market.ts';
import { checkAtLeast, checkLength, checkPair, checkPositive, checkWithin, MarketError } from './Terms.ts';

/** State the pool with all long orders executed up to now, and what they sell of each asset {atom/s}. */
export type Twamm = {
  readonly kind: 'twamm';
  readonly id: MarketId;
  readonly assets: readonly [AssetId, AssetId];
  readonly pool: ConstantProduct.ConstantProduct;
  readonly selling: readonly [bigint, bigint];
};

/** State what long orders are believed to do: the reserves they leave, and what the sellers of each asset receive of the other. */
export type Course = {
  readonly reserves: readonly [number, number];
  readonly bought: readonly [number, number];
};

/** Refuse a pool that cannot be, or that is of other assets, and long orders that sell less than nothing. Throws MarketError. */
export function check({ assets, pool, selling }: Twamm): void {
  checkPair(assets);
  ConstantProduct.check(pool);
  checkLength(selling, 2, 'selling');
  selling.forEach((rate, place) => checkAtLeast(rate, 0n, `selling[${place}]`));
  if (assets.every((asset, place) => pool.assets[place] === asset)) return;
  throw new MarketError('pool.assets', pool.assets.join(', '), `name ${assets.join(', ')}`);
}

/** Give the exact marginal price before the fee. Throws NotTraded, MarketError. */
export function spot({ pool }: Twamm, sell: AssetId): Rate {
  return ConstantProduct.spot(pool, sell);
}

/** Swap at once against the pool as it stands. Throws NotTraded, BadInput. */
export function swap(market: Twamm, sell: AssetId, sold: bigint): Swapped & { readonly after: Twamm } {
  const { after, ...swapped } = ConstantProduct.swap(market.pool, sell, sold);
  return { ...swapped, after: { ...market, pool: after } };
}

/** Find the trade that gains most at `values` at once; undefined where none gains. */
export function arb({ pool }: Twamm, values: Values): Trade | undefined {
  return ConstantProduct.arb(pool, values);
}

/** Believe what the long orders will do in `seconds`, if nobody else trades. In atoms. Throws MarketError. */
export function ahead({ pool, selling }: Twamm, seconds: Seconds): Course {
  checkWithin(seconds, 0, Number.MAX_VALUE, 'seconds');
  const [x, y] = pool.reserves;
  const [sellX, sellY] = selling;
  return course(
    [approximate(x, 1n), approximate(y, 1n)],
    [approximate(sellX, 1n) * seconds, approximate(sellY, 1n) * seconds],
  );
}

/**
 * Believe where two opposite streams leave a constant-product pool without fees:
 * x = √(k·a/b)·(e^(2z) + c)/(e^(2z) − c), z = √(ab/k), c = (√(x₀b) − √(y₀a))/(√(x₀b) + √(y₀a)), a and b sold of x and y
 * (White, Robinson, Adams, "TWAMM", 2021). `bought` is first what the sellers of y get of x, then of y. Throws MarketError.
 */
export function course(reserves: readonly [number, number], sold: readonly [number, number]): Course {
  const [x, y] = reserves;
  const [a, b] = sold;
  checkPositive(x, 'reserves[0]');
  checkPositive(y, 'reserves[1]');
  checkWithin(a, 0, Number.MAX_VALUE, 'sold[0]');
  checkWithin(b, 0, Number.MAX_VALUE, 'sold[1]');
  const left = end(x, y, a, b);
  const right = end(y, x, b, a);
  return { reserves: [left, right], bought: [x + a - left, y + b - right] };
}

/** The reserve of x at the end, in a form that neither overflows nor cancels where a stream is thin. */
function end(x: number, y: number, a: number, b: number): number {
  if (b === 0) return x + a;
  if (a === 0) return (x * y) / (y + b);
  const [mine, theirs] = [Math.sqrt(x * b), Math.sqrt(y * a)];
  const decayed = Math.exp(-2 * Math.sqrt((a / x) * (b / y)));
  const grown = -Math.expm1(-2 * Math.sqrt((a / x) * (b / y)));
  const up = grown + (decayed * 2 * mine) / (mine + theirs);
  const down = grown + (decayed * 2 * theirs) / (mine + theirs);
  return (Math.sqrt((x * a) / b) * Math.sqrt(y) * up) / down;
}
