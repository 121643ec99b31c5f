// Uniswap v3's pool: liquidity placed between ticks. Integers agree with the deployed contract to the wei.

import type { AssetId } from '../../money/Asset.ts';
import { approximate } from '../../money/approximate.ts';
import { divUp, max, min, mulDivDown } from '../../money/Fixed.ts';
import { checkBetween, checkInteger, checkLength, checkPair, checkPpm, MarketError } from '../Terms.ts';
import type { MarketId, Outcome, Rate, Trade, Values } from '../Market.ts';
import { checkTicks } from './checkTicks.ts';
import { checkInput, sideOf, type Side } from './Pair.ts';
import * as SqrtPrice from './SqrtPrice.ts';

/** State a concentrated-liquidity pool. `sqrtPriceX96` = sqrt(atoms of asset 1 per atom of asset 0)·2^96. */
export type Concentrated = {
  readonly kind: 'concentrated';
  readonly id: MarketId;
  readonly assets: readonly [AssetId, AssetId];
  readonly sqrtPriceX96: bigint;
  readonly tick: number;
  readonly liquidity: bigint;
  /** Fee in millionths of the input, [0, 1e6). */
  readonly feePpm: number;
  readonly tickSpacing: number;
  /** Initialised ticks in ascending order. `known` bounds the range that was read: a swap may not leave it. */
  readonly ticks: readonly Tick[];
  readonly known: readonly [number, number];
  /**
   * Fees earned so far by a unit of liquidity, in atoms of each asset with 128 fractional bits, modulo 2^256: the
   * contract's feeGrowthGlobal, which a swap then carries on. It is right for a pool whose protocol takes no share.
   */
  readonly feeGrowth?: readonly [bigint, bigint];
};

/** The contract counts growth in a word of 256 bits. */
const WORD = 1n << 256n;

/** State an initialised tick: liquidity added when the price crosses it upwards. */
export type Tick = { readonly index: number; readonly liquidityNet: bigint };

/** The widest spacing that a pool can be created with. */
const MAX_SPACING = 32_767;

/** The contract keeps liquidity in 128 bits. */
const MAX_LIQUIDITY = (1n << 128n) - 1n;

/** Refuse a state that no such pool can be in, its ticks included. Throws MarketError. */
export function check(pool: Concentrated): void {
  checkState(pool);
  checkTicks(pool);
  if (pool.feeGrowth === undefined) return;
  checkLength(pool.feeGrowth, 2, 'feeGrowth');
  for (const growth of pool.feeGrowth) checkBetween(growth, 0n, WORD - 1n, 'feeGrowth');
}

/** Refuse what a swap begins with, where no pool can be in that state: what costs the same however many ticks there are. */
function checkState({ assets, sqrtPriceX96, tick, liquidity, feePpm, tickSpacing, known }: Concentrated): void {
  checkPair(assets);
  checkPpm(feePpm, 'feePpm');
  checkInteger(tickSpacing, 1, MAX_SPACING, 'tickSpacing');
  checkBetween(sqrtPriceX96, SqrtPrice.MIN, SqrtPrice.MAX, 'sqrtPriceX96');
  checkInteger(tick, SqrtPrice.MIN_TICK - 1, SqrtPrice.MAX_TICK, 'tick');
  checkBetween(liquidity, 0n, MAX_LIQUIDITY, 'liquidity');
  checkLength(known, 2, 'known');
  const [low, high] = known;
  if (Number.isSafeInteger(low) && Number.isSafeInteger(high) && low < high) return;
  throw new MarketError('known', `[${low}, ${high}]`, 'give the lowest tick that was read and the highest');
}

/** Give the exact marginal price before the fee. Throws NotTraded, MarketError. */
export function spot(pool: Concentrated, sell: AssetId): Rate {
  checkState(pool);
  const square = pool.sqrtPriceX96 * pool.sqrtPriceX96;
  const whole = SqrtPrice.Q96 * SqrtPrice.Q96;
  return sideOf(pool, sell) === 0 ? { bought: square, sold: whole } : { bought: whole, sold: square };
}

/**
 * Swap exactly `sold` atoms, or as many as the range that is known can take.
 * Mirrors the contract step by step, word boundaries of its tick bitmap included, because each step rounds.
 */
export function swap(pool: Concentrated, sell: AssetId, sold: bigint): Outcome<Concentrated> {
  return walk(pool, sell, sold, 'in');
}

/** Swap for exactly `bought` atoms, or as many as the range that is known can pay; mirrors the contract likewise. */
export function swapOut(pool: Concentrated, sell: AssetId, bought: bigint): Outcome<Concentrated> {
  return walk(pool, sell, bought, 'out');
}

