// Uniswap v3's pools, read as they stand at one block, in as few questions as the chain allows.

import type { Concentrated, MarketId, Tick } from '@trimtab/core';
import { SqrtPrice } from '@trimtab/core';
import { type Address, encodeFunctionData, type Hex as Bytes, parseAbi } from 'viem';
import * as Block from './Block.ts';
import * as Multicall from './Multicall.ts';
import { ProviderFailure, type Rpc } from './Rpc.ts';
import { assetId } from './Vault.ts';

/** The functions of a pool that are read here (Uniswap v3 core, IUniswapV3PoolState and IUniswapV3PoolImmutables). */
export const poolAbi = parseAbi([
  'function token0() view returns (address)',
  'function token1() view returns (address)',
  'function fee() view returns (uint24)',
  'function tickSpacing() view returns (int24)',
  'function factory() view returns (address)',
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16, uint16, uint16, uint8, bool unlocked)',
  'function liquidity() view returns (uint128)',
  'function tickBitmap(int16 word) view returns (uint256)',
  'function ticks(int24 tick) view returns (uint128 gross, int128 net, uint256, uint256, int56, uint160, uint32, bool)',
]);

/** State what never changes about a pool. */
export type Pool = {
  readonly id: MarketId;
  readonly address: Address;
  readonly factory: Address;
  readonly tokens: readonly [Address, Address];
  readonly feePpm: number;
  readonly tickSpacing: number;
};

/** Name a pool's market. */
export function marketId(chain: number, pool: Address): MarketId {
  return `uniswap-v3:${chain}/${pool.toLowerCase()}`;
}

/** Read the constants of pools at the newest block. Throws ProviderFailure where an address is no pool. */
export async function describe(rpc: Rpc, addresses: readonly Address[]): Promise<readonly Pool[]> {
  const { block } = await Block.latest(rpc);
  const names = ['token0', 'token1', 'fee', 'tickSpacing', 'factory'] as const;
  const calls = addresses.flatMap((to) =>
    names.map((functionName) => ({ to, data: encodeFunctionData({ abi: poolAbi, functionName }) })),
  );
  const answers = await Multicall.ask(rpc, block.hash, calls);
  return addresses.map((address, i) => {
    const [token0, token1, fee, tickSpacing, factory] = answers.slice(i * names.length, (i + 1) * names.length);
    return {
      id: marketId(rpc.chain, address),
      address,
      factory: Multicall.decode(rpc, poolAbi, 'factory', factory),
      tokens: [
        Multicall.decode(rpc, poolAbi, 'token0', token0),
        Multicall.decode(rpc, poolAbi, 'token1', token1),
      ] as const,
      feePpm: Multicall.decode(rpc, poolAbi, 'fee', fee),
      tickSpacing: Multicall.decode(rpc, poolAbi, 'tickSpacing', tickSpacing),
    };
  });
}

/** Read pools' states at the block with this hash. */
export type Reader = (blockHash: string) => Promise<readonly Concentrated[]>;

/**
 * Make a reader of pools. It remembers which ticks were worth asking for last time, so that one request usually does;
 * never what they answered. `reach` is how many ticks to either side of the price are read at least.
 */
export function reader(rpc: Rpc, pools: readonly Pool[], reach: number): Reader {
  let guesses: readonly Guess[] = pools.map(() => ({ first: 0, last: -1, ticks: [] }));
  return async (blockHash) => {
    const first = await ask(rpc, blockHash, pools, guesses);
    const wanted = first.map((seen, i) => guess(pools[i]?.tickSpacing ?? 1, seen, reach));
    const missed = wanted.some((want, i) => !covers(guesses[i], want));
    guesses = wanted;
    if (!missed) return first.map((seen, i) => state(rpc, pools[i], seen, wanted[i]));
    // The words are a function of the price, the ticks a function of the words: at worst two more requests.
    const second = await ask(rpc, blockHash, pools, wanted);
    const ticked = second.map((seen, i) => guess(pools[i]?.tickSpacing ?? 1, seen, reach));
    guesses = ticked;
    const third = ticked.every((want, i) => covers(wanted[i], want))
      ? second
      : await ask(rpc, blockHash, pools, ticked);
    return third.map((seen, i) => state(rpc, pools[i], seen, ticked[i]));
  };
}

/** Which bitmap words, first to last, and which initialised ticks to ask a pool for. */
type Guess = { readonly first: number; readonly last: number; readonly ticks: readonly number[] };

/** What a pool answered. */
type Seen = {
  readonly sqrtPriceX96: bigint;
  readonly tick: number;
  readonly liquidity: bigint;
  readonly words: ReadonlyMap<number, bigint>;
  readonly net: ReadonlyMap<number, bigint>;
};

