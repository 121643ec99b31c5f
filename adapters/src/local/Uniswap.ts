// The real Uniswap v3, deployed from the bytecode its authors published to npm. It is used at arm's length: nothing
// of it is imported into our own contracts.

import { createRequire } from 'node:module';
import { FixedPoint, type Price, SqrtPrice } from '@trimtab/core';
import { PoolActor } from '@trimtab/contracts';
import { type Address, encodeAbiParameters, getCreate2Address, keccak256, parseAbi } from 'viem';
import * as Deployer from './Deployer.ts';
import type { PoolSpec, PositionSpec } from './World.ts';

type Artefact = { readonly bytecode: string };

const load = createRequire(import.meta.url);
const FACTORY_ABI = parseAbi(['function createPool(address, address, uint24) returns (address)']);
const POOL_ABI = parseAbi(['function initialize(uint160 sqrtPriceX96)']);
const SPACING = { 100: 1, 500: 10, 3_000: 60, 10_000: 200 } as const;

/** Describe one side of a pool. */
export type Side = { readonly address: Address; readonly decimals: number; readonly price: Price };

/** Queue the factory; the fee tier of 100, which governance added later, is enabled too. */
export function deployFactory(deployer: Deployer.Deployer): Address {
  const artefact = load('@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json') as Artefact;
  const factory = Deployer.deploy(deployer, 'UniswapV3Factory', { abi: [], bytecode: artefact.bytecode }, []);
  const abi = parseAbi(['function enableFeeAmount(uint24 fee, int24 tickSpacing)']);
  Deployer.call(deployer, factory, abi, 'enableFeeAmount', [100, 1]);
  return factory;
}

/** Queue a pool at the price of its two tokens, with liquidity that the actor pays for; returns where it will be. */
export function deployPool(
  deployer: Deployer.Deployer,
  where: { readonly factory: Address; readonly actor: Address },
  spec: PoolSpec,
  sides: readonly [Side, Side],
): Address {
  const [a, b] = sides;
  const [low, high] = a.address.toLowerCase() < b.address.toLowerCase() ? [a, b] : [b, a];
  const pool = poolAddress(where.factory, low.address, high.address, spec.feePpm);
  Deployer.call(deployer, where.factory, FACTORY_ABI, 'createPool', [low.address, high.address, spec.feePpm]);
  Deployer.call(deployer, pool, POOL_ABI, 'initialize', [sqrtPriceDown(low, high)]);
  for (const position of spec.positions) {
    const range = rangeOf(low, high, position.halfWidth, SPACING[spec.feePpm]);
    const liquidity = liquidityOf(low, high, range, position);
    Deployer.call(deployer, where.actor, PoolActor.abi, 'add', [pool, ...range, liquidity]);
  }
  return pool;
}

/** Give the square root of the price that two tokens' dollar prices imply, rounded down. D96 sqrt(atom1/atom0). */
export function sqrtPriceDown(low: Side, high: Side): bigint {
  const atoms1 = low.price * 10n ** BigInt(high.decimals);
  const atoms0 = high.price * 10n ** BigInt(low.decimals);
  return FixedPoint.sqrtDown((atoms1 << 192n) / atoms0);
}

function poolAddress(factory: Address, token0: Address, token1: Address, fee: number): Address {
  const pool = load('@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json') as Artefact;
  const parts = [{ type: 'address' }, { type: 'address' }, { type: 'uint24' }] as const;
  const salt = keccak256(encodeAbiParameters(parts, [token0, token1, fee]));
  return getCreate2Address({ from: factory, salt, bytecodeHash: keccak256(pool.bytecode as `0x${string}`) });
}

/** Widen a range to the next ticks that the pool's spacing allows. */
function rangeOf(low: Side, high: Side, halfWidth: PositionSpec['halfWidth'], spacing: number): [number, number] {
  const last = Math.floor(SqrtPrice.MAX_TICK / spacing) * spacing;
  if (halfWidth === 'full') return [-last, last];
  const middle = SqrtPrice.tickAt(sqrtPriceDown(low, high));
  const half = Math.log(1 + halfWidth / 10_000) / Math.log(1.0001);
  const lower = Math.floor((middle - half) / spacing) * spacing;
  const upper = Math.ceil((middle + half) / spacing) * spacing;
  return [Math.max(lower, -last), Math.min(Math.max(upper, lower + spacing), last)];
}

/** Find how much liquidity a value buys over a range ("Uniswap v3 Core", 2021, equations 6.29 and 6.30). */
function liquidityOf(low: Side, high: Side, range: readonly [number, number], { size }: PositionSpec): bigint {
  if (size.kind === 'liquidity') return size.liquidity;
  const price = sqrtPriceDown(low, high);
  // Worth of a large round amount of liquidity, exactly; the rest is proportion, rounded down.
  const probe = 10n ** 30n;
  const amount0 = SqrtPrice.amount0Up(price, SqrtPrice.atTick(range[1]), probe);
  const amount1 = SqrtPrice.amount1Up(SqrtPrice.atTick(range[0]), price, probe);
  const worth =
    (amount0 * low.price) / 10n ** BigInt(low.decimals) + (amount1 * high.price) / 10n ** BigInt(high.decimals);
  return (probe * size.usd) / worth;
}
