// A vault with a position, and moves into it. Of as many assets as the basket has, the last is the share of an ERC-4626
// that keeps its assets itself, entered through the adapter for such, priced by a feed of its own over the adapter's rate.
// It is the vault's only position, and bears three risks with a cap each. What a lending pool behind it would take comes on top.

import { Erc4626Adapter, PositionFeed, TestSleeve } from '@trimtab/contracts';
import { type Address, encodeFunctionData, type Hex, maxUint256, pad, toHex } from 'viem';
import { type Contract, create, GasBenchFailed, type Node, send, wait } from './Chain.ts';
import * as World from './World.ts';

/** Hold what a move needs. */
export type Position = {
  readonly allocator: Contract;
  readonly vault: Address;
  readonly adapter: Address;
  readonly asset: Address;
  readonly share: Address;
};

/** Name a call to the policy. */
type Decision = { readonly functionName: string; readonly args: readonly unknown[] };

const SALT = pad(toHex('position'));
const PROTOCOL = pad(toHex('Test'));
/** {bps} */
const GROWTH = 10n;
/** {bps} of NAV; and of what could come out now, with a little for rounding. */
const CAP = { maxBps: 10_000, coverBps: 10_010 };
/** {assetAtom} */
const MOVED = 10n ** 18n;

/** Create the vault, and let it into the position. A day passes, and every feed answers anew. */
export async function deploy(node: Node, world: World.World): Promise<Position> {
  const { hub, policy, allocator, factory, tokens, aggregators } = world;
  const [asset] = tokens;
  if (asset === undefined) throw new GasBenchFailed('a position needs an asset');
  const sleeve = await create(node, TestSleeve, [asset.address]);
  // Somebody is in it already.
  await send(node, asset, 'approve', [sleeve.address, maxUint256]);
  await send(node, sleeve, 'deposit', [MOVED, node.write.account.address]);
  const adapter = await create(node, Erc4626Adapter, [sleeve.address, sleeve.address, PROTOCOL, GROWTH]);
  const feed = await create(node, PositionFeed, [adapter.address, hub.address]);
  await World.list(node, hub, sleeve.address, feed.address, 10n ** 24n);
  const parts = [...World.partsOf(tokens.slice(0, -1)), { token: sleeve.address, amount: 0n }];
  const vault = await World.createVault(node, factory, SALT, parts);
  await decide(node, policy, await capsOf(node, vault.address, adapter));
  await World.refresh(node, aggregators);
  return { allocator, vault: vault.address, adapter: adapter.address, asset: asset.address, share: sleeve.address };
}

/** Move some of the first asset into the position. {gas} */
export async function allocate(node: Node, { allocator, vault, adapter, asset, share }: Position): Promise<number> {
  const words = [
    { token: asset, delta: -MOVED },
    { token: share, delta: MOVED },
  ].toSorted((a, b) => (BigInt(a.token) < BigInt(b.token) ? -1 : 1));
  const [list, deltas] = [words.map(({ token }) => token), words.map(({ delta }) => delta)];
  return send(node, allocator, 'allocate', [vault, adapter, list, deltas, '0x']);
}

/** One cap for the adapter, and one for each risk that its share bears. */
async function capsOf(node: Node, vault: Address, adapter: Contract): Promise<readonly Decision[]> {
  const risks = await node.read.readContract({ ...adapter, functionName: 'riskIds' });
  return [
    { functionName: 'setCap', args: [vault, adapter.address, CAP] },
    ...(risks as readonly Hex[]).map((risk) => ({ functionName: 'setRiskCap', args: [vault, risk, CAP.maxBps] })),
  ];
}

async function decide(node: Node, policy: Contract, decisions: readonly Decision[]): Promise<void> {
  for (const decision of decisions) await send(node, policy, 'queue', [encodeFunctionData({ ...policy, ...decision })]);
  await wait(node, World.DELAY);
  for (const { functionName, args } of decisions) await send(node, policy, functionName, args);
}
