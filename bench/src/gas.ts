// What the four transactions of a vault's life cost, as a user pays for them: real transactions on a real EVM, each
// measured the second time it is made, so that no account, allowance or slot is touched for the first time ever.

import { startAnvil } from '@trimtab/adapters/local';
import { Factory, BasketVault, OracleHub, Policy, Settler, TestFeed, TestToken } from '@trimtab/contracts';
import {
  createPublicClient,
  createWalletClient,
  encodeDeployData,
  http,
  maxUint256,
  parseEventLogs,
  zeroAddress,
  zeroHash,
} from 'viem';
import type { Abi, Account, Address, Chain, Hex, HttpTransport, PublicClient, WalletClient } from 'viem';
import { anvil as local } from 'viem/chains';
import type { Row } from './main.ts';

type Act = 'mint' | 'redeem' | 'propose' | 'fill';
type Contract = { readonly address: Address; readonly abi: Abi };
type Node = {
  readonly read: PublicClient<HttpTransport, Chain>;
  readonly write: WalletClient<HttpTransport, Chain, Account>;
};
type World = {
  readonly vault: Contract;
  readonly settler: Contract;
  readonly tokens: readonly Contract[];
  readonly units: bigint;
};

const ACTS: readonly Act[] = ['mint', 'redeem', 'propose', 'fill'];
const SIZES = [2, 5, 10, 20];
/** {gas} at five assets. */
const TARGETS: Readonly<Record<Act, number>> = { mint: 165_000, redeem: 155_000, propose: 260_000, fill: 175_000 };
/** {gas} of others for the same act at five assets, as they publish it. Nothing of theirs runs here, so there is no ratio. */
const PEERS: Readonly<Record<Act, string>> = {
  mint: 'Reserve Folio 6.0 191,778; Index Coop auction module 264,794 (published figures, not run here)',
  redeem: 'Reserve Folio 6.0 162,722; Index Coop auction module 261,857 (published figures, not run here)',
  propose:
    'Reserve Folio 6.0 1,297,769 + 558,302 to open; Index Coop auction module 829,686 (published figures, not run here)',
  fill: 'Reserve Folio 6.0 176,648; Index Coop auction module 211,227, neither with an oracle floor (published figures, not run here)',
};
const DECIMALS = [18, 8, 6];
const ONE = 10n ** 18n;
const DAY = 86_400n;