/** Go from tick to tick until the exact amount, of input or of output, is used up. */
function walk(pool: Concentrated, sell: AssetId, exact: bigint, given: 'in' | 'out'): Outcome<Concentrated> {
  checkInput(pool, exact);
  checkState(pool);
  const side = sideOf(pool, sell);
  const limit = limitOf(pool, side);
  const advance = given === 'in' ? stepTowards : stepTowardsOut;
  // Falling, the next tick is the one at or below; rising, the one above.
  const back = side === 0 ? 1 : 0;
  let { sqrtPriceX96: price, tick, liquidity } = pool;
  let ended = side === 0 ? tick < limit : tick >= limit;
  let above = countUpTo(pool.ticks, tick);
  let remaining = exact;
  let [sold, bought, fees, growth] = [0n, 0n, 0n, 0n];
  while (remaining > 0n && !ended) {
    const nearest = pool.ticks[above - back];
    const next = nextStop(pool.tickSpacing, tick, side, nearest?.index, limit);
    const nextPrice = SqrtPrice.atTick(next);
    const target = min(max(nextPrice, SqrtPrice.MIN + 1n), SqrtPrice.MAX - 1n);
    const step = advance(price, target, liquidity, remaining, pool.feePpm);
    sold += step.input + step.fee;
    bought += step.output;
    fees += step.fee;
    growth += growthOf(pool, step.fee, liquidity);
    remaining = exact - (given === 'in' ? sold : bought);
    const moved = step.price !== price;
    price = step.price;
    ended = price === target && next === limit;
    if (price === nextPrice) {
      if (nearest?.index === next) {
        liquidity += crossed(nearest, side);
        above += 1 - 2 * back;
      }
      tick = next - back;
    } else if (moved) tick = SqrtPrice.tickAt(price);
  }
  const after = { ...pool, ...grown(pool, side, growth), sqrtPriceX96: price, tick, liquidity };
  return { sell, buy: pool.assets[side === 0 ? 1 : 0], sold, bought, fee: fees, feeIn: sell, after };
}

/** What crossing a tick adds to the liquidity: rising it joins, falling it leaves. */
function crossed(tick: Tick, side: Side): bigint {
  return side === 0 ? -tick.liquidityNet : tick.liquidityNet;
}

/** What a fee adds to a unit of liquidity, with 128 fractional bits, rounded down: the providers lose the fraction. */
function growthOf(pool: Concentrated, fee: bigint, liquidity: bigint): bigint {
  return pool.feeGrowth === undefined || liquidity === 0n ? 0n : (fee << 128n) / liquidity;
}

/** Add what a swap paid to the growth of the asset that it paid in; the contract's word wraps. */
function grown(pool: Concentrated, side: Side, growth: bigint): Pick<Concentrated, 'feeGrowth'> {
  if (pool.feeGrowth === undefined) return {};
  const [zero, one] = pool.feeGrowth;
  return { feeGrowth: side === 0 ? [(zero + growth) % WORD, one] : [zero, (one + growth) % WORD] };
}

/**
 * Find the trade that gains most at `values`, in floats; undefined where none gains.
 * The marginal price after the fee meets the ratio of values, range by range; inside a range the amounts are
 * L·Δ(1/√P) and L·Δ√P ("Uniswap v3 Core", 2021, equations 6.14 and 6.16).
 */
export function arb(pool: Concentrated, values: Values): Trade | undefined {
  checkState(pool);
  const [asset0, asset1] = pool.assets;
  const keep = 1 - pool.feePpm / 1e6;
  const ratio = (values[asset0] ?? NaN) / (values[asset1] ?? NaN);
  const price = rootAt(pool.sqrtPriceX96);
  const floor = Math.max(Math.sqrt(ratio / keep), rootAt(SqrtPrice.atTick(limitOf(pool, 0))));
  if (floor < price) {
    const moved = reach(pool, price, floor);
    return moved[1] > 0 ? { sell: asset0, buy: asset1, sold: moved[0] / keep, bought: moved[1] } : undefined;
  }
  const ceiling = Math.min(Math.sqrt(ratio * keep), rootAt(SqrtPrice.atTick(limitOf(pool, 1))));
  if (ceiling > price) {
    const moved = reach(pool, price, ceiling);
    return moved[0] > 0 ? { sell: asset1, buy: asset0, sold: moved[1] / keep, bought: moved[0] } : undefined;
  }
  return undefined;
}

