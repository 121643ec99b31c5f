// An independent count of every token, to the wei, that shares no arithmetic with what it checks.

import type { AssetId } from '@trimtab/core';
import type { Fill } from '@trimtab/engine';
import { type Address, encodeFunctionData, erc20Abi } from 'viem';
import * as Block from '../chain/Block.ts';
import * as Multicall from '../chain/Multicall.ts';
import * as Rpc from '../chain/Rpc.ts';
import type { DeployedToken, Deployment } from './World.ts';

/** Say whether every token is accounted for, and if not, each fault in words. */
export type Conservation = { readonly kind: 'kept' } | { readonly kind: 'broken'; readonly faults: readonly string[] };

/** State the vault's balances at some moment, in atoms, as the tokens tell them. */
export type Balances = ReadonlyMap<AssetId, bigint>;

/** Read the vault's balances at the newest block. */
export async function balances(deployment: Deployment): Promise<Balances> {
  const counts = await count(deployment);
  return new Map(counts.map(({ token, balances }) => [token.asset.id, balances[0] ?? 0n]));
}

/**
 * Check that every token's balances sum to its supply, that filler and settler hold nothing, that the vault's
 * allowances are zero, and that its balances moved since `before` by exactly the fills.
 */
export async function check(deployment: Deployment, before: Balances, fills: readonly Fill[]): Promise<Conservation> {
  const faults = (await count(deployment)).flatMap((counted) => faultsOf(deployment, counted, before, fills));
  return faults.length === 0 ? { kind: 'kept' } : { kind: 'broken', faults };
}

/** `balances` and `allowances` (given by the vault) run in the order of the deployment's holders, the vault first. */
type Counted = {
  readonly token: DeployedToken;
  readonly supply: bigint;
  readonly balances: readonly bigint[];
  readonly allowances: readonly bigint[];
};

async function count(deployment: Deployment): Promise<readonly Counted[]> {
  const rpc = Rpc.open(deployment.rpc, deployment.chain);
  const { block } = await Block.latest(rpc);
  const { holders, vault } = deployment;
  return Promise.all(
    deployment.tokens.map(async (token): Promise<Counted> => {
      const ask = (data: `0x${string}`) => ({ to: token.address, data });
      const of = (holder: Address) => encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [holder] });
      const given = (to: Address) =>
        encodeFunctionData({ abi: erc20Abi, functionName: 'allowance', args: [vault, to] });
      const [supply, ...answers] = await Multicall.ask(rpc, block.hash, [
        ask(encodeFunctionData({ abi: erc20Abi, functionName: 'totalSupply' })),
        ...holders.map((holder) => ask(of(holder))),
        ...holders.map((holder) => ask(given(holder))),
      ]);
      return {
        token,
        supply: Multicall.decode(rpc, erc20Abi, 'totalSupply', supply),
        balances: answers
          .slice(0, holders.length)
          .map((answer) => Multicall.decode(rpc, erc20Abi, 'balanceOf', answer)),
        allowances: answers.slice(holders.length).map((answer) => Multicall.decode(rpc, erc20Abi, 'allowance', answer)),
      };
    }),
  );
}

function faultsOf(
  { holders, settler, filler }: Deployment,
  { token, supply, balances, allowances }: Counted,
  before: Balances,
  fills: readonly Fill[],
): readonly string[] {
  const { id, symbol } = token.asset;
  const faults: string[] = [];
  const sum = balances.reduce((total, balance) => total + balance, 0n);
  if (supply !== token.supply) faults.push(`${symbol}: the supply changed from ${token.supply} to ${supply}`);
  if (sum !== supply) faults.push(`${symbol}: known holders have ${sum} of ${supply}`);
  for (const [i, holder] of holders.entries()) {
    const balance = balances[i] ?? 0n;
    if ((holder === settler || holder === filler) && balance !== 0n)
      faults.push(`${symbol}: ${holder} kept ${balance}`);
    if (allowances[i] !== 0n) faults.push(`${symbol}: the vault lets ${holder} take ${allowances[i]}`);
  }
  const due = fills.reduce(
    (balance, fill) => balance + (fill.buy === id ? fill.received : 0n) - (fill.sell === id ? fill.sold : 0n),
    before.get(id) ?? 0n,
  );
  if (balances[0] !== due) faults.push(`${symbol}: the vault has ${balances[0]}, the fills say ${due}`);
  return faults;
}
