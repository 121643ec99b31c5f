// The block that everything in a snapshot is read at.

import type { Head } from '@trimtab/engine';
import * as Hex from './Hex.ts';
import { ProviderFailure, type Rpc } from './Rpc.ts';

/** State a block: a head and what its gas cost. */
export type Block = Head & {
  /** {wei/gas} */
  readonly baseFee: bigint;
};

/** Read the newest block, and make sure that the node still serves the chain it was opened for. Throws WrongChain, ProviderFailure. */
export async function latest(rpc: Rpc): Promise<Block> {
  const [chain, block] = await Promise.all([
    rpc.request('eth_chainId', []),
    rpc.request('eth_getBlockByNumber', ['latest', false]),
  ]);
  const served = Hex.quantity(rpc, 'chain id', chain);
  if (served !== BigInt(rpc.chain)) throw new WrongChain(rpc.name, rpc.chain, served);
  return parse(rpc, block);
}

/** Read how high the node's chain is. Throws ProviderFailure. */
export async function height(rpc: Rpc): Promise<bigint> {
  return Hex.quantity(rpc, 'block number', await rpc.request('eth_blockNumber', []));
}

/** Read one block by its hash. Throws ProviderFailure where the node does not know it: it may have been replaced. */
export async function byHash(rpc: Rpc, hash: string): Promise<Block> {
  return parse(rpc, await rpc.request('eth_getBlockByHash', [hash, false]));
}

/** Say whether a block that we have seen is part of the node's chain. */
export async function isCanonical(rpc: Rpc, block: Head['block']): Promise<boolean> {
  const found = await rpc.request('eth_getBlockByNumber', [`0x${block.number.toString(16)}`, false]);
  return found !== null && Hex.hash(rpc, 'block hash', Hex.fields(rpc, 'block', found)['hash']) === block.hash;
}

function parse(rpc: Rpc, value: unknown): Block {
  if (value === null) throw new ProviderFailure(rpc.name, 'block', 'the block is not there (any more)');
  const fields = Hex.fields(rpc, 'block', value);
  return {
    chain: rpc.chain,
    block: {
      number: Hex.quantity(rpc, 'block number', fields['number']),
      hash: Hex.hash(rpc, 'block hash', fields['hash']),
    },
    at: Number(Hex.quantity(rpc, 'block time', fields['timestamp'])),
    baseFee: Hex.quantity(rpc, 'base fee', fields['baseFeePerGas']),
  };
}

/** The node serves another chain than the one we were told: nothing read from it may be believed. */
export class WrongChain extends Error {
  override readonly name = 'WrongChain';
  readonly next = 'halt';
  readonly fix = "Set the configuration's chain id and node address so that they agree.";
  constructor(node: string, wanted: number, served: bigint) {
    super(
      `${node} serves chain ${served}, not ${wanted}. Set the configuration's chain id and node address so that they agree.`,
    );
  }
}
