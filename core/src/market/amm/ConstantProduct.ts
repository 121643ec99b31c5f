// Uniswap v2's pool: x·y = k with a fee on the way in. Integers agree with the deployed contract to the wei.

import type { AssetId } from '../../money/Asset.ts';
import { approximate } from '../../money/approximate.ts';
import { divUp, max, min } from '../../money/Fixed.ts';
import { checkBetween, checkLength, checkPair, checkPpm } from '../Terms.ts';
import type { MarketId, Outcome, Rate, Trade, Values } from '../Market.ts';
import { checkInput, sideOf } from './Pair.ts';

/** State a constant-product pool. Reserves in atoms; `feePpm` in millionths of the input, [0, 1e6). */
export type ConstantProduct = {
  readonly kind: 'constant-product';
  readonly id: MarketId;
  readonly assets: readonly [AssetId, AssetId];
  readonly reserves: readonly [bigint, bigint];
  readonly feePpm: number;
};

/** The contract keeps reserves in 112 bits and refuses to hold more. */
const MAX_RESERVE = (1n << 112n) - 1n;

/** Refuse a state that no such pool can be in: reserves that are not two counts of 112 bits, or a fee that is none. Throws MarketError. */
export function check({ assets, reserves, feePpm }: ConstantProduct): void {
  checkPair(assets);
  checkLength(reserves, 2, 'reserves');
  checkBetween(reserves[0], 0n, MAX_RESERVE, 'reserves[0]');
  checkBetween(reserves[1], 0n, MAX_RESERVE, 'reserves[1]');
  checkPpm(feePpm, 'feePpm');
}

/** Give the exact marginal price before the fee. Throws NotTraded, MarketError. */
export function spot(pool: ConstantProduct, sell: AssetId): Rate {
  check(pool);
  const [x, y] = sideOf(pool, sell) === 0 ? pool.reserves : swapped(pool.reserves);
  return { bought: y, sold: x };
}

/**
 * Swap exactly `sold` atoms, or as many as the reserve has room for; the output is rounded down, for the pool.
 * Formula: out = φ·in·y / (x + φ·in), φ = 1 − fee (Adams, Zinsmeister, Robinson, "Uniswap v2 Core", 2020).
 */
export function swap(pool: ConstantProduct, sell: AssetId, sold: bigint): Outcome<ConstantProduct> {
  checkInput(pool, sold);
  check(pool);
  const side = sideOf(pool, sell);
  const [x, y] = side === 0 ? pool.reserves : swapped(pool.reserves);
  // A pool without reserves has no price, so it takes nothing.
  const taken = x <= 0n || y <= 0n || x >= MAX_RESERVE ? 0n : min(sold, MAX_RESERVE - x);
  const effective = taken * BigInt(1_000_000 - pool.feePpm);
  const bought = effective === 0n ? 0n : (effective * y) / (x * 1_000_000n + effective);
  const reserves = [x + taken, y - bought] as const;
  return {
    sell,
    buy: pool.assets[side === 0 ? 1 : 0],
    sold: taken,
    bought,
    fee: divUp(taken * BigInt(pool.feePpm), 1_000_000n),
    feeIn: sell,
    after: { ...pool, reserves: side === 0 ? reserves : swapped(reserves) },
  };
}

/**
 * Swap for exactly `bought` atoms, or as many as the reserves allow; the input is rounded up, for the pool.
 * Formula: in = ⌊out·x / (φ·(y − out))⌋ + 1 ("Uniswap v2 periphery", getAmountIn, 2020).
 */
export function swapOut(pool: ConstantProduct, sell: AssetId, bought: bigint): Outcome<ConstantProduct> {
  checkInput(pool, bought);
  check(pool);
  const side = sideOf(pool, sell);
  const [x, y] = side === 0 ? pool.reserves : swapped(pool.reserves);
  const paid = min(bought, y - 1n);
  if (paid <= 0n || x <= 0n) return swap(pool, sell, 0n);
  const taken = (paid * x * 1_000_000n) / ((y - paid) * BigInt(1_000_000 - pool.feePpm)) + 1n;
  if (x + taken > MAX_RESERVE) return swap(pool, sell, max(MAX_RESERVE - x, 0n));
  const reserves = [x + taken, y - paid] as const;
  return {
    sell,
    buy: pool.assets[side === 0 ? 1 : 0],
    sold: taken,
    bought: paid,
    fee: divUp(taken * BigInt(pool.feePpm), 1_000_000n),
    feeIn: sell,
    after: { ...pool, reserves: side === 0 ? reserves : swapped(reserves) },
  };
}

/**
 * Find the trade that gains most at `values`, in floats; undefined where none gains.
 * Formula: the input reserve ends at sqrt(φ·k·ν_out/ν_in) (Diamandis, Resnick, Chitra, Angeris, 2023).
 */
export function arb(pool: ConstantProduct, values: Values): Trade | undefined {
  const keep = 1 - pool.feePpm / 1e6;
  for (const sell of pool.assets) {
    const { bought: y, sold: x } = spot(pool, sell);
    const buy = pool.assets[sell === pool.assets[0] ? 1 : 0];
    const worth = (values[buy] ?? NaN) / (values[sell] ?? NaN);
    const input = approximate(x, 1n);
    const output = approximate(y, 1n);
    const effective = Math.sqrt(keep * input * output * worth) - input;
    if (effective > 0) return { sell, buy, sold: effective / keep, bought: (output * effective) / (input + effective) };
  }
  return undefined;
}

function swapped(pair: readonly [bigint, bigint]): readonly [bigint, bigint] {
  return [pair[1], pair[0]];
}
