// What it costs to be included in a block: a price for the work, and on a rollup one for the data that it publishes.

import { divUp, max, min } from '../money/Fixed.ts';
import type { Price, Usd } from '../money/Price.ts';
import { checkAtLeast, checkCount } from './Terms.ts';

/** State the going price of gas and how much of it each kind of step uses. */
export type Gas = {
  /** {wei/gas}: base fee plus the tip we pay. */
  readonly price: bigint;
  /** D18{USD/tok} of the native coin, 18 decimals. */
  readonly native: Price;
  /** {gas} to authorise a plan. */
  readonly authorise: bigint;
  /** {gas} for a fill through one market. */
  readonly swap: bigint;
  /** {gas} that each further market in the same fill adds. */
  readonly hop: bigint;
  /** {wei} that a rollup charges for the data of one transaction, whatever its work, as `dataFee` computes it; none if absent. */
  readonly data?: bigint;
};

/** State the fees of a block and of a bid, {wei/gas}: what is burnt, and what the proposer gets. */
export type Fees = { readonly base: bigint; readonly tip: bigint };

/** State what publishing data costs on an OP-stack rollup since Fjord: the first layer's fees, and the chain's scalars. */
export type Rollup = {
  /** {wei/gas} of the first layer, and of its blobs. */
  readonly base: bigint;
  readonly blob: bigint;
  /** {ppm}: how much of each the rollup passes on. */
  readonly baseScalar: number;
  readonly blobScalar: number;
};

const WEI = 10n ** 18n;
/** Fjord's line from the size FastLZ compresses a transaction to, to what Brotli makes of it in a batch, in millionths of a byte. */
const INTERCEPT = -42_585_600n;
const SLOPE = 836_500n;
const LEAST_SIZE = 100_000_000n;
/** EIP-1559: the base fee moves by at most an eighth, in proportion to the gas used beyond half of the limit. */
const ELASTICITY = 2n;
const BASE_FEE_STEP = 8n;

/**
 * Value an amount of gas at this price and the data of so many `transactions`, rounded up: a cost is never understated.
 * D18{USD}. What a transaction merely adds to its work has no data of its own: that of zero transactions.
 */
export function costUp(gas: Gas, units: bigint, transactions = 0n): Usd {
  return weiUp(gas, units * gas.price + transactions * (gas.data ?? 0n));
}

/** Value wei of the native coin, rounded up. D18{USD}. */
export function weiUp({ native }: Pick<Gas, 'native'>, wei: bigint): Usd {
  return divUp(wei * native, WEI);
}

/** Give the price a transaction pays that bids at most `cap` {wei/gas}; undefined where the base fee alone is above it. */
export function priceOf({ base, tip }: Fees, cap: bigint): bigint | undefined {
  checkAtLeast(base, 0n, 'base');
  checkAtLeast(tip, 0n, 'tip');
  return cap < base ? undefined : min(base + tip, cap);
}

/**
 * Compute the next block's base fee {wei/gas} from this one's, its gas used and its limit (Buterin and others, EIP-1559,
 * 2019). Integers as every client computes them: truncated, but a rise is at least one wei.
 */
export function nextBase(base: bigint, used: bigint, limit: bigint): bigint {
  checkAtLeast(base, 0n, 'base');
  checkAtLeast(used, 0n, 'used');
  checkAtLeast(limit, max(used, ELASTICITY), 'limit');
  const target = limit / ELASTICITY;
  if (used === target) return base;
  if (used > target) return base + max((base * (used - target)) / target / BASE_FEE_STEP, 1n);
  return base - (base * (target - used)) / target / BASE_FEE_STEP;
}

/**
 * Compute what publishing a signed transaction costs on a rollup, {wei}, from the `bytes` that FastLZ compresses it to:
 * max(100, −42.5856 + 0.8365·bytes) times 16·scalar·base + scalar·blob. Integers as in the OP stack's Fjord upgrade.
 */
export function dataFee(rollup: Rollup, bytes: number): bigint {
  checkCount(bytes, 'bytes');
  checkAtLeast(rollup.base, 0n, 'base');
  checkAtLeast(rollup.blob, 0n, 'blob');
  checkCount(rollup.baseScalar, 'baseScalar');
  checkCount(rollup.blobScalar, 'blobScalar');
  const size = max(LEAST_SIZE, INTERCEPT + SLOPE * BigInt(bytes));
  const price = 16n * BigInt(rollup.baseScalar) * rollup.base + BigInt(rollup.blobScalar) * rollup.blob;
  return (size * price) / 10n ** 12n;
}
