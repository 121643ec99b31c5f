// What holds now, so that a proposal can be told as a change. All of it is read at one block.

import { decodeFunctionResult, encodeFunctionData, isAddress } from 'viem';
import * as Block from '../chain/Block.ts';
import { type Rpc, RpcRefusal } from '../chain/Rpc.ts';
import * as Bytes from '../chain/Hex.ts';
import type { Ask } from './Effect.ts';
import { ABIS } from './Registry.ts';

/** Hold a way to ask, and the time {s} of the block that answers. */
export type Present = { readonly ask: Ask; readonly now: number; readonly block: bigint };

/** Open the present of a chain. What nothing answers is undefined. Throws ProviderFailure, WrongChain. */
export async function open(rpc: Rpc): Promise<Present> {
  const { block, at } = await Block.latest(rpc);
  const ask: Ask = async (to, contract, name, args) => {
    const abi = ABIS[contract];
    if (abi === undefined || !isAddress(to, { strict: false })) return undefined;
    let answer: unknown;
    try {
      const data = encodeFunctionData({ abi, functionName: name, args });
      answer = await rpc.request('eth_call', [{ to, data }, { blockHash: block.hash }]);
    } catch (error) {
      if (error instanceof RpcRefusal) return undefined;
      throw error;
    }
    try {
      return decodeFunctionResult({ abi, functionName: name, data: Bytes.bytes(rpc, name, answer) });
    } catch {
      return undefined;
    }
  };
  return { ask, now: at, block: block.number };
}
