// What never changes about a vault: its contracts and its assets. Read once; every other file here builds on it.

import type { Asset, AssetId } from '@trimtab/core';
import { BasketVault, Policy, Settler } from '@trimtab/contracts';
import { type Address, encodeFunctionData, erc20Abi, getAddress } from 'viem';
import * as Block from './Block.ts';
import * as Multicall from './Multicall.ts';
import { ProviderFailure, type Rpc } from './Rpc.ts';

/** Describe a vault. `assets` and `tokens` run in the vault's own order. */
export type Vault = {
  /** `eip155:<chain>/<lower-case address>` */
  readonly portfolio: string;
  readonly address: Address;
  readonly settler: Address;
  readonly policy: Address;
  readonly hub: Address;
  readonly assets: readonly Asset[];
  readonly tokens: readonly Address[];
};

/** Read a vault's constants at the newest block. Throws ProviderFailure, WrongChain. */
export async function read(rpc: Rpc, address: Address): Promise<Vault> {
  const { block } = await Block.latest(rpc);
  const ask = (calls: readonly Multicall.Call[]) => Multicall.ask(rpc, block.hash, calls);
  const [assets, settlerOf] = await ask([
    { to: address, data: encodeFunctionData({ abi: BasketVault.abi, functionName: 'assets' }) },
    { to: address, data: encodeFunctionData({ abi: BasketVault.abi, functionName: 'settler' }) },
  ]);
  const tokens = Multicall.decode(rpc, BasketVault.abi, 'assets', assets);
  const settler = Multicall.decode(rpc, BasketVault.abi, 'settler', settlerOf);
  const [policy, hub, ...described] = await ask([
    { to: settler, data: encodeFunctionData({ abi: Settler.abi, functionName: 'policy' }) },
    { to: settler, data: encodeFunctionData({ abi: Settler.abi, functionName: 'hub' }) },
    ...tokens.flatMap((to) => [
      { to, data: encodeFunctionData({ abi: erc20Abi, functionName: 'decimals' }) },
      { to, data: encodeFunctionData({ abi: erc20Abi, functionName: 'symbol' }) },
    ]),
  ]);
  return {
    portfolio: assetId(rpc.chain, address),
    address: getAddress(address),
    settler,
    policy: Multicall.decode(rpc, Settler.abi, 'policy', policy),
    hub: Multicall.decode(rpc, Settler.abi, 'hub', hub),
    tokens,
    assets: tokens.map((token, i) => ({
      id: assetId(rpc.chain, token),
      decimals: decimalsOf(rpc, Multicall.decode(rpc, erc20Abi, 'decimals', described[2 * i])),
      symbol: printable(Multicall.decode(rpc, erc20Abi, 'symbol', described[2 * i + 1]), token),
    })),
  };
}

/** Read who may propose for a vault, and who may name another, at the newest block. Throws ProviderFailure, WrongChain. */
export async function rolesOf(
  rpc: Rpc,
  address: Address,
): Promise<{ readonly policy: Address; readonly owner: Address; readonly strategist: Address }> {
  const [{ policy }, { block }] = await Promise.all([read(rpc, address), Block.latest(rpc)]);
  const data = encodeFunctionData({ abi: Policy.abi, functionName: 'rolesOf', args: [getAddress(address)] });
  const [answer] = await Multicall.ask(rpc, block.hash, [{ to: policy, data }]);
  const { owner, strategist } = Multicall.decode(rpc, Policy.abi, 'rolesOf', answer);
  return { policy, owner, strategist };
}

/** Name a token, or a vault, on a chain. */
export function assetId(chain: number, token: Address): AssetId {
  return `eip155:${chain}/${token.toLowerCase()}`;
}

/** Find the token that an asset id names. Throws RangeError for an id of another chain, or of no token. */
export function tokenOf(chain: number, asset: AssetId): Address {
  const prefix = `eip155:${chain}/`;
  const token = asset.slice(prefix.length);
  if (!asset.startsWith(prefix) || !/^0x[0-9a-f]{40}$/.test(token)) {
    throw new RangeError(`${asset} is not a token of chain ${chain}`);
  }
  return getAddress(token);
}

function decimalsOf(rpc: Rpc, decimals: number): number {
  if (decimals > 36) throw new ProviderFailure(rpc.name, 'decimals', `${decimals} decimals cannot be right`);
  return decimals;
}

/** A token chooses its own symbol, so it may hold anything: control codes, or the looks of another line of output. */
function printable(symbol: string, token: Address): string {
  return /^[\x21-\x7e]{1,20}$/.test(symbol) ? symbol : token.slice(0, 10);
}
