// The constant-product pool that core computes with is the one that is deployed: the pair itself decides. It is offered
// one atom more than core computes, which its invariant must refuse, and then exactly what core computes, which it must pay.

import { createRequire } from 'node:module';
import { TestToken } from '@trimtab/contracts';
import { FixedPoint, Market } from '@trimtab/core';
import type { ConstantProduct } from '@trimtab/core';
import fc from 'fast-check';
import { type Address, encodeFunctionData, getCreate2Address, type Hex, keccak256, encodePacked, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Deployer from '../local/Deployer.ts';
import { deployMulticall } from '../local/deployMulticall.ts';
import { type Anvil, startAnvil } from '../local/startAnvil.ts';
import * as Block from './Block.ts';
import * as Multicall from './Multicall.ts';
import * as Rpc from './Rpc.ts';

const CHAIN = 31_337;
const BEGINS = 1_700_000_000;
/** Pools, and swaps one after another in each: 10,000 in all. */
const RUNS = 100;
const SWAPS = 100;

const factoryAbi = parseAbi([
  'constructor(address setter)',
  'function createPair(address a, address b) returns (address)',
]);
const pairAbi = parseAbi([
  'function sync()',
  'function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes data)',
  'function getReserves() view returns (uint112, uint112, uint32)',
]);

type Artefact = { readonly bytecode: Hex };
const load = createRequire(import.meta.url);

describe('a pair of the real Uniswap v2', () => {
  let anvil: Anvil;
  let rpc: Rpc.Rpc;
  let pair: Address;
  let tokens: readonly [Address, Address];

  beforeAll(async () => {
    anvil = await startAnvil({ chain: CHAIN, at: BEGINS });
    rpc = Rpc.open(anvil.rpc, CHAIN);
    await deployMulticall(rpc);
    const deployer = await Deployer.open(rpc, 0n);
    const made = ['A', 'B'].map((name) =>
      Deployer.deploy(deployer, name, TestToken, [name, name, 18, Multicall.ADDRESS]),
    );
    tokens = made.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)) as [Address, Address];
    const { bytecode } = load('@uniswap/v2-core/build/UniswapV2Factory.json') as Artefact;
    const factory = Deployer.deploy(
      deployer,
      'factory',
      { abi: factoryAbi, bytecode: `0x${bytecode.replace(/^0x/, '')}` },
      [deployer.from],
    );
    Deployer.call(deployer, factory, factoryAbi, 'createPair', tokens);
    await Deployer.settle(deployer, BEGINS + 12);
    const code = (load('@uniswap/v2-core/build/UniswapV2Pair.json') as Artefact).bytecode;
    pair = getCreate2Address({
      from: factory,
      salt: keccak256(encodePacked(['address', 'address'], [...tokens])),
      bytecodeHash: keccak256(`0x${code.replace(/^0x/, '')}`),
    });
  });
  afterAll(() => anvil.stop());

  test('pays what core computes, and not an atom more, over at least 10,000 random swaps', async () => {
    const seen = { paid: 0, nothing: 0, exhausted: 0 };
    const size = fc.double({ min: 0, max: 1, noNaN: true });
    const swaps = fc.array(fc.tuple(fc.constantFrom<0 | 1>(0, 1), size), { minLength: SWAPS, maxLength: SWAPS });
    await fc.assert(
      fc.asyncProperty(fc.tuple(size, size), swaps, async (depths, wanted) => {
        const [x, y] = depths.map((depth) => logarithmic(depth, 112));
        const start: ConstantProduct = {
          kind: 'constant-product',
          id: 'pair',
          assets: tokens,
          reserves: [x!, y!],
          feePpm: 3_000,
        };
        const { calls, expected, end } = play(start, wanted, seen);
        const answers = await Multicall.ask(rpc, (await Block.latest(rpc)).block.hash, calls);
        expect(answers.map((answer) => answer !== undefined)).toEqual(expected);
        // Two words: the reserves, as the pair keeps them after all of it.
        expect([0, 1].map((word) => BigInt(`0x${answers.at(-1)!.slice(2 + 64 * word, 66 + 64 * word)}`))).toEqual(
          end.reserves,
        );
      }),
      { numRuns: RUNS },
    );
    expect(seen.paid + seen.nothing).toBeGreaterThanOrEqual(RUNS * SWAPS);
    // Or else the draw has missed what is hard about it.
    expect(seen.paid).toBeGreaterThanOrEqual(5_000);
    expect(seen.nothing).toBeGreaterThanOrEqual(50);
    expect(seen.exhausted).toBeGreaterThanOrEqual(50);
  });

  /** Write down what to ask the pair, one swap after another, and which of the answers must be a refusal. */
  function play(start: ConstantProduct, wanted: readonly (readonly [0 | 1, number])[], seen: Seen) {
    const calls: Multicall.Call[] = [];
    const expected: boolean[] = [];
    const ask = (to: Address, data: Hex, granted: boolean) => {
      calls.push({ to, data });
      expected.push(granted);
    };
    const mint = (side: 0 | 1, atoms: bigint) =>
      ask(tokens[side], encodeFunctionData({ abi: TestToken.abi, functionName: 'mint', args: [pair, atoms] }), true);
    mint(0, start.reserves[0]);
    mint(1, start.reserves[1]);
    ask(pair, encodeFunctionData({ abi: pairAbi, functionName: 'sync' }), true);
    let pool = start;
    for (const [side, share] of wanted) {
      const before = pool.reserves[side];
      const sold = FixedPoint.min(logarithmic(share, 112), before * 1_000_000n);
      const swapped = Market.swap(pool, tokens[side], sold);
      pool = swapped.after as ConstantProduct;
      mint(side, swapped.sold);
      ask(pair, pay(side, swapped.bought + 1n), false);
      seen.exhausted += swapped.sold < sold ? 1 : 0;
      seen[swapped.bought > 0n ? 'paid' : 'nothing'] += 1;
      // A pair refuses to pay nothing; the tokens stay with it.
      if (swapped.bought > 0n) ask(pair, pay(side, swapped.bought), true);
      else ask(pair, encodeFunctionData({ abi: pairAbi, functionName: 'sync' }), true);
    }
    ask(pair, encodeFunctionData({ abi: pairAbi, functionName: 'getReserves' }), true);
    return { calls, expected, end: pool };
  }

  function pay(side: 0 | 1, atoms: bigint): Hex {
    const out = side === 0 ? ([0n, atoms] as const) : ([atoms, 0n] as const);
    return encodeFunctionData({ abi: pairAbi, functionName: 'swap', args: [...out, PAYEE, '0x'] });
  }
});

type Seen = { paid: number; nothing: number; exhausted: number };

const PAYEE = '0x00000000000000000000000000000000000000b0';

/** Draw from 1 to 2^bits − 1, evenly in the exponent. */
function logarithmic(share: number, bits: number): bigint {
  const exponent = share * bits;
  const whole = Math.floor(exponent);
  const mantissa = BigInt(Math.floor(2 ** (exponent - whole) * 2 ** 52));
  const drawn = (mantissa << BigInt(whole)) >> 52n;
  return FixedPoint.min(FixedPoint.max(drawn, 1n), (1n << BigInt(bits)) - 1n);
}
