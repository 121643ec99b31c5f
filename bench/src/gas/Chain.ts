// A local chain to measure on: what is sent to it, and the gas it took.

import {
  type Abi,
  type Account,
  type Address,
  type Chain,
  createPublicClient,
  createWalletClient,
  encodeDeployData,
  type Hex,
  http,
  type HttpTransport,
  type PublicClient,
  testActions,
  type WalletClient,
} from 'viem';
import { anvil as local } from 'viem/chains';

/** Speak to the chain, as its first unlocked account. */
export type Node = {
  readonly read: PublicClient<HttpTransport, Chain>;
  readonly write: WalletClient<HttpTransport, Chain, Account>;
};
export type Contract = { readonly address: Address; readonly abi: Abi };
export type Artefact = { readonly abi: readonly unknown[]; readonly bytecode: string };

/** More than any act needs. An estimate would be of the block before, and may be too little by the time it counts. {gas} */
const ENOUGH = 15_000_000n;

/** Open the chain at `rpc`. Throws GasBenchFailed if nobody there signs. */
export async function open(rpc: string): Promise<Node> {
  const transport = http(rpc);
  const read = createPublicClient({ chain: local, transport, pollingInterval: 5 });
  const [account] = await createWalletClient({ chain: local, transport }).getAddresses();
  if (account === undefined) throw new GasBenchFailed('the chain has no unlocked account');
  return { read, write: createWalletClient({ account, chain: local, transport }) };
}

/** Deploy a contract. */
export async function create(node: Node, artefact: Artefact, args: readonly unknown[]): Promise<Contract> {
  const abi = artefact.abi as Abi;
  const bytecode = artefact.bytecode as Hex;
  const hash = await node.write.sendTransaction({ data: encodeDeployData({ abi, bytecode, args }) });
  const { contractAddress } = await node.read.waitForTransactionReceipt({ hash });
  if (contractAddress === null || contractAddress === undefined) throw new GasBenchFailed('a deployment failed');
  return { address: contractAddress, abi };
}

/** Send a transaction and return the gas it used. */
export async function send(
  node: Node,
  contract: Contract,
  functionName: string,
  args: readonly unknown[],
): Promise<number> {
  const { used } = await sendHash(node, contract, functionName, args);
  return used;
}

/** Send a transaction and return its hash with the gas it used. Throws GasBenchFailed if it reverts. */
export async function sendHash(
  node: Node,
  { address, abi }: Contract,
  functionName: string,
  args: readonly unknown[],
): Promise<{ readonly hash: Hex; readonly used: number }> {
  const hash = await node.write.writeContract({ address, abi, functionName, args, gas: ENOUGH });
  const { status, gasUsed } = await node.read.waitForTransactionReceipt({ hash });
  if (status !== 'success') throw new GasBenchFailed(`${functionName} reverted`);
  return { hash, used: Number(gasUsed) };
}

/** Let time pass on the chain. */
export async function wait(node: Node, seconds: bigint): Promise<void> {
  await node.read.extend(testActions({ mode: 'anvil' })).increaseTime({ seconds: Number(seconds) });
}

/** A figure could not be measured. */
export class GasBenchFailed extends Error {
  constructor(why: string) {
    super(`The gas bench has no figures: ${why}. Run it against freshly built artefacts (node contracts/build.ts).`);
    this.name = 'GasBenchFailed';
  }
}
