// A whole world on a local chain: real Uniswap v3, WETH, test tokens, price feeds, and our vault with its keepers.

import { createRequire } from 'node:module';
import { type Asset, FixedPoint } from '@trimtab/core';
import {
  Allocator,
  BasketVault,
  Factory,
  OracleHub,
  Policy,
  PoolActor,
  RouterFiller,
  Settler,
} from '@trimtab/contracts';
import { TestFeed, TestToken, ThresholdRule } from '@trimtab/contracts';
import { type Address, encodeFunctionData, erc20Abi, parseAbi, zeroAddress, zeroHash } from 'viem';
import * as Multicall from '../chain/Multicall.ts';
import * as Block from '../chain/Block.ts';
import * as Rpc from '../chain/Rpc.ts';
import { marketId } from '../chain/UniswapV3.ts';
import { assetId } from '../chain/Vault.ts';
import * as Deployer from './Deployer.ts';
import { deployMulticall } from './deployMulticall.ts';
import type { Anvil } from './startAnvil.ts';
import * as Uniswap from './Uniswap.ts';
import { answerOf } from './World.ts';
import type { Deployment, DeployedPool, DeployedToken, TokenSpec, VaultLimits, WorldSpec } from './World.ts';

/** How much of every token there is: enough to move any pool anywhere. {USD} */
const SUPPLY = 10n ** 10n;
const DAY = 86_400;
const LIMITS: VaultLimits = {
  maxFloorDiscount: 200,
  maxBand: 2_000,
  navTolerance: 300,
  lossCapPerDay: 200,
  turnoverCapPerDay: 10_000,
  cooldown: 0,
  maxHorizon: DAY,
};

/** What every part of the deployment needs to know of a token. */
type Token = DeployedToken & { readonly spec: TokenSpec };
type Home = { readonly [name in 'policy' | 'hub' | 'settler' | 'factory' | 'rule' | 'filler']: Address };

/** Deploy and seed a world; the chain must be fresh, and mine only when asked. Throws TransactionFailed. */
export async function deployWorld(anvil: Anvil, spec: WorldSpec): Promise<Deployment> {
  const rpc = Rpc.open(anvil.rpc, anvil.chain);
  const all: readonly TokenSpec[] = [...spec.tokens, ...(spec.others ?? [])];
  const deployer = await Deployer.open(
    rpc,
    all.reduce((sum, token) => sum + wrapped(token), 0n),
  );
  await deployMulticall(rpc);

  const uniswapFactory = Uniswap.deployFactory(deployer);
  const actor = Deployer.deploy(deployer, 'PoolActor', PoolActor, [deployer.from]);
  const home = deployHome(deployer, uniswapFactory);
  const tokens = all.map((token) => deployToken(deployer, anvil.chain, home.hub, spec.at - 1, token));
  const held = tokens.slice(0, spec.tokens.length);
  tokens.forEach((token, i) => {
    const kept = spec.tokens[i]?.held ?? 0n;
    Deployer.call(deployer, token.address, erc20Abi, 'transfer', [actor, token.supply - kept]);
    Deployer.call(deployer, token.address, erc20Abi, 'approve', [home.factory, kept]);
  });
  const pools = deployPools(deployer, { factory: uniswapFactory, actor }, anvil.chain, spec, tokens);
  await Deployer.settle(deployer, spec.at - 1);

  const vault = await createVault(deployer, spec, home, held);
  await rpc.request('anvil_setBalance', [spec.strategist, `0x${(10n ** 21n).toString(16)}`]);
  const { policy, hub, settler, rule, filler } = home;
  return {
    rpc: anvil.rpc,
    chain: anvil.chain,
    portfolio: assetId(anvil.chain, vault),
    tokens: held.map(bare),
    others: tokens.slice(held.length).map(bare),
    pools,
    native: find(tokens, spec.native).address,
    vault,
    settler,
    policy,
    hub,
    rule,
    filler,
    uniswapFactory,
    actor,
    deployer: deployer.from,
    holders: [vault, settler, filler, home.factory, actor, deployer.from, ...pools.map(({ address }) => address)],
  };
}

function deployHome(deployer: Deployer.Deployer, uniswapFactory: Address): Home {
  const policy = Deployer.deploy(deployer, 'Policy', Policy, [BigInt(DAY)]);
  const hub = Deployer.deploy(deployer, 'OracleHub', OracleHub, [deployer.from, BigInt(DAY), zeroAddress]);
  const settler = Deployer.deploy(deployer, 'Settler', Settler, [policy, hub, zeroAddress]);
  const allocator = Deployer.deploy(deployer, 'Allocator', Allocator, [policy, hub, settler]);
  const implementation = Deployer.deploy(deployer, 'BasketVault', BasketVault, [settler, allocator]);
  const factory = Deployer.deploy(deployer, 'Factory', Factory, [implementation, policy]);
  const rule = Deployer.deploy(deployer, 'ThresholdRule', ThresholdRule, [policy, hub]);
  // This world has no v2 pairs.
  const filler = Deployer.deploy(deployer, 'RouterFiller', RouterFiller, [settler, uniswapFactory, zeroAddress]);
  return { policy, hub, settler, factory, rule, filler };
}

