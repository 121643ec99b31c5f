// The chain side of the market: moves pools, publishes prices and makes blocks. What to do, and when, is decided
// by whoever calls; transactions wait until the next block is asked for.

import type { Price, Time } from '@trimtab/core';
import type { Address } from 'viem';
import type { Deployment } from './World.ts';

export type Actor = {
  /** Queue one transaction that trades a pool to this price {D96 sqrt(atom1/atom0)}, out of the actor's own inventory. */
  readonly movePool: (pool: Address, sqrtPriceX96: bigint) => Promise<void>;
  /** Queue a new answer of a token's feed. */
  readonly updateFeed: (token: Address, price: Price, at: Time) => Promise<void>;
  /** Make one block out of everything queued; rejects if one of the actor's own transactions failed. */
  readonly nextBlock: (at: Time, baseFee: bigint) => Promise<void>;
};

/** Take the market actor's seat in a deployed world. */
export function of(deployment: Deployment): Promise<Actor> {
  return Promise.reject(new Error(`not yet: ${deployment.actor}`));
}
