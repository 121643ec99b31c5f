// The pools that core computes with are the pools that are deployed: the same bytecode as on every real chain decides.

import { createRequire } from 'node:module';
import { FixedPoint, Market, SqrtPrice } from '@trimtab/core';
import type { Concentrated } from '@trimtab/core';
import fc from 'fast-check';
import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Actor from '../local/Actor.ts';
import * as Deployer from '../local/Deployer.ts';
import { deployWorld } from '../local/deployWorld.ts';
import * as SampleWorld from '../local/SampleWorld.ts';
import { type Anvil, startAnvil } from '../local/startAnvil.ts';
import type { Deployment, PositionSpec } from '../local/World.ts';
import * as Block from './Block.ts';
import * as Multicall from './Multicall.ts';
import * as Rpc from './Rpc.ts';
import * as UniswapV3 from './UniswapV3.ts';

const CHAIN = 31_337;
const USD = 10n ** 18n;
const RUNS = 100;
const SWAPS = 100;

const quoterAbi = parseAbi([
  'constructor(address factory, address weth9)',
  'struct Ask { address tokenIn; address tokenOut; uint256 amountIn; uint24 fee; uint160 sqrtPriceLimitX96; }',
  'function quoteExactInputSingle(Ask ask) returns (uint256 out, uint160 sqrtPriceX96After, uint32 crossed, uint256 gas)',
  'struct Want { address tokenIn; address tokenOut; uint256 amount; uint24 fee; uint160 sqrtPriceLimitX96; }',
  'function quoteExactOutputSingle(Want want) returns (uint256 input, uint160 sqrtPriceX96After, uint32 crossed, uint256 gas)',
]);

