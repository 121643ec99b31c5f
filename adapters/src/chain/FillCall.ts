// A swap in the router filler's words.

import type { Route, Swap } from '@trimtab/core';
import { RouterFiller } from '@trimtab/contracts';
import { type Address, encodeFunctionData } from 'viem';
import type { Call } from './Multicall.ts';
import type { Pool } from './UniswapV3.ts';
import { assetId, tokenOf } from './Vault.ts';

type Hop = { readonly tokenOut: Address; readonly fee: number };

/** Write a swap as a call of `RouterFiller.fill`. Throws RangeError where a route leaves the pools we know, or does not join up. */
export function write(vault: Address, filler: Address, chain: number, pools: readonly Pool[], step: Swap): Call {
  const routes = step.routes.map((route) => ({ amountIn: route.sold, hops: hopsOf(chain, pools, step, route) }));
  const [sell, buy] = [tokenOf(chain, step.sell), tokenOf(chain, step.buy)];
  const args = [vault, sell, buy, step.sold, step.floor, BigInt(step.deadline), routes] as const;
  return { to: filler, data: encodeFunctionData({ abi: RouterFiller.abi, functionName: 'fill', args }) };
}

function hopsOf(chain: number, pools: readonly Pool[], step: Swap, route: Route): readonly Hop[] {
  const hops: Hop[] = [];
  let at = step.sell;
  for (const market of route.markets) {
    const pool = pools.find(({ id }) => id === market);
    const ids = pool?.tokens.map((token) => assetId(chain, token)) ?? [];
    const side = ids.indexOf(at);
    const tokenOut = pool?.tokens[1 - side];
    if (pool === undefined || side < 0 || tokenOut === undefined) {
      throw new RangeError(`a route sells ${at} through ${market}, which is no pool of ours that trades it`);
    }
    hops.push({ tokenOut, fee: pool.feePpm });
    at = assetId(chain, tokenOut);
  }
  if (at !== step.buy) throw new RangeError(`a route ends in ${at} instead of ${step.buy}`);
  return hops;
}
