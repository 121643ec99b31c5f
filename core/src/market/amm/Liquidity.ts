// What a provider of liquidity owns: the tokens that a share or a position would be paid out in, exactly as the
// contracts would pay them, and what a position is worth at a price one only believes in.

import type { AssetId } from '../../money/Asset.ts';
import { mulDivDown, ONE } from '../../money/Fixed.ts';
import { checkPositive, checkWithin, MarketError } from '../Terms.ts';
import type { Concentrated } from './Concentrated.ts';
import type { ConstantProduct } from './ConstantProduct.ts';
import { at } from './Pair.ts';
import * as SqrtPrice from './SqrtPrice.ts';
import type { StableSwap } from './StableSwap.ts';
import type { Weighted } from './Weighted.ts';

/** State how many of a pool's shares are held, and how many there are. */
export type Share = { readonly held: bigint; readonly supply: bigint };

/** State a position between two ticks: the liquidity that it adds to the pool. */
export type Range = { readonly lower: number; readonly upper: number; readonly liquidity: bigint };

/** State an amount of one asset, in atoms. */
export type Part = { readonly asset: AssetId; readonly atoms: bigint };

/**
 * Pay out a share in kind, each amount rounded down: the provider loses the atom. Weighted and Balancer's stable pools
 * round the share first, to 18 decimals, as their contracts do. Throws MarketError.
 */
export function shareDown(pool: ConstantProduct | Weighted | StableSwap, share: Share): readonly Part[] {
  const { held, supply } = share;
  if (supply <= 0n || held < 0n || held > supply) {
    throw new MarketError('share', `${held} of ${supply}`, 'give a holding in [0, supply] of a supply above zero');
  }
  const ratio = mulDivDown(held, ONE, supply);
  return pool.assets.map((asset, place) => {
    const reserve = at(pool, pool.reserves, place);
    return { asset, atoms: roundsFirst(pool) ? ofRatioDown(pool, place, ratio) : mulDivDown(reserve, held, supply) };
  });
}

function roundsFirst(pool: ConstantProduct | Weighted | StableSwap): pool is Weighted | StableSwap {
  return pool.kind === 'weighted' || (pool.kind === 'stable-swap' && pool.rounding === 'balancer');
}

/** Balancer multiplies in its 18-decimal units and scales back. */
function ofRatioDown(pool: Weighted | StableSwap, place: number, ratio: bigint): bigint {
  const reserve = at(pool, pool.reserves, place);
  const rate = pool.kind === 'weighted' ? at(pool, pool.scales, place) * ONE : at(pool, pool.rates, place);
  return mulDivDown(mulDivDown(mulDivDown(reserve, rate, ONE), ratio, ONE), ONE, rate);
}

/** Pay out a position's own tokens, fees not counted, rounded down as the contract's burn does. Throws MarketError. */
export function rangeDown(pool: Concentrated, range: Range): readonly [Part, Part] {
  const { lower, upper, liquidity } = range;
  if (!(lower < upper)) throw new MarketError('range', `[${lower}, ${upper}]`, 'give a lower tick below the upper');
  if (liquidity < 0n) throw new MarketError('range.liquidity', `${liquidity}`, 'give a liquidity that is not negative');
  const [low, high] = [SqrtPrice.atTick(lower), SqrtPrice.atTick(upper)];
  const price = pool.sqrtPriceX96;
  const from = pool.tick < lower ? low : price;
  const to = pool.tick >= upper ? high : price;
  return [
    { asset: pool.assets[0], atoms: pool.tick < upper ? SqrtPrice.amount0Down(from, high, liquidity) : 0n },
    { asset: pool.assets[1], atoms: pool.tick >= lower ? SqrtPrice.amount1Down(low, to, liquidity) : 0n },
  ];
}

/**
 * Count the fees a position earned while the growth inside its range went from `before` to `now`, rounded down as the
 * contract does; growth has 128 fractional bits and wraps at 2^256.
 */
export function feesDown(liquidity: bigint, before: bigint, now: bigint): bigint {
  return (liquidity * BigInt.asUintN(256, now - before)) >> 128n;
}

/** State a position in real numbers: its range as prices of asset 0 in asset 1, 0 < low < high, and its liquidity. */
export type RealRange = { readonly low: number; readonly high: number; readonly liquidity: number };

/**
 * Split a position at a price into its two assets: x = L·(1/√P − 1/√P_high), y = L·(√P − √P_low), the price held inside
 * the range ("Uniswap v3 Core", 2021, equations 2.2 and 6.29–6.30). Throws MarketError.
 */
export function amounts(range: RealRange, price: number): readonly [number, number] {
  checkPositive(price, 'price');
  checkPositive(range.low, 'range.low');
  checkPositive(range.high, 'range.high');
  checkWithin(range.liquidity, 0, Number.MAX_VALUE, 'range.liquidity');
  if (range.low >= range.high) throw new MarketError('range', `[${range.low}, ${range.high}]`, 'give low below high');
  const root = Math.sqrt(Math.min(Math.max(price, range.low), range.high));
  return [range.liquidity * (1 / root - 1 / Math.sqrt(range.high)), range.liquidity * (root - Math.sqrt(range.low))];
}

/** Value a position in asset 1 at a price of asset 0. Throws MarketError. */
export function valueOf(range: RealRange, price: number): number {
  const [x, y] = amounts(range, price);
  return x * price + y;
}

/**
 * Find how much of a single asset to sell into a constant-product pool so that the rest and what it brings can be
 * added without a remainder: s = (√(R²(2−f)² + 4(1−f)RA) − R(2−f)) / (2(1−f)) (derived from (A−s)/(R+s) = out/(Y−out)).
 * `amount` and `reserve` of that asset in any one unit, `fee` {1} [0, 1). Throws MarketError.
 */
export function zap(amount: number, reserve: number, fee: number): number {
  checkWithin(amount, 0, Number.MAX_VALUE, 'amount');
  checkPositive(reserve, 'reserve');
  checkWithin(fee, 0, 1 - Number.EPSILON, 'fee');
  const keep = 1 - fee;
  const linear = reserve * (2 - fee);
  // Multiplied out, so that a small amount is not lost in the difference of two large roots.
  return (2 * reserve * amount) / (Math.sqrt(linear * linear + 4 * keep * reserve * amount) + linear);
}
