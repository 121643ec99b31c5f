// The real batch auction, deployed from the bytecode its authors published to npm, and what a vault sells through it.
// It is used at arm's length: nothing of it is imported into our own contracts.

import { createRequire } from 'node:module';
import { type Hex, keccak256, toBytes, zeroAddress } from 'viem';
import { type Artefact, type Contract, create, GasBenchFailed, type Node, send } from './Chain.ts';
import type { World } from './World.ts';

/** Name the fields of a sale in the settler's words. */
type Order = Readonly<Record<string, unknown>>;

// It is the contracts' dependency, so it is looked for from where they are.
const load = createRequire(createRequire(import.meta.url).resolve('@trimtab/contracts'));
/** What a contract answers that signs. */
const VALID = '0x1626ba7e';
/** {sellAtom} */
const SOLD = 10n ** 18n;
/** {s} */
const LIFE = 600;

/** Deploy the settlement with its relayer. Balances that are plain tokens never touch its last argument, the vault of another protocol. */
export async function deploy(node: Node): Promise<Contract> {
  const solvers = await create(node, artefact('GPv2AllowListAuthentication'), []);
  return create(node, artefact('GPv2Settlement'), [solvers.address, zeroAddress]);
}

/** Arm a sale of the first asset for the second, at the quote; what tells it from other such sales is its note. {gas} */
export async function arm(node: Node, world: World, note: Hex): Promise<number> {
  const { settler, vault } = world;
  const order = await orderOf(node, world, note);
  const used = await send(node, settler, 'arm', [vault.address, order]);
  const digest = await node.read.readContract({ ...settler, functionName: 'hashOrder', args: [order] });
  const answer = await node.read.readContract({ ...vault, functionName: 'isValidSignature', args: [digest, '0x'] });
  if (answer !== VALID) throw new GasBenchFailed('the vault does not sign the order it has armed');
  return used;
}

async function orderOf(node: Node, { settler, vault, tokens }: World, note: Hex): Promise<Order> {
  const [sell, buy] = tokens.map(({ address }) => address);
  const now = await node.read.getBlock().then((block) => Number(block.timestamp));
  const buyAmount = await node.read.readContract({
    ...settler,
    functionName: 'quote',
    args: [vault.address, sell, buy, SOLD],
  });
  return {
    sellToken: sell,
    buyToken: buy,
    receiver: vault.address,
    sellAmount: SOLD,
    buyAmount,
    validTo: now + LIFE,
    appData: note,
    feeAmount: 0n,
    kind: keccak256(toBytes('sell')),
    partiallyFillable: true,
    sellTokenBalance: keccak256(toBytes('erc20')),
    buyTokenBalance: keccak256(toBytes('erc20')),
  };
}

function artefact(name: string): Artefact {
  return load(`@cowprotocol/contracts/lib/contracts/${name}.json`) as Artefact;
}