/** A pool, how far its price is moved, and what is swapped there: a side, and a size as a share of the depth's exponent. */
const amount = fc.tuple(fc.constantFrom<0 | 1>(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const scenario = fc.tuple(
  fc.nat({ max: 3 }),
  fc.integer({ min: -1_800, max: 1_800 }),
  fc.array(amount, { minLength: SWAPS, maxLength: SWAPS }),
);

describe('pools of the real Uniswap v3', () => {
  let anvil: Anvil;
  let world: Deployment;
  let rpc: Rpc.Rpc;
  let actor: Actor.Actor;
  let quoter: Address;
  let pools: readonly UniswapV3.Pool[];
  let read: UniswapV3.Reader;
  let now = SampleWorld.BEGINS + 60;

  beforeAll(async () => {
    anvil = await startAnvil({ chain: CHAIN, at: SampleWorld.BEGINS - 3_600 });
    const spec = SampleWorld.spec('0x00000000000000000000000000000000000000AA');
    // Every fee tier, and nested ranges, so that swaps cross ticks and word boundaries of each spacing.
    const tiers = [100, 500, 3_000, 10_000] as const;
    const pairs = [['WETH', 'USDC'], ['WBTC', 'WETH'], ['WBTC', 'USDC'], ['WETH', 'USDC']] as const; // prettier-ignore
    const widths = [40, 90, 250, 600, 1_500, 'full'] as const;
    const positions = widths.map((halfWidth): PositionSpec => ({
      halfWidth,
      size: { kind: 'value', usd: 900_000n * USD },
    }));
    world = await deployWorld(anvil, {
      ...spec,
      pools: tiers.map((feePpm, i) => ({ tokens: pairs[i]!, feePpm, positions })),
    });
    rpc = Rpc.open(anvil.rpc, CHAIN);
    const deployer = await Deployer.open(rpc, 0n);
    const load = createRequire(import.meta.url);
    const { bytecode } = load('@uniswap/v3-periphery/artifacts/contracts/lens/QuoterV2.sol/QuoterV2.json') as {
      bytecode: Hex;
    };
    quoter = Deployer.deploy(deployer, 'QuoterV2', { abi: quoterAbi, bytecode }, [world.uniswapFactory, world.native]);
    await Deployer.settle(deployer, now);
    actor = await Actor.of(world);
    pools = await UniswapV3.describe(
      rpc,
      world.pools.map(({ address }) => address),
    );
    read = UniswapV3.reader(rpc, pools, 2_000);
  });
  afterAll(() => anvil.stop());

  /** Move one pool by this many ticks from where it was seeded, and read it back. */
  async function placed(index: number, from: number, ticks: number): Promise<Concentrated> {
    actor.movePool(pools[index]!.address, SqrtPrice.atTick(from + ticks) + 7n);
    await actor.nextBlock((now += 12), 10n ** 9n);
    return (await read((await Block.latest(rpc)).block.hash))[index]!;
  }

  async function quote(pool: UniswapV3.Pool, asks: readonly { side: 0 | 1; amountIn: bigint; limit: bigint }[]) {
    const calls = asks.map(({ side, amountIn, limit }) => ({
      to: quoter,
      data: encodeFunctionData({
        abi: quoterAbi,
        functionName: 'quoteExactInputSingle',
        args: [
          {
            tokenIn: pool.tokens[side],
            tokenOut: pool.tokens[1 - side]!,
            amountIn,
            fee: pool.feePpm,
            sqrtPriceLimitX96: limit,
          },
        ],
      }),
    }));
    const answers = await Multicall.ask(rpc, (await Block.latest(rpc)).block.hash, calls);
    return answers.map((data) => {
      const [out, after, crossed] = decodeFunctionResult({
        abi: quoterAbi,
        functionName: 'quoteExactInputSingle',
        data: data ?? '0x',
      });
      return { out, after, crossed };
    });
  }

  test('pay to the atom what core computes, whole or cut short, over at least 10,000 random swaps', async () => {
    const seeded = (await read((await Block.latest(rpc)).block.hash)).map(({ tick }) => tick);
    const seen = { compared: 0, crossing: 0, short: 0 };
    await fc.assert(
      fc.asyncProperty(scenario, async ([index, ticks, amounts]) => {
        const pool = await placed(index, seeded[index]!, ticks);
        const swaps = amounts.map(([side, size]) => {
          // From one atom up to more than the range holds, evenly in the exponent.
          const depth =
            side === 0 ? (pool.liquidity << 96n) / pool.sqrtPriceX96 : (pool.liquidity * pool.sqrtPriceX96) >> 96n;
          const amountIn = FixedPoint.max(BigInt(Math.floor(Number(depth) ** size)), 1n);
          const swapped = Market.swap(pool, pool.assets[side], amountIn);
          const after = (swapped.after as Concentrated).sqrtPriceX96;
          return { side, amountIn, swapped, after, limit: swapped.sold < amountIn ? after : 0n };
        });
        const quotes = await quote(pools[index]!, swaps);
        expect(quotes.map(({ out, after }) => ({ out, after }))).toEqual(
          swaps.map(({ swapped, after }) => ({ out: swapped.bought, after })),
        );
        seen.compared += swaps.length;
        seen.crossing += quotes.filter(({ crossed }) => crossed > 0).length;
        seen.short += swaps.filter(({ limit }) => limit > 0n).length;
      }),
      { numRuns: RUNS },
    );
    expect(seen.compared).toBeGreaterThanOrEqual(10_000);
    // Or else the draw has missed what is hard about it.
    expect(seen.crossing).toBeGreaterThanOrEqual(200);
    expect(seen.short).toBeGreaterThanOrEqual(50);
  });

  test('ask to the atom what core computes for an exact output, over at least 2,000 random swaps', async () => {
    const seeded = (await read((await Block.latest(rpc)).block.hash)).map(({ tick }) => tick);
    const seen = { compared: 0, crossing: 0, short: 0 };
    await fc.assert(
      fc.asyncProperty(scenario, async ([index, ticks, amounts]) => {
        const pool = await placed(index, seeded[index]!, ticks);
        const swaps = amounts.map(([side, size]) => {
          const depth =
            side === 1 ? (pool.liquidity << 96n) / pool.sqrtPriceX96 : (pool.liquidity * pool.sqrtPriceX96) >> 96n;
          const wanted = FixedPoint.max(BigInt(Math.floor(Number(depth) ** size)), 1n);
          const swapped = Market.swapOut(pool, pool.assets[side], wanted);
          const after = (swapped.after as Concentrated).sqrtPriceX96;
          return { side, wanted, swapped, after, limit: swapped.bought < wanted ? after : 0n };
        });
        const quotes = await quoteOutputs(pools[index]!, swaps);
        expect(quotes.map(({ input, after }) => ({ input, after }))).toEqual(
          swaps.map(({ swapped, after }) => ({ input: swapped.sold, after })),
        );
        seen.compared += swaps.length;
        seen.crossing += quotes.filter(({ crossed }) => crossed > 0).length;
        seen.short += swaps.filter(({ limit }) => limit > 0n).length;
      }),
      { numRuns: RUNS / 5 },
    );
    expect(seen.compared).toBeGreaterThanOrEqual(2_000);
    expect(seen.crossing).toBeGreaterThanOrEqual(40);
    expect(seen.short).toBeGreaterThanOrEqual(10);
  });

  async function quoteOutputs(pool: UniswapV3.Pool, asks: readonly { side: 0 | 1; wanted: bigint; limit: bigint }[]) {
    const [abi, functionName] = [quoterAbi, 'quoteExactOutputSingle'] as const;
    const calls = asks.map(({ side, wanted, limit }) => {
      const [tokenIn, tokenOut] = [pool.tokens[side], pool.tokens[1 - side]!];
      const args = [{ tokenIn, tokenOut, amount: wanted, fee: pool.feePpm, sqrtPriceLimitX96: limit }] as const;
      return { to: quoter, data: encodeFunctionData({ abi, functionName, args }) };
    });
    const answers = await Multicall.ask(rpc, (await Block.latest(rpc)).block.hash, calls);
    return answers.map((data) => {
      const [input, after, crossed] = decodeFunctionResult({ abi, functionName, data: data ?? '0x' });
      return { input, after, crossed };
    });
  }

  test('are read the same by a reader that remembers and by one that does not', async () => {
    const fresh = () => UniswapV3.reader(rpc, pools, 2_000);
    for (const ticks of [-700, 650, 30]) {
      await placed(0, (await fresh()((await Block.latest(rpc)).block.hash))[0]!.tick, ticks);
      const { block } = await Block.latest(rpc);
      expect(await read(block.hash)).toEqual(await fresh()(block.hash));
    }
  });

  test('show a tick that appeared since the last reading', async () => {
    const before = (await read((await Block.latest(rpc)).block.hash))[1]!;
    const deployer = await Deployer.open(rpc, 0n);
    const lower = Math.floor(before.tick / 10) * 10 - 330;
    const add = parseAbi([
      'function add(address pool, int24 lower, int24 upper, uint128 liquidity) returns (uint256, uint256)',
    ]);
    Deployer.call(deployer, world.actor, add, 'add', [pools[1]!.address, lower, lower + 660, 10n ** 12n]);
    await Deployer.settle(deployer, (now += 12));
    const after = (await read((await Block.latest(rpc)).block.hash))[1]!;
    expect(after.ticks.map(({ index }) => index)).toEqual(expect.arrayContaining([lower, lower + 660]));
    expect(after.liquidity).toBe(before.liquidity + 10n ** 12n);
    expect(after.ticks.find(({ index }) => index === lower)?.liquidityNet).toBe(10n ** 12n);
  });
});
