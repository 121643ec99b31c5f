// The chain side of the market: moves pools, publishes prices and makes blocks. What to do, and when, is decided
// by whoever calls; transactions wait until the next block is asked for.

import type { Price, Time } from '@trimtab/core';
import { PoolActor, TestFeed } from '@trimtab/contracts';
import type { Address } from 'viem';
import * as Rpc from '../chain/Rpc.ts';
import * as Deployer from './Deployer.ts';
import * as World from './World.ts';

/** Act for the market. Nothing happens before `nextBlock`. */
export type Actor = {
  /** Queue one transaction that trades a pool to this price {D96 sqrt(atom1/atom0)}, out of the actor's own inventory. */
  readonly movePool: (pool: Address, sqrtPriceX96: bigint) => void;
  /** Queue a new answer of a token's feed, dated `at`. */
  readonly updateFeed: (token: Address, price: Price, at: Time) => void;
  /** Resolve when the chain has everything queued so far: what others send from now on comes after it. */
  readonly arrived: () => Promise<void>;
  /** Make one block of everything queued, by us and by others {wei/gas}. Throws TransactionFailed if one of ours failed. */
  readonly nextBlock: (at: Time, baseFee: bigint) => Promise<void>;
};

/** Take the market actor's seat in a deployed world. */
export async function of(deployment: World.Deployment): Promise<Actor> {
  const rpc = Rpc.open(deployment.rpc, deployment.chain);
  const seat = await Deployer.open(rpc, 0n);
  const feeds = new Map([...deployment.tokens, ...deployment.others].map(({ address, feed }) => [address, feed]));
  return {
    movePool: (pool, price) => Deployer.call(seat, deployment.actor, PoolActor.abi, 'moveTo', [pool, price]),
    updateFeed: (token, price, at) => {
      const feed = feeds.get(token);
      if (feed === undefined) throw new RangeError(`no feed of ${token} in this world`);
      Deployer.call(seat, feed, TestFeed.abi, 'setAt', [World.answerOf(price), BigInt(at)]);
    },
    arrived: () => Deployer.arrived(seat),
    nextBlock: async (at, baseFee) => {
      await rpc.request('anvil_setNextBlockBaseFeePerGas', [`0x${baseFee.toString(16)}`]);
      await Deployer.settle(seat, at);
    },
  };
}
