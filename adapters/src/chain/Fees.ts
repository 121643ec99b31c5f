// What we bid for a place in a block (EIP-1559).

import type { Signed } from '@trimtab/engine';
import { type Hex, parseTransaction } from 'viem';

/** State a bid, both per gas {wei/gas}. */
export type Fees = { readonly maxFee: bigint; readonly maxTip: bigint };

/**
 * Bid a tip over the present base fee, within a limit. Twice the base fee leaves room for six full blocks, each raising
 * it by an eighth; only the base fee of the block that takes us is paid. Undefined where the limit is below the market.
 */
export function bid(baseFee: bigint, tip: bigint, limit: bigint): Fees | undefined {
  if (baseFee + tip > limit) return undefined;
  const roomy = 2n * baseFee + tip;
  return { maxFee: roomy < limit ? roomy : limit, maxTip: tip };
}

/** Outbid an earlier attempt at the same nonce: nodes drop a replacement that does not raise both fees by a tenth; an eighth is safe. */
export function outbid(fees: Fees, earlier: Signed): Fees {
  const before = parseTransaction(earlier.raw as Hex);
  return {
    maxFee: larger(fees.maxFee, raisedUp(before.maxFeePerGas ?? 0n)),
    maxTip: larger(fees.maxTip, raisedUp(before.maxPriorityFeePerGas ?? 0n)),
  };
}

function raisedUp(fee: bigint): bigint {
  return (fee * 9n + 7n) / 8n;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