/** Sum each asset that lies between the pool's price and another; both are square roots. */
function reach(pool: Concentrated, from: number, to: number): readonly [number, number] {
  const step = to < from ? -1 : 1;
  let at = countUpTo(pool.ticks, pool.tick) - (step < 0 ? 1 : 0);
  let liquidity = approximate(pool.liquidity, 1n);
  let price = from;
  let amount0 = 0;
  let amount1 = 0;
  while (price !== to) {
    const tick = pool.ticks[at];
    const edge = tick === undefined ? to : rootAt(SqrtPrice.atTick(tick.index));
    const next = step < 0 ? Math.max(edge, to) : Math.min(edge, to);
    amount0 += liquidity * Math.abs(1 / next - 1 / price);
    amount1 += liquidity * Math.abs(next - price);
    price = next;
    liquidity += step * approximate(tick?.liquidityNet ?? 0n, 1n);
    at += step;
  }
  return [amount0, amount1];
}

function rootAt(sqrtPriceX96: bigint): number {
  return approximate(sqrtPriceX96, SqrtPrice.Q96);
}

/** State one step of a swap inside a range of constant liquidity. */
export type Moved = {
  readonly price: bigint;
  readonly input: bigint;
  readonly output: bigint;
  readonly fee: bigint;
};

/**
 * Spend up to `remaining` atoms, fee included, on moving the price towards `target`.
 * Formula: "Uniswap v3 Core" (2021), section 6.2.3; every rounding is in the pool's favour.
 */
export function stepTowards(
  price: bigint,
  target: bigint,
  liquidity: bigint,
  remaining: bigint,
  feePpm: number,
): Moved {
  const falling = target <= price;
  const fee = BigInt(feePpm);
  const spendable = mulDivDown(remaining, 1_000_000n - fee, 1_000_000n);
  const whole = inputBetween(price, target, liquidity);
  if (spendable >= whole) {
    const charged = divUp(whole * fee, 1_000_000n - fee);
    return { price: target, input: whole, output: outputBetween(price, target, liquidity), fee: charged };
  }
  // Short of the target: the price moves as far as the input carries it, and what rounding leaves over is fee.
  const end = falling
    ? SqrtPrice.afterInput0Up(price, liquidity, spendable)
    : SqrtPrice.afterInput1Down(price, liquidity, spendable);
  const input = inputBetween(price, end, liquidity);
  return { price: end, input, output: outputBetween(price, end, liquidity), fee: remaining - input };
}

/**
 * Collect up to `wanted` atoms of output on the way towards `target`: the contract's step for an exact output.
 * Formula: as stepTowards; the fee is always charged on top of the input.
 */
export function stepTowardsOut(
  price: bigint,
  target: bigint,
  liquidity: bigint,
  wanted: bigint,
  feePpm: number,
): Moved {
  const fee = BigInt(feePpm);
  const whole = outputBetween(price, target, liquidity);
  const end = wanted >= whole ? target : afterOutput(price, target, liquidity, wanted);
  const input = inputBetween(price, end, liquidity);
  const output = end === target ? whole : min(outputBetween(price, end, liquidity), wanted);
  return { price: end, input, output: min(output, wanted), fee: divUp(input * fee, 1_000_000n - fee) };
}

function afterOutput(price: bigint, target: bigint, liquidity: bigint, output: bigint): bigint {
  return target <= price
    ? SqrtPrice.afterOutput1Down(price, liquidity, output)
    : SqrtPrice.afterOutput0Up(price, liquidity, output);
}

function inputBetween(from: bigint, to: bigint, liquidity: bigint): bigint {
  return to <= from ? SqrtPrice.amount0Up(to, from, liquidity) : SqrtPrice.amount1Up(from, to, liquidity);
}

function outputBetween(from: bigint, to: bigint, liquidity: bigint): bigint {
  return to <= from ? SqrtPrice.amount1Down(to, from, liquidity) : SqrtPrice.amount0Down(from, to, liquidity);
}

/** Bound a swap by the last tick that was read and that the contract can express. */
function limitOf(pool: Concentrated, side: Side): number {
  return side === 0 ? Math.max(pool.known[0], SqrtPrice.MIN_TICK) : Math.min(pool.known[1], SqrtPrice.MAX_TICK);
}

/**
 * Find where a step must stop: at the nearest initialised tick, at the edge of the bitmap's 256-tick word before it,
 * or at the limit before either.
 */
function nextStop(spacing: number, tick: number, side: Side, nearest: number | undefined, limit: number): number {
  const compressed = Math.floor(tick / spacing);
  if (side === 0) return Math.max(((compressed >> 8) << 8) * spacing, nearest ?? limit, limit);
  return Math.min(((((compressed + 1) >> 8) << 8) + 255) * spacing, nearest ?? limit, limit);
}

/** Count the ticks at or below `tick`, by bisection. */
export function countUpTo(ticks: readonly Tick[], tick: number): number {
  let low = 0;
  let high = ticks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ticks[middle]?.index ?? tick) <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
