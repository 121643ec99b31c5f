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
import { type Abi, type Address, maxUint256, parseEventLogs, zeroAddress, zeroHash } from 'viem';
import { type Contract, create, GasBenchFailed, type Node, send, sendHash } from './Chain.ts';

/** Hold what is measured. */
export type World = {
  readonly vault: Contract;
  readonly settler: Contract;
  readonly tokens: readonly Contract[];
  /** {tok/share} of every asset. */
  readonly units: bigint;
};

const DECIMALS = [18, 8, 6];
const ONE = 10n ** 18n;
const DAY = 86_400n;

/** Deploy the system and a vault of `size` assets, all worth the same, with an allowance for everything. */
export async function deploy(node: Node, size: number): Promise<World> {
  const account = node.write.account.address;
  const hub = await create(node, OracleHub, [account, DAY, zeroAddress]);
  const policy = await create(node, Policy, [DAY]);
  const settler = await create(node, Settler, [policy.address, hub.address, zeroAddress]);
  const allocator = await create(node, Allocator, [policy.address, hub.address, settler.address]);
  const implementation = await create(node, BasketVault, [settler.address, allocator.address]);
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
      roles: { owner: account, curator: account, strategist: account, sentinel: account, breaker: zeroAddress },
      bounds: {
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
  const feed = await createFeed(node);
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

/** A feed at $100 as Chainlink's are built: a proxy, and behind it an aggregator that looks up who reads. */
async function createFeed(node: Node): Promise<Contract> {
  const aggregator = await create(node, FeedAggregator, [1n, 10n ** 14n, node.write.account.address]);
  const proxy = await create(node, FeedProxy, [aggregator.address]);
  await send(node, aggregator, 'addAccess', [proxy.address]);
  await send(node, aggregator, 'set', [100n * 10n ** 8n]);
  return proxy;
}

/** Tell the decimals of the asset at this place of the basket. */
export function decimalsOf(index: number): number {
  return DECIMALS[index % DECIMALS.length] ?? 18;
}
