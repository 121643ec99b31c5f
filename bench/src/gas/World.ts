// A vault on a local chain, all of whose assets are worth the same, priced by feeds that cost what real ones do.

import {
  Allocator,
  BasketVault,
  Factory,
  FeedAggregator,
  FeedProxy,
  OracleHub,
  Policy,
  Settler,
  TestToken,
} from '@trimtab/contracts';
import { type Address, type Hex, maxUint256, parseEventLogs, zeroAddress, zeroHash } from 'viem';
import * as Batch from './Batch.ts';
import { type Contract, create, GasBenchFailed, type Node, send, sendHash } from './Chain.ts';

/** Hold what is measured, and what it stands on. */
export type World = {
  readonly hub: Contract;
  readonly policy: Contract;
  readonly settler: Contract;
  readonly allocator: Contract;
  readonly factory: Contract;
  readonly tokens: readonly Contract[];
  /** Behind the feed of every token, in the same order. */
  readonly aggregators: readonly Contract[];
  readonly vault: Contract;
  /** {tok/share} of every asset. */
  readonly units: bigint;
};
/** Say what a vault begins with. */
export type Part = { readonly token: Address; readonly amount: bigint };

/** {s} between announcing and doing what loosens a vault. */
export const DELAY = 86_400n;

const DECIMALS = [18, 8, 6];
const ONE = 10n ** 18n;
const UNITS = 10n;
const SHARES = 100n;
/** {s} */
const HEARTBEAT = 86_400;
/** D8{USD/tok} */
const PRICE = 100n * 10n ** 8n;
const BOUNDS = {
  maxFloorDiscBps: 300,
  maxStartPremBps: 500,
  maxBandBps: 2_000,
  navToleranceBps: 100,
  lossCapBpsPerDay: 100,
  turnoverCapBpsPerDay: 10_000,
  maxFillBps: 10_000,
  maxMoveLossBps: 10,
  cooldown: 0,
  maxHorizon: 86_400,
  maxOrderLife: 3_600,
};

/** Deploy the system, the batch auction it sells through, and a vault of `size` assets, with an allowance for everything. */
export async function deploy(node: Node, size: number): Promise<World> {
  const account = node.write.account.address;
  const batch = await Batch.deploy(node);
  const hub = await create(node, OracleHub, [account, DELAY, zeroAddress]);
  const policy = await create(node, Policy, [DELAY]);
  const settler = await create(node, Settler, [policy.address, hub.address, batch.address]);
  const allocator = await create(node, Allocator, [policy.address, hub.address, settler.address]);
  const implementation = await create(node, BasketVault, [settler.address, allocator.address]);
  const factory = await create(node, Factory, [implementation.address, policy.address]);
  const tokens: Contract[] = [];
  const aggregators: Contract[] = [];
  for (let index = 0; index < size; index += 1) {
    const token = await createToken(node, factory.address, index);
    const { proxy, aggregator } = await createFeed(node);
    await list(node, hub, token.address, proxy.address, PRICE * 1_000n);
    tokens.push(token);
    aggregators.push(aggregator);
  }
  const vault = await createVault(node, factory, zeroHash, partsOf(tokens));
  for (const token of tokens) await send(node, token, 'approve', [vault.address, maxUint256]);
  return { hub, policy, settler, allocator, factory, tokens, aggregators, vault, units: UNITS };
}

/** Say of how much of each token a vault is made, so that all are worth the same. */
export function partsOf(tokens: readonly Contract[]): readonly Part[] {
  return tokens.map(({ address }, index) => ({
    token: address,
    amount: UNITS * SHARES * 10n ** BigInt(decimalsOf(index)),
  }));
}

/** Create a vault all of whose roles are this account's; the salt tells it from others of the same assets. */
export async function createVault(node: Node, factory: Contract, salt: Hex, parts: readonly Part[]): Promise<Contract> {
  const account = node.write.account.address;
  const { hash } = await sendHash(node, factory, 'create', [
    {
      name: 'Bench',
      symbol: 'BENCH',
      salt,
      rules: [],
      assets: parts.map(({ token }) => token),
      amounts: parts.map(({ amount }) => amount),
      shares: SHARES * ONE,
      sharesTo: account,
      roles: { owner: account, curator: account, strategist: account, sentinel: account, breaker: zeroAddress },
      bounds: BOUNDS,
    },
  ]);
  const { logs } = await node.read.getTransactionReceipt({ hash });
  const [created] = parseEventLogs({ abi: Factory.abi, logs, eventName: 'Created' });
  if (created === undefined) throw new GasBenchFailed('the factory announced no vault');
  return { address: created.args.vault, abi: BasketVault.abi };
}

/** Have the hub price a token by a feed whose raw answer is under `maxAnswer`. */
export async function list(node: Node, hub: Contract, token: Address, feed: Address, maxAnswer: bigint): Promise<void> {
  await send(node, hub, 'list', [
    token,
    {
      primary: feed,
      minAnswer: 2n,
      maxAnswer,
      heartbeat: HEARTBEAT,
      secondary: zeroAddress,
      secondaryHeartbeat: 0,
      maxDivergenceBps: 0,
    },
  ]);
}

/** Have every feed say again what it said, dated now. */
export async function refresh(node: Node, aggregators: readonly Contract[]): Promise<void> {
  for (const aggregator of aggregators) await send(node, aggregator, 'set', [PRICE]);
}

async function createToken(node: Node, spender: Address, index: number): Promise<Contract> {
  const account = node.write.account.address;
  const token = await create(node, TestToken, [`Asset ${index}`, `A${index}`, decimalsOf(index), account]);
  await send(node, token, 'mint', [account, 10n ** 6n * 10n ** BigInt(decimalsOf(index))]);
  await send(node, token, 'approve', [spender, maxUint256]);
  return token;
}

/** A feed at $100 as Chainlink's are built: a proxy, and behind it an aggregator that looks up who reads. */
async function createFeed(node: Node): Promise<{ readonly proxy: Contract; readonly aggregator: Contract }> {
  const aggregator = await create(node, FeedAggregator, [1n, 10n ** 14n, node.write.account.address]);
  const proxy = await create(node, FeedProxy, [aggregator.address]);
  await send(node, aggregator, 'addAccess', [proxy.address]);
  await send(node, aggregator, 'set', [PRICE]);
  return { proxy, aggregator };
}

/** Tell the decimals of the asset at this place of the basket. */
export function decimalsOf(index: number): number {
  return DECIMALS[index % DECIMALS.length] ?? 18;
}
