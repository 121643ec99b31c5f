// The weighted and stable pools that core computes with are the deployed ones. A Balancer pool is told its balances by the
// vault and answers with an amount, so that each of many random states is one question, asked in the vault's place.

import { FixedPoint, Market } from '@trimtab/core';
import type { StableSwap, Weighted } from '@trimtab/core';
import fc from 'fast-check';
import { type Address, encodeFunctionData, type Hex as Bytes, multicall3Abi, parseAbi, zeroAddress } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Deployer from '../local/Deployer.ts';
import { deployBalancer, type Pool } from '../local/deployBalancer.ts';
import { deployMulticall } from '../local/deployMulticall.ts';
import { type Anvil, startAnvil } from '../local/startAnvil.ts';
import * as Block from './Block.ts';
import * as Hex from './Hex.ts';
import * as Multicall from './Multicall.ts';
import * as Rpc from './Rpc.ts';

const CHAIN = 31_337;
const BEGINS = 1_700_000_000;
const ONE = 10n ** 18n;
/** Pools of each kind, states drawn for all of them together, and swaps asked in one request: 10,000 swaps of each kind. */
const RUNS = 50;
const SWAPS = 200;

const swapRequest =
  'struct Request { uint8 kind; address tokenIn; address tokenOut; uint256 amount; bytes32 poolId; uint256 lastChangeBlock; address from; address to; bytes userData; }';
const weightedAbi = parseAbi([
  swapRequest,
  'function onSwap(Request request, uint256 balanceIn, uint256 balanceOut) returns (uint256)',
  'function getPoolId() view returns (bytes32)',
]);
const stableAbi = parseAbi([
  swapRequest,
  'function onSwap(Request request, uint256[] balances, uint256 indexIn, uint256 indexOut) returns (uint256)',
  'function getBptIndex() view returns (uint256)',
]);

/** A pool, the id that it is registered under, and the place of its own share token among its balances; none in a weighted one. */
type Known<M> = Pool<M> & { readonly id: Bytes; readonly own: number };