/** Measure mint, redeem, propose and fill at several basket sizes. {gas} */
export async function gas(): Promise<readonly Row[]> {
  const chain = await startAnvil({ chain: local.id, mining: 'each' });
  try {
    const transport = http(chain.rpc);
    const read = createPublicClient({ chain: local, transport, pollingInterval: 5 });
    const [account] = await createWalletClient({ chain: local, transport }).getAddresses();
    if (account === undefined) throw new GasBenchFailed('the chain has no unlocked account');
    const node = { read, write: createWalletClient({ account, chain: local, transport }) };
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
  if (assets !== 5) return { ...figure, target: null, met: null };
  return { ...figure, target: TARGETS[act], met: value <= TARGETS[act], peer: PEERS[act] };
}

/** Do each act twice and keep what the second one used. */
async function live(node: Node, { vault, settler, tokens, units }: World): Promise<Readonly<Record<Act, number>>> {
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
  return {
    mint: await mint().then(mint),
    redeem: await redeem().then(redeem),
    propose: await propose(1).then(() => propose(2)),
    fill: await fill().then(fill),
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

/** Deploy the system and a vault of `size` assets, all worth the same, with an allowance for everything. */
async function deploy(node: Node, size: number): Promise<World> {
  const account = node.write.account.address;
  const hub = await create(node, OracleHub, [account, DAY, zeroAddress]);
  const policy = await create(node, Policy, [DAY]);
  const settler = await create(node, Settler, [policy.address, hub.address]);
  const implementation = await create(node, BasketVault, [settler.address]);
  const factory = await create(node, Factory, [implementation.address, policy.address]);
  const tokens: Contract[] = [];
  for (let index = 0; index < size; index += 1) tokens.push(await list(node, hub, factory.address, index));
  const units = 10n;
  const { hash } = await sendHash(node, factory, 'create', [
    {
      name: 'Bench',
      symbol: 'BENCH',
      salt: zeroHash,
      rules: [],
      assets: tokens.map(({ address }) => address),
      amounts: tokens.map((_, index) => units * 100n * 10n ** BigInt(decimalsOf(index))),
      shares: 100n * ONE,
      sharesTo: account,
      roles: { owner: account, strategist: account, sentinel: account },
      bounds: {
        maxFloorDiscBps: 300,
        maxStartPremBps: 500,
        maxBandBps: 2_000,
        navToleranceBps: 100,
        lossCapBpsPerDay: 100,
        turnoverCapBpsPerDay: 10_000,
        cooldown: 0,
        maxHorizon: 86_400,
      },
    },
  ]);
  const { logs } = await node.read.getTransactionReceipt({ hash });
  const [created] = parseEventLogs({ abi: Factory.abi, logs, eventName: 'Created' });
  if (created === undefined) throw new GasBenchFailed('the factory announced no vault');
  const vault = { address: created.args.vault, abi: BasketVault.abi as Abi };
  for (const token of tokens) await send(node, token, 'approve', [vault.address, maxUint256]);
  return { vault, settler, tokens, units };
}

async function list(node: Node, hub: Contract, spender: Address, index: number): Promise<Contract> {
  const account = node.write.account.address;
  const token = await create(node, TestToken, [`Asset ${index}`, `A${index}`, decimalsOf(index), account]);
  const feed = await create(node, TestFeed, [`A${index} / USD`, 8, 1n, 10n ** 14n, account]);
  await send(node, feed, 'set', [100n * 10n ** 8n]);
  await send(node, hub, 'list', [
    token.address,
    {
      primary: feed.address,
      minAnswer: 2n,
      maxAnswer: 10n ** 13n,
      heartbeat: 86_400,
      secondary: zeroAddress,
      secondaryHeartbeat: 0,
      maxDivergenceBps: 0,
    },
  ]);
  await send(node, token, 'mint', [account, 10n ** 6n * 10n ** BigInt(decimalsOf(index))]);
  await send(node, token, 'approve', [spender, maxUint256]);
  return token;
}

function decimalsOf(index: number): number {
  return DECIMALS[index % DECIMALS.length] ?? 18;
}

async function create(
  node: Node,
  artefact: { readonly abi: readonly unknown[]; readonly bytecode: Hex },
  args: readonly unknown[],
): Promise<Contract> {
  const abi = artefact.abi as Abi;
  const hash = await node.write.sendTransaction({ data: encodeDeployData({ abi, bytecode: artefact.bytecode, args }) });
  const { contractAddress } = await node.read.waitForTransactionReceipt({ hash });
  if (contractAddress === null || contractAddress === undefined) throw new GasBenchFailed('a deployment failed');
  return { address: contractAddress, abi };
}

/** Send a transaction and return the gas it used. */
async function send(node: Node, contract: Contract, functionName: string, args: readonly unknown[]): Promise<number> {
  const { used } = await sendHash(node, contract, functionName, args);
  return used;
}

async function sendHash(
  node: Node,
  { address, abi }: Contract,
  functionName: string,
  args: readonly unknown[],
): Promise<{ readonly hash: Hex; readonly used: number }> {
  const hash = await node.write.writeContract({ address, abi, functionName, args });
  const { status, gasUsed } = await node.read.waitForTransactionReceipt({ hash });
  if (status !== 'success') throw new GasBenchFailed(`${functionName} reverted`);
  return { hash, used: Number(gasUsed) };
}

export class GasBenchFailed extends Error {
  constructor(why: string) {
    super(`The gas bench has no figures: ${why}. Run it against freshly built artefacts (node contracts/build.ts).`);
    this.name = 'GasBenchFailed';
  }
}
