// From a node's refusal of a call to what it means for the step behind it.

import { Settler } from '@trimtab/contracts';
import { encodeFunctionData } from 'viem';
import type { Block } from './Block.ts';
import type { Desk } from './Desk.ts';
import * as Hex from './Hex.ts';
import * as Multicall from './Multicall.ts';
import { type Decay, explain, type Revert } from './Revert.ts';
import { ProviderFailure, RpcRefusal } from './Rpc.ts';

/** Explain a refused call at a block. Throws what is no refusal, or none of the step's own. */
export async function explainRefusal(desk: Desk, head: Block, error: unknown): Promise<Revert> {
  if (!(error instanceof RpcRefusal)) throw error;
  // Asked what it would cost and what it would do, a node may answer either first, each in its own words.
  if (/insufficient funds|exceeds allowance/i.test(error.reason)) {
    return { why: `${desk.from} cannot pay for gas: ${error.reason}. Send it native coin.`, next: 'wait' };
  }
  if (error.data === undefined && !/revert/i.test(error.reason)) {
    throw new ProviderFailure(desk.rpc.name, 'eth_call', error.reason);
  }
  return explain(Hex.isBytes(error.data) ? error.data : undefined, await decayAt(desk, head));
}

async function decayAt({ rpc, vault }: Desk, head: Block): Promise<Decay> {
  const data = encodeFunctionData({ abi: Settler.abi, functionName: 'headerOf', args: [vault.address] });
  const [answer] = await Multicall.ask(rpc, head.block.hash, [{ to: vault.settler, data }]);
  const { notBefore, decay } = Multicall.decode(rpc, Settler.abi, 'headerOf', answer);
  return { now: head.at, until: notBefore + decay };
}
