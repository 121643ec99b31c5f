// The integer geometry of Uniswap v3: square-root prices, ticks, and the amounts that lie between two prices.
// Every rounding is the deployed contract's, so that a quote is not near the truth but equal to it.
// Formulas: Adams, Zinsmeister, Salem, Keefer, Robinson, "Uniswap v3 Core" (2021), sections 6.1 to 6.2.

import { approximate } from '../../money/approximate.ts';
import { divUp, mulDivDown, mulDivUp, sqrtDown } from '../../money/Fixed.ts';

/** The lowest and highest tick a pool can reach: prices of 2^-128 and 2^128. */
export const MIN_TICK = -887_272;
export const MAX_TICK = 887_272;

/** sqrt(price) = 1, with 96 fractional bits. */
export const Q96 = 1n << 96n;

const Q32 = 1n << 32n;
const Q128 = 1n << 128n;
const WORD = 1n << 256n;

/** Logarithm of the square-root price of one tick. */
const HALF_STEP = Math.log(1.0001) / 2;

/** FACTORS[i] = 1.0001^(-2^i / 2) with 128 fractional bits, rounded to nearest: the binary digits of a tick. */
const FACTORS: readonly bigint[] = factors();

/** Lowest and highest square-root price: those of MIN_TICK and MAX_TICK. */
export const MIN = atTick(MIN_TICK);
export const MAX = atTick(MAX_TICK);

/** Compute sqrt(1.0001^tick)·2^96, rounded up as the contract does. Throws RangeError outside [MIN_TICK, MAX_TICK]. */
export function atTick(tick: number): bigint {
  const size = Math.abs(tick);
  if (!(size <= MAX_TICK)) throw new RangeError(`tick ${tick} is outside ±${MAX_TICK}; read the pool again`);
  let ratio = Q128;
  for (let bit = 0; size >> bit > 0; bit++) {
    const factor = FACTORS[bit];
    if (factor !== undefined && (size >> bit) & 1) ratio = (ratio * factor) >> 128n;
  }
  if (tick > 0) ratio = (WORD - 1n) / ratio;
  return divUp(ratio, Q32);
}

/**
 * Find the greatest tick whose square-root price is at most `sqrtPriceX96` in [MIN, MAX).
 * The logarithm is right to far better than a thousandth of a tick, so only next to a boundary are integers asked.
 */
export function tickAt(sqrtPriceX96: bigint): number {
  const exact = Math.log(approximate(sqrtPriceX96, Q96)) / HALF_STEP;
  let tick = Math.min(Math.max(Math.floor(exact), MIN_TICK), MAX_TICK - 1);
  if (Math.abs(exact - tick - 0.5) < 0.499) return tick;
  while (atTick(tick) > sqrtPriceX96) tick--;
  while (atTick(tick + 1) <= sqrtPriceX96) tick++;
  return tick;
}

/** Move a price by an input of asset 0: it falls, rounded up so that the pool never pays out too much. */
export function afterInput0Up(sqrtPriceX96: bigint, liquidity: bigint, input: bigint): bigint {
  if (input === 0n) return sqrtPriceX96;
  const scaled = liquidity << 96n;
  const denominator = scaled + input * sqrtPriceX96;
  // The contract falls back to a coarser formula where 256 bits would overflow; so must we, to the wei.
  if (denominator < WORD) return mulDivUp(scaled, sqrtPriceX96, denominator);
  return divUp(scaled, scaled / sqrtPriceX96 + input);
}

/** Move a price by an input of asset 1: it rises, rounded down so that the pool never pays out too much. */
export function afterInput1Down(sqrtPriceX96: bigint, liquidity: bigint, input: bigint): bigint {
  return sqrtPriceX96 + (input << 96n) / liquidity;
}

/** Move a price by an output of asset 0: it rises, rounded up so that the taker pays for the whole output. */
export function afterOutput0Up(sqrtPriceX96: bigint, liquidity: bigint, output: bigint): bigint {
  const scaled = liquidity << 96n;
  return mulDivUp(scaled, sqrtPriceX96, scaled - output * sqrtPriceX96);
}

/** Move a price by an output of asset 1: it falls, rounded down so that the taker pays for the whole output. */
export function afterOutput1Down(sqrtPriceX96: bigint, liquidity: bigint, output: bigint): bigint {
  return sqrtPriceX96 - divUp(output << 96n, liquidity);
}

/** Count asset 0 between two prices, low ≤ high, rounded down: paid out by the pool, so the taker loses the atom. */
export function amount0Down(low: bigint, high: bigint, liquidity: bigint): bigint {
  return mulDivDown(liquidity << 96n, high - low, high) / low;
}

/** Count asset 0 between two prices, low ≤ high, rounded up: paid to the pool, so the taker loses the atom. */
export function amount0Up(low: bigint, high: bigint, liquidity: bigint): bigint {
  return divUp(mulDivUp(liquidity << 96n, high - low, high), low);
}

/** Count asset 1 between two prices, low ≤ high, rounded down: paid out by the pool, so the taker loses the atom. */
export function amount1Down(low: bigint, high: bigint, liquidity: bigint): bigint {
  return mulDivDown(liquidity, high - low, Q96);
}

/** Count asset 1 between two prices, low ≤ high, rounded up: paid to the pool, so the taker loses the atom. */
export function amount1Up(low: bigint, high: bigint, liquidity: bigint): bigint {
  return mulDivUp(liquidity, high - low, Q96);
}

/** Derive the table instead of typing it: 1/1.0001 with 512 fractional bits, its root, and repeated squares. */
function factors(): readonly bigint[] {
  const bits = 512n;
  const base = ((1n << bits) * 10_000n) / 10_001n;
  const exact = [sqrtDown(base << bits), base];
  for (let last = base; exact.length < 20; exact.push(last)) last = (last * last) >> bits;
  const half = 1n << (bits - 129n);
  return exact.map((factor) => (factor + half) >> (bits - 128n));
}