function deployToken(deployer: Deployer.Deployer, chain: number, hub: Address, at: number, spec: TokenSpec): Token {
  const { symbol, decimals, heartbeat } = spec;
  const supply = supplyOf(spec);
  const address = symbol === 'WETH' ? deployWeth(deployer, supply) : deployTestToken(deployer, spec, supply);
  const answer = answerOf(spec.price);
  const bounds = [answer / 1_000n, answer * 1_000n] as const;
  const feed = Deployer.deploy(deployer, `${symbol} / USD`, TestFeed, [`${symbol} / USD`, 8, ...bounds, deployer.from]);
  Deployer.call(deployer, feed, TestFeed.abi, 'setAt', [answer, BigInt(at)]);
  const listing = {
    primary: feed,
    minAnswer: answer / 100n,
    maxAnswer: answer * 100n,
    heartbeat,
    secondary: zeroAddress,
    secondaryHeartbeat: 0,
    maxDivergenceBps: 0,
  };
  Deployer.call(deployer, hub, OracleHub.abi, 'list', [address, listing]);
  const asset: Asset = { id: assetId(chain, address), symbol, decimals };
  return { asset, address, feed, supply, spec };
}

function deployWeth(deployer: Deployer.Deployer, supply: bigint): Address {
  const load = createRequire(import.meta.url);
  const { bytecode } = load('canonical-weth/build/contracts/WETH9.json') as { readonly bytecode: string };
  const address = Deployer.deploy(deployer, 'WETH9', { abi: [], bytecode }, []);
  Deployer.call(deployer, address, parseAbi(['function deposit() payable']), 'deposit', [], supply);
  return address;
}

function deployTestToken(deployer: Deployer.Deployer, { symbol, decimals }: TokenSpec, supply: bigint): Address {
  const name = `${symbol} (test)`;
  const address = Deployer.deploy(deployer, symbol, TestToken, [name, symbol, decimals, deployer.from]);
  Deployer.call(deployer, address, TestToken.abi, 'mint', [deployer.from, supply]);
  return address;
}

function deployPools(
  deployer: Deployer.Deployer,
  where: { readonly factory: Address; readonly actor: Address },
  chain: number,
  spec: WorldSpec,
  tokens: readonly Token[],
): readonly DeployedPool[] {
  return spec.pools.map((pool) => {
    const [a, b] = [find(tokens, pool.tokens[0]), find(tokens, pool.tokens[1])];
    const side = (token: Token) => ({ ...token.spec, address: token.address });
    const address = Uniswap.deployPool(deployer, where, pool, [side(a), side(b)]);
    const sorted = a.address.toLowerCase() < b.address.toLowerCase() ? [a.address, b.address] : [b.address, a.address];
    return { id: marketId(chain, address), address, tokens: sorted as [Address, Address], feePpm: pool.feePpm };
  });
}

async function createVault(
  deployer: Deployer.Deployer,
  spec: WorldSpec,
  home: Home,
  tokens: readonly Token[],
): Promise<Address> {
  const { rpc, from } = deployer;
  const assets = tokens.map(({ address }) => address);
  const data = encodeFunctionData({ abi: Factory.abi, functionName: 'predict', args: [from, assets, zeroHash] });
  const { block } = await Block.latest(rpc);
  const [predicted] = await Multicall.ask(rpc, block.hash, [{ to: home.factory, data }]);
  const vault = Multicall.decode(rpc, Factory.abi, 'predict', predicted);

  const worth = spec.tokens.reduce(
    (sum, { held, price, decimals }) => sum + (held * price) / FixedPoint.pow10(decimals),
    0n,
  );
  const plan = {
    name: 'Trimtab demo vault',
    symbol: 'TRIM',
    assets,
    amounts: spec.tokens.map(({ held }) => held),
    // A share worth $100 keeps targets per share fine enough for tokens of 6 decimals.
    shares: worth / 100n,
    sharesTo: from,
    bounds: boundsOf({ ...LIMITS, ...spec.limits }),
    roles: { owner: from, curator: from, strategist: spec.strategist, sentinel: from, breaker: zeroAddress },
    rules: [home.rule],
    salt: zeroHash,
  };
  Deployer.call(deployer, home.factory, Factory.abi, 'create', [plan]);
  const terms = { startPremBps: 0, floorDiscBps: plan.bounds.maxFloorDiscBps, decay: 600, horizon: 3_600 };
  const weightsBps = spec.tokens.map(({ target }) => target);
  const config = { weightsBps, bandBps: spec.band, relativeBps: 0, landBps: 0, terms };
  Deployer.call(deployer, home.rule, ThresholdRule.abi, 'configure', [vault, config]);
  await Deployer.settle(deployer, spec.at);
  return vault;
}

function boundsOf(limits: VaultLimits) {
  return {
    maxFloorDiscBps: limits.maxFloorDiscount,
    maxStartPremBps: 0,
    maxBandBps: limits.maxBand,
    navToleranceBps: limits.navTolerance,
    lossCapBpsPerDay: limits.lossCapPerDay,
    turnoverCapBpsPerDay: limits.turnoverCapPerDay,
    maxFillBps: 10_000,
    maxMoveLossBps: 0,
    cooldown: limits.cooldown,
    maxHorizon: limits.maxHorizon,
    maxOrderLife: 0,
  };
}

function supplyOf({ price, decimals }: TokenSpec): bigint {
  return (SUPPLY * FixedPoint.pow10(18 + decimals)) / price;
}

function wrapped(token: TokenSpec): bigint {
  return token.symbol === 'WETH' ? supplyOf(token) : 0n;
}

function find(tokens: readonly Token[], symbol: string): Token {
  const token = tokens.find(({ asset }) => asset.symbol === symbol);
  if (token === undefined) throw new RangeError(`no token ${symbol} in this world`);
  return token;
}

function bare({ asset, address, feed, supply }: Token): DeployedToken {
  return { asset, address, feed, supply };
}
