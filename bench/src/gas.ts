// What the transactions of a vault's life cost, as a user pays for them: real transactions on a real EVM, each measured the
// second time it is made, so that no account, allowance or slot is touched for the first time ever. Between two orders the
// first is disarmed, which empties what is kept of it: arming fills it from nothing, always. A move goes into a position
// of a second vault, of as many assets, see Position; the other acts are those of a vault without one.

import { startAnvil } from '@trimtab/adapters/local';
import { type Address, maxUint256, toHex, zeroAddress } from 'viem';
import { anvil as local } from 'viem/chains';
import * as Batch from './gas/Batch.ts';
import { type Contract, GasBenchFailed, type Node, open, send } from './gas/Chain.ts';
import * as Position from './gas/Position.ts';
import { decimalsOf, deploy, type World } from './gas/World.ts';
import type { Row } from './main.ts';

type Act = 'mint' | 'redeem' | 'propose' | 'fill' | 'arm' | 'allocate';
const ACTS: readonly Act[] = ['mint', 'redeem', 'propose', 'fill', 'arm', 'allocate'];
const SIZES = [2, 5, 10, 20];
/**
 * {gas} at five assets, where there is a target, and of others for the same act, as they publish it. Nothing of theirs runs
 * here, so there is no ratio.
 */
const AIMS: Readonly<Partial<Record<Act, { readonly target: number; readonly peer: string }>>> = {
  mint: {
    target: 165_000,
    peer: 'Reserve Folio 6.0 191,778; Index Coop auction module 264,794 (published figures, not run here)',
  },
  redeem: {
    target: 155_000,
    peer: 'Reserve Folio 6.0 162,722; Index Coop auction module 261,857 (published figures, not run here)',
  },
  propose: {
    target: 260_000,
    peer: 'Reserve Folio 6.0 1,297,769 + 558,302 to open; Index Coop auction module 829,686 (published figures, not run here)',
  },
  fill: {
    target: 175_000,
    peer: 'Reserve Folio 6.0 176,648; Index Coop auction module 211,227, neither with an oracle floor (published figures, not run here)',
  },
};
const ONE = 10n ** 18n;

/** Measure every act at several basket sizes. {gas} */
export async function gas(): Promise<readonly Row[]> {
  const chain = await startAnvil({ chain: local.id, mining: 'each' });
  try {
    const node = await open(chain.rpc);
    const rows: Row[] = [];
    for (const size of SIZES) {
      const used = await live(node, await deploy(node, size));
      for (const act of ACTS) rows.push(row(act, size, used[act]));
    }
    return rows;
  } finally {
    await chain.stop();
  }
}

function row(act: Act, assets: number, value: number): Row {
  const figure = { case: `${act} ${assets} assets`, value, unit: 'gas' };
  const aim = AIMS[act];
  if (assets !== 5 || aim === undefined) return { ...figure, target: null, met: null };
  return { ...figure, ...aim, met: value <= aim.target };
}

/** Do each act twice and keep what the second one used. */
async function live(node: Node, world: World): Promise<Readonly<Record<Act, number>>> {
  const { vault, settler, tokens, units } = world;
  const account = node.write.account.address;
  const [sold, bought] = tokens;
  if (sold === undefined || bought === undefined) throw new GasBenchFailed('a basket needs two assets');
  // Limits as a careful caller gives them: twice what a mint should take, half of what a redeem should bring.
  const limits = tokens.map((_, index) => units * 10n ** BigInt(decimalsOf(index)));
  const mint = () => send(node, vault, 'mint', [ONE, limits.map((limit) => limit * 2n), account]);
  const redeem = () => send(node, vault, 'redeem', [ONE / 2n, limits.map((limit) => limit / 4n), account]);
  const propose = async (nonce: number) =>
    send(node, settler, 'propose', [await intentOf(node, vault.address, tokens, units, nonce)]);
  const fill = () =>
    send(node, settler, 'fill', [vault.address, sold.address, bought.address, 10n ** 6n, maxUint256, '0x']);
  const arm = (note: number) => Batch.arm(node, world, toHex(note, { size: 32 }));
  const disarm = () => send(node, settler, 'disarm', [vault.address]);
  const move = (position: Position.Position) =>
    Position.allocate(node, position).then(() => Position.allocate(node, position));
  return {
    mint: await mint().then(mint),
    redeem: await redeem().then(redeem),
    propose: await propose(1).then(() => propose(2)),
    fill: await fill().then(fill),
    arm: await arm(1)
      .then(disarm)
      .then(() => arm(2)),
    allocate: await Position.deploy(node, world).then(move),
  };
}

/** Wish the first asset down by a tenth and the second one up by a tenth, every other where it is. */
async function intentOf(
  node: Node,
  vault: Address,
  tokens: readonly Contract[],
  units: bigint,
  nonce: number,
): Promise<Readonly<Record<string, unknown>>> {
  const now = await node.read.getBlock().then((block) => Number(block.timestamp));
  const held = tokens.map((_, index) => units * 10n ** BigInt(decimalsOf(index)));
  const wanted = held.map((amount, index) =>
    index === 0 ? (amount * 9n) / 10n : index === 1 ? (amount * 11n) / 10n : amount,
  );
  const hash = `0x${'5a'.repeat(32)}` as const;
  return {
    vault,
    chainId: BigInt(local.id),
    nonce,
    notBefore: now,
    deadline: now + 3_600,
    rule: zeroAddress,
    modelCommit: hash,
    dataRoot: hash,
    startPremBps: 50,
    floorDiscBps: 100,
    decay: 600,
    legs: tokens.map(({ address }, index) => ({ token: address, sellDownTo: wanted[index], buyUpTo: wanted[index] })),
  };
}
