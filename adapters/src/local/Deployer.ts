// Sends a deployment as fast as a local chain takes it: nothing waits for a receipt, because addresses follow from
// nonces and the local chain's own accounts need no signature. One block, or a few, then takes everything in.

import type { Time } from '@trimtab/core';
import { type Abi, type Address, type ContractConstructorArgs, encodeDeployData, encodeFunctionData } from 'viem';
import type { ContractFunctionArgs, ContractFunctionName, Hex as Bytes } from 'viem';
import { getContractAddress } from 'viem';
import * as Hex from '../chain/Hex.ts';
import type { Rpc } from '../chain/Rpc.ts';

/** Hold what has been queued so far. */
export type Deployer = {
  readonly rpc: Rpc;
  /** Unlocked account that sends everything. */
  readonly from: Address;
  readonly queued: Queued[];
  nonce: number;
};

type Queued = { readonly what: string; readonly hash: Promise<unknown> };

/** More than any of these transactions needs; only what is used is paid. {gas} */
const GAS = '0x989680';
/** Far above any base fee of a local chain. {wei/gas} */
const MAX_FEE = '0x174876e80000';

/** Take the chain's first unlocked account, and make it rich enough to wrap `native` {wei}. */
export async function open(rpc: Rpc, native: bigint): Promise<Deployer> {
  const accounts = await rpc.request('eth_accounts', []);
  const from = Hex.address(rpc, 'eth_accounts', Array.isArray(accounts) ? accounts[0] : undefined);
  await rpc.request('anvil_setBalance', [from, `0x${(native + 10n ** 24n).toString(16)}`]);
  const nonce = await rpc.request('eth_getTransactionCount', [from, 'latest']);
  return { rpc, from, queued: [], nonce: Number(Hex.quantity(rpc, 'nonce', nonce)) };
}

/** Queue a deployment; returns where the contract will be. */
export function deploy<const abi extends Abi>(
  deployer: Deployer,
  what: string,
  contract: { readonly abi: abi; readonly bytecode: string },
  args: ContractConstructorArgs<abi>,
): Address {
  const address = getContractAddress({ from: deployer.from, nonce: BigInt(deployer.nonce) });
  const bytecode = contract.bytecode as Bytes;
  const data = encodeDeployData<Abi>({ abi: contract.abi, bytecode, args: args as readonly unknown[] });
  queue(deployer, `deploy ${what}`, { data });
  return address;
}

/** Queue a call. */
export function call<const abi extends Abi, name extends ContractFunctionName<abi, 'nonpayable' | 'payable'>>(
  deployer: Deployer,
  to: Address,
  abi: abi,
  functionName: name,
  args: ContractFunctionArgs<abi, 'nonpayable' | 'payable', name>,
  value = 0n,
): void {
  const data = encodeFunctionData<Abi>({
    abi,
    functionName,
    args: args as readonly unknown[],
  });
  queue(deployer, functionName, { to, data, value: `0x${value.toString(16)}` });
}

/** Resolve when the chain has everything queued so far: what others send from now on comes after it. */
export async function arrived(deployer: Deployer): Promise<void> {
  await Promise.all(deployer.queued.map(({ hash }) => hash));
}

/** Make one block at `at` of everything queued. Throws TransactionFailed if any of it failed. */
export async function settle(deployer: Deployer, at: Time): Promise<void> {
  const { rpc } = deployer;
  const queued = deployer.queued.splice(0);
  const hashes = await Promise.all(queued.map(({ hash }) => hash));
  await rpc.request('evm_mine', [{ timestamp: at }]);
  const receipts = await Promise.all(hashes.map((hash) => rpc.request('eth_getTransactionReceipt', [hash])));
  receipts.forEach((receipt, i) => {
    const status = receipt === null ? 'not mined' : Hex.fields(rpc, 'receipt', receipt)['status'];
    if (status !== '0x1') throw new TransactionFailed(queued[i]?.what ?? 'a transaction', String(status));
  });
}

function queue(deployer: Deployer, what: string, transaction: { to?: Address; data: Bytes; value?: string }): void {
  const nonce = `0x${deployer.nonce.toString(16)}`;
  deployer.nonce += 1;
  const fees = { gas: GAS, maxFeePerGas: MAX_FEE, maxPriorityFeePerGas: '0x0' };
  const hash = deployer.rpc.request('eth_sendTransaction', [{ from: deployer.from, nonce, ...fees, ...transaction }]);
  // It is awaited when the block is made; until then a refusal must not count as unhandled.
  hash.catch(() => undefined);
  deployer.queued.push({ what, hash });
}

/** One of our own transactions failed: the local world is not what it should be. */
export class TransactionFailed extends Error {
  override readonly name = 'TransactionFailed';
  readonly next = 'halt';
  constructor(what: string, status: string) {
    super(
      `In the local world "${what}" ended with status ${status}. Its state is not as planned: start a fresh chain.`,
    );
  }
}
