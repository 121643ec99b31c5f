// What one exact quote costs, ours beside the SDKs that the pools' authors publish: the same pools, the same swaps, and
// the same answers to the atom, or there is nothing to compare.

import { Market, SqrtPrice } from '@trimtab/core';
import type { Concentrated, ConstantProduct } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import { createRequire } from 'node:module';
import type { Row } from './main.ts';

// Their ES modules name files without endings, which Node does not accept; their CommonJS modules work.
const load = createRequire(import.meta.url);
const { CurrencyAmount, Token } = load('@uniswap/sdk-core') as typeof import('@uniswap/sdk-core');
const { Pair } = load('@uniswap/v2-sdk') as typeof import('@uniswap/v2-sdk');
const { Pool, TickListDataProvider } = load('@uniswap/v3-sdk') as typeof import('@uniswap/v3-sdk');

/** Ours must be this many times as fast. */
const TARGET = 10;
const SWAPS = 2_000;
/** Rounds measured; the fastest of each side counts, which other work on the machine cannot make look better. */
const ROUNDS = 7;

const A = new Token(1, '0x1000000000000000000000000000000000000001', 18, 'A');
const B = new Token(1, '0x2000000000000000000000000000000000000002', 18, 'B');

/** Measure quotes of a constant-product pool and of a concentrated one within a tick. */
export async function quotes(): Promise<readonly Row[]> {
  return [...(await constantProduct()), ...(await concentrated())];
}

async function constantProduct(): Promise<readonly Row[]> {
  const reserves = [10n ** 25n, 3n * 10n ** 22n] as const;
  const ours: ConstantProduct = { kind: 'constant-product', id: 'v2', assets: ['a', 'b'], reserves, feePpm: 3_000 };
  const pair = new Pair(
    CurrencyAmount.fromRawAmount(A, String(reserves[0])),
    CurrencyAmount.fromRawAmount(B, String(reserves[1])),
  );
  const sizes = drawn(reserves[0] / 50n);
  const inputs = sizes.map((size) => CurrencyAmount.fromRawAmount(A, String(size)));
  return compare(
    'v2 quote',
    sizes.map((size) => () => Market.swap(ours, 'a', size).bought),
    inputs.map((input) => async () => BigInt(String(pair.getOutputAmount(input)[0].quotient))),
    inputs.map((input) => () => pair.getOutputAmount(input)),
    '@uniswap/v2-sdk 4.21.4',
  );
}

async function concentrated(): Promise<readonly Row[]> {
  const liquidity = 10n ** 24n;
  const ends = [-887_220, 887_220] as const;
  const ticks = [
    { index: ends[0], liquidityNet: liquidity },
    { index: ends[1], liquidityNet: -liquidity },
  ];
  // In the middle of a spacing, and of a word of the contract's tick bitmap: no swap drawn here leaves it.
  const sqrtPriceX96 = SqrtPrice.atTick(7_710) + 12_345n;
  const tick = SqrtPrice.tickAt(sqrtPriceX96);
  const ours: Concentrated = {
    kind: 'concentrated',
    id: 'v3',
    assets: ['a', 'b'],
    sqrtPriceX96,
    tick,
    liquidity,
    feePpm: 3_000,
    tickSpacing: 60,
    ticks,
    known: ends,
  };
  const provider = new TickListDataProvider(
    ticks.map(({ index, liquidityNet }) => ({
      index,
      liquidityNet: String(liquidityNet),
      liquidityGross: String(liquidity),
    })),
    60,
  );
  const pool = new Pool(A, B, 3_000, String(sqrtPriceX96), String(liquidity), tick, provider);
  const sizes = drawn(liquidity / 50n);
  const inputs = sizes.map((size) => CurrencyAmount.fromRawAmount(A, String(size)));
  return compare(
    'v3 quote within a tick',
    sizes.map((size) => () => Market.swap(ours, 'a', size).bought),
    inputs.map((input) => async () => BigInt(String((await pool.getOutputAmount(input))[0].quotient))),
    inputs.map((input) => () => pool.getOutputAmount(input)),
    '@uniswap/v3-sdk 3.31.5',
  );
}

async function compare(
  name: string,
  ours: readonly (() => bigint)[],
  theirs: readonly (() => Promise<bigint>)[],
  timed: readonly (() => unknown)[],
  peer: string,
): Promise<readonly Row[]> {
  for (const [index, quote] of ours.entries()) {
    const [own, other] = [quote(), await theirs[index]?.()];
    if (own !== other) throw new Error(`${name} ${index}: ${own} here and ${other} in ${peer}; nothing was measured`);
  }
  let [mine, their] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    mine = Math.min(mine, await time(ours));
    their = Math.min(their, await time(timed));
  }
  const ratio = their / mine;
  return [
    { case: `${name}: ours`, value: Math.round(1e6 / mine), unit: 'quotes/s', target: null, met: null },
    { case: `${name}: peer`, value: Math.round(1e6 / their), unit: 'quotes/s', target: null, met: null, peer },
    { case: `${name}: ours ÷ peer`, value: ratio, unit: '×', target: TARGET, met: ratio >= TARGET, peer, ratio },
  ];
}

/** Take the time of one of many calls, {µs}; a promise is waited for, as its caller would. */
async function time(calls: readonly (() => unknown)[]): Promise<number> {
  const began = performance.now();
  for (const call of calls) {
    const answer = call();
    if (answer instanceof Promise) await answer;
  }
  return ((performance.now() - began) * 1_000) / calls.length;
}

function drawn(most: bigint): readonly bigint[] {
  const random = Random.stream(1, 'sizes of quotes');
  return Array.from({ length: SWAPS }, () => 1n + (most * BigInt(Random.below(random, 1_000_000))) / 1_000_000n);
}
