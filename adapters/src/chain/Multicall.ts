// Many questions in one request, all answered at one block. Pinned by hash, not by number: after a reorganisation
// the node refuses instead of mixing two histories.

import { type Address, decodeFunctionResult, encodeFunctionData, type Hex as Bytes, multicall3Abi } from 'viem';
import type { Abi, ContractFunctionName, ContractFunctionReturnType } from 'viem';
import * as Hex from './Hex.ts';
import { ProviderFailure, type Rpc, RpcRefusal } from './Rpc.ts';

/** Ask one contract one thing. */
export type Call = { readonly to: Address; readonly data: Bytes };

/** Where Multicall3 is deployed on practically every chain (mds1/multicall3). */
export const ADDRESS: Address = '0xcA11bde05977b3631167028862bE2a173976CA11';

/** Most bytes of questions in one request; larger sets are asked in several, at the same block. */
const BATCH = 65_536;

/** Ask all at the block with this hash. A call that failed answers undefined. Throws ProviderFailure. */
export async function ask(
  rpc: Rpc,
  blockHash: string,
  calls: readonly Call[],
): Promise<readonly (Bytes | undefined)[]> {
  const answers = await Promise.all(batches(calls).map((batch) => aggregate(rpc, blockHash, batch)));
  return answers.flat();
}

/** Read an answer by its function's ABI. Throws ProviderFailure where there is none, or it has another shape. */
export function decode<const abi extends Abi, name extends ContractFunctionName<abi, 'view'>>(
  rpc: Rpc,
  abi: abi,
  functionName: name,
  answer: Bytes | undefined,
): ContractFunctionReturnType<abi, 'view', name> {
  if (answer === undefined || answer === '0x') {
    throw new ProviderFailure(rpc.name, functionName, 'the contract did not answer; is its address right?');
  }
  try {
    const read: unknown = decodeFunctionResult<Abi>({ abi, functionName, data: answer });
    return read as ContractFunctionReturnType<abi, 'view', name>;
  } catch {
    throw new ProviderFailure(rpc.name, functionName, `malformed answer ${answer.slice(0, 80)}`);
  }
}

async function aggregate(rpc: Rpc, blockHash: string, calls: readonly Call[]): Promise<readonly (Bytes | undefined)[]> {
  const args = [calls.map(({ to, data }) => ({ target: to, allowFailure: true, callData: data }))] as const;
  const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args });
  const reply = await rpc.request('eth_call', [{ to: ADDRESS, data }, { blockHash }]).catch((error: unknown) => {
    // The questions themselves cannot make it fail: the block is gone, or the node is out of order.
    if (error instanceof RpcRefusal) throw new ProviderFailure(rpc.name, 'eth_call', error.message);
    throw error;
  });
  const answer = Hex.bytes(rpc, 'eth_call', reply);
  if (answer === '0x') throw new ProviderFailure(rpc.name, 'eth_call', `there is no Multicall3 at ${ADDRESS}`);
  const results = decode(rpc, readable, 'aggregate3', answer);
  if (results.length !== calls.length) throw new ProviderFailure(rpc.name, 'eth_call', 'answers are missing');
  return results.map(({ success, returnData }) => (success ? returnData : undefined));
}

// Multicall3 declares this function payable; asked through eth_call it is a view.
const [aggregate3] = multicall3Abi;
const readable = [{ ...aggregate3, stateMutability: 'view' }] as const;

function batches(calls: readonly Call[]): readonly (readonly Call[])[] {
  const all: Call[][] = [];
  let size = BATCH;
  for (const call of calls) {
    size += call.data.length / 2;
    if (size > BATCH) {
      all.push([]);
      size = call.data.length / 2;
    }
    all.at(-1)?.push(call);
  }
  return all;
}