describe('pools of the real Balancer v2', () => {
  let anvil: Anvil;
  let rpc: Rpc.Rpc;
  let vault: Address;
  let weighted: readonly Known<Weighted>[];
  let stable: readonly Known<StableSwap>[];

  beforeAll(async () => {
    anvil = await startAnvil({ chain: CHAIN, at: BEGINS });
    rpc = Rpc.open(anvil.rpc, CHAIN);
    await deployMulticall(rpc);
    const deployer = await Deployer.open(rpc, 0n);
    const { vault: where, ...pools } = deployBalancer(deployer);
    await Deployer.settle(deployer, BEGINS + 12);
    vault = where;
    weighted = await Promise.all(pools.weighted.map((pool) => described(pool)));
    stable = await Promise.all(pools.stable.map((pool) => described(pool)));
    // From here on the pools hear from the vault only what this test asks in its place.
    const code = Hex.bytes(rpc, 'code', await rpc.request('eth_getCode', [Multicall.ADDRESS, 'latest']));
    await rpc.request('anvil_setCode', [vault, code]);
  }, 120_000);
  afterAll(() => anvil.stop());

  async function described<M extends Weighted | StableSwap>(pool: Pool<M>): Promise<Known<M>> {
    const hash = (await Block.latest(rpc)).block.hash;
    const [id, own] = await Multicall.ask(rpc, hash, [
      { to: pool.address, data: encodeFunctionData({ abi: weightedAbi, functionName: 'getPoolId' }) },
      { to: pool.address, data: encodeFunctionData({ abi: stableAbi, functionName: 'getBptIndex' }) },
    ]);
    return { ...pool, id: id ?? '0x', own: own === undefined || own === '0x' ? -1 : Number(BigInt(own)) };
  }

  /** Ask all in the vault's place; a refusal answers undefined. */
  async function ask(calls: readonly Multicall.Call[]): Promise<readonly (bigint | undefined)[]> {
    const args = [calls.map(({ to, data }) => ({ target: to, allowFailure: true, callData: data }))] as const;
    const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args });
    const reply = Hex.bytes(rpc, 'eth_call', await rpc.request('eth_call', [{ to: vault, data }, 'latest']));
    const results = Multicall.decode(
      rpc,
      [{ ...multicall3Abi[0], stateMutability: 'view' }] as const,
      'aggregate3',
      reply,
    );
    return results.map(({ success, returnData }) => (success ? BigInt(returnData) : undefined));
  }

  const request = (pool: Known<Weighted | StableSwap>, kind: 0 | 1, from: number, to: number, amount: bigint) => ({
    kind,
    tokenIn: pool.market.assets[from] as Address,
    tokenOut: pool.market.assets[to] as Address,
    amount,
    poolId: pool.id,
    lastChangeBlock: 0n,
    from: zeroAddress,
    to: zeroAddress,
    userData: '0x' as const,
  });

  type Draw = {
    readonly pick: number;
    readonly ends: readonly [number, number];
    readonly depths: readonly number[];
    readonly size: number;
  };
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const draws = fc.array(
    fc.record({
      pick: fc.nat(3),
      ends: fc.tuple(fc.nat(3), fc.nat(3)),
      depths: fc.array(share, { minLength: 4, maxLength: 4 }),
      size: share,
    }),
    { minLength: SWAPS, maxLength: SWAPS },
  );

  /** Put a drawn pool into a drawn state and choose what is sold for what. */
  function placed<M extends Weighted | StableSwap>(pools: readonly Known<M>[], draw: Draw, spread: number) {
    const pool = pools[draw.pick % pools.length]!;
    const count = pool.market.assets.length;
    const from = draw.ends[0] % count;
    const to = (from + 1 + (draw.ends[1] % (count - 1))) % count;
    const middle = 66 + 28 * draw.depths[0]!;
    // In units of 18 decimals, so that a stable pool is not far out of balance for its decimals alone.
    const reserves = draw.depths.slice(0, count).map((depth, place) => {
      const units = logarithmic(middle + spread * (depth - 0.5));
      return units / 10n ** BigInt(18 - pool.decimals[place]!) + 1n;
    });
    return {
      pool: { ...pool, market: { ...pool.market, reserves } },
      from,
      to,
      sold: logarithmic((0.4 + 0.65 * draw.size) * Math.log2(Number(reserves[from]!))),
    };
  }

  /** Ask a pool for what it pays for `amount` (kind 0), or what it asks for `amount` (kind 1). */
  function question(pool: Known<Weighted | StableSwap>, kind: 0 | 1, from: number, to: number, amount: bigint) {
    const asked = request(pool, kind, from, to, amount);
    const { market, own } = pool;
    if (market.kind === 'weighted') {
      const args = [asked, market.reserves[from]!, market.reserves[to]!] as const;
      return { to: pool.address, data: encodeFunctionData({ abi: weightedAbi, functionName: 'onSwap', args }) };
    }
    // The pool's own share token stands among its balances; what it says does not matter to a swap of two others.
    const balances = market.reserves.toSpliced(own, 0, ONE);
    const place = (index: number) => BigInt(index + (index >= own ? 1 : 0));
    const args = [asked, balances, place(from), place(to)] as const;
    return { to: pool.address, data: encodeFunctionData({ abi: stableAbi, functionName: 'onSwap', args }) };
  }

  test.each(['weighted', 'stable'] as const)(
    '%s: pay and ask to the atom what core computes, over 10,000 random swaps each way',
    async (kind) => {
      const [pools, spread] = kind === 'weighted' ? [weighted, 30] : [stable, 6];
      const seen = { compared: 0, paid: 0, asked: 0, short: 0 };
      const compare = async (all: readonly Draw[]) => {
        const drawn = all.map((draw) => placed<Weighted | StableSwap>(pools, draw, spread));
        const given = drawn.map(({ pool: { market }, from, to, sold }) =>
          Market.swap(market, market.assets[from]!, sold, market.assets[to]),
        );
        const paid = await ask(drawn.map(({ pool, from, to }, i) => question(pool, 0, from, to, given[i]!.sold)));
        // What core does not take, the pool may refuse.
        expect(paid.map((atoms, i) => (given[i]!.sold === 0n ? 0n : atoms))).toEqual(given.map(({ bought }) => bought));
        const taken = drawn.map(({ pool: { market }, from, to }, i) =>
          Market.swapOut(market, market.assets[from]!, given[i]!.bought, market.assets[to]),
        );
        const wanted = await ask(drawn.map(({ pool, from, to }, i) => question(pool, 1, from, to, given[i]!.bought)));
        const whole = taken.map(({ bought }, i) => bought > 0n && bought === given[i]!.bought);
        expect(wanted.filter((_, i) => whole[i])).toEqual(taken.filter((_, i) => whole[i]).map(({ sold }) => sold));
        seen.compared += all.length;
        seen.paid += given.filter(({ bought }) => bought > 0n).length;
        seen.asked += whole.filter(Boolean).length;
        seen.short += given.filter(({ sold }, i) => sold < drawn[i]!.sold).length;
      };
      await fc.assert(fc.asyncProperty(draws, compare), { numRuns: RUNS });
      expect(seen.compared).toBeGreaterThanOrEqual(10_000);
      expect(seen.paid).toBeGreaterThan(seen.compared / 2);
      expect(seen.asked).toBeGreaterThan(seen.compared / 2);
      // The weighted pool's own limit is a third of a reserve; or else the draw has missed it.
      expect(seen.short).toBeGreaterThanOrEqual(kind === 'weighted' ? 100 : 0);
    },
  );
});

/** Take 2 to this power, to 52 bits. */
function logarithmic(exponent: number): bigint {
  const whole = Math.max(0, Math.floor(exponent));
  const mantissa = BigInt(Math.floor(2 ** (Math.max(0, exponent) - whole) * 2 ** 52));
  return FixedPoint.max((mantissa << BigInt(whole)) >> 52n, 1n);
}