async function ask(
  rpc: Rpc,
  blockHash: string,
  pools: readonly Pool[],
  guesses: readonly Guess[],
): Promise<readonly Seen[]> {
  const asked = pools.map(({ address }, i) => questions(address, guesses[i]));
  const answers = await Multicall.ask(rpc, blockHash, asked.flat());
  let at = 0;
  return asked.map((calls, i) => {
    at += calls.length;
    return understand(rpc, guesses[i], answers.slice(at - calls.length, at));
  });
}

function questions(to: Address, guessed: Guess | undefined): readonly Multicall.Call[] {
  const { first, last, ticks } = guessed ?? { first: 0, last: -1, ticks: [] };
  const words = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return [
    { to, data: encodeFunctionData({ abi: poolAbi, functionName: 'slot0' }) },
    { to, data: encodeFunctionData({ abi: poolAbi, functionName: 'liquidity' }) },
    ...words.map((w) => ({ to, data: encodeFunctionData({ abi: poolAbi, functionName: 'tickBitmap', args: [w] }) })),
    ...ticks.map((t) => ({ to, data: encodeFunctionData({ abi: poolAbi, functionName: 'ticks', args: [t] }) })),
  ];
}

function understand(rpc: Rpc, guessed: Guess | undefined, answers: readonly (Bytes | undefined)[]): Seen {
  const { first, last, ticks } = guessed ?? { first: 0, last: -1, ticks: [] };
  const [sqrtPriceX96, tick] = Multicall.decode(rpc, poolAbi, 'slot0', answers[0]);
  const words = new Map<number, bigint>();
  const net = new Map<number, bigint>();
  let at = 2;
  for (let word = first; word <= last; word++)
    words.set(word, Multicall.decode(rpc, poolAbi, 'tickBitmap', answers[at++]));
  for (const index of ticks) net.set(index, Multicall.decode(rpc, poolAbi, 'ticks', answers[at++])[1]);
  return { sqrtPriceX96, tick, liquidity: Multicall.decode(rpc, poolAbi, 'liquidity', answers[1]), words, net };
}

/** What should be asked, given what is seen: the words within reach of the price, and the ticks that they show. */
function guess(spacing: number, seen: Seen, reach: number): Guess {
  const low = Math.max(seen.tick - reach, SqrtPrice.MIN_TICK);
  const high = Math.min(seen.tick + reach, SqrtPrice.MAX_TICK);
  const first = Math.floor(low / spacing) >> 8;
  const last = Math.floor(high / spacing) >> 8;
  const ticks: number[] = [];
  for (let word = first; word <= last; word++) {
    const bits = seen.words.get(word) ?? 0n;
    for (let bit = 0; bits >> BigInt(bit) > 0n; bit++) {
      if ((bits >> BigInt(bit)) & 1n) ticks.push((word * 256 + bit) * spacing);
    }
  }
  return { first, last, ticks };
}

/** Say whether what was asked answers all that should have been. */
function covers(asked: Guess | undefined, wanted: Guess): boolean {
  if (asked === undefined || asked.first > wanted.first || asked.last < wanted.last) return false;
  const known = new Set(asked.ticks);
  return wanted.ticks.every((tick) => known.has(tick));
}

function state(rpc: Rpc, pool: Pool | undefined, seen: Seen, read: Guess | undefined): Concentrated {
  if (pool === undefined || read === undefined) throw new RangeError('every pool has a state and a guess');
  const { sqrtPriceX96, tick, liquidity } = seen;
  if (sqrtPriceX96 === 0n) throw new ProviderFailure(rpc.name, 'slot0', `pool ${pool.address} has no price yet`);
  const edge = (word: number, bit: number) => (word * 256 + bit) * pool.tickSpacing;
  return {
    kind: 'concentrated',
    id: pool.id,
    assets: [assetId(rpc.chain, pool.tokens[0]), assetId(rpc.chain, pool.tokens[1])],
    sqrtPriceX96,
    tick,
    liquidity,
    feePpm: pool.feePpm,
    tickSpacing: pool.tickSpacing,
    ticks: read.ticks.map((index): Tick => ({ index, liquidityNet: seen.net.get(index) ?? missing(rpc, index) })),
    known: [Math.max(edge(read.first, 0), SqrtPrice.MIN_TICK), Math.min(edge(read.last, 255), SqrtPrice.MAX_TICK)],
  };
}

function missing(rpc: Rpc, index: number): never {
  throw new ProviderFailure(rpc.name, 'ticks', `tick ${index} was not answered`);
}
