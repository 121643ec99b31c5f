// Recorded pools are read exactly or left out with a reason; prices follow from them; arbitrage leaves nothing to take.

import { FixedPoint, Market } from '@trimtab/core';
import type { AssetId } from '@trimtab/core';
import { describe, expect, test } from 'vitest';
import { arbitraged } from './arbitraged.ts';
import * as BalancerTable from './BalancerTable.ts';
import { builtInPools, COIN, DOLLAR } from './builtInPools.ts';
import * as PoolStates from './PoolStates.ts';
import { priceTokens } from './priceTokens.ts';
import { readPools, USDC, WETH } from './readPools.ts';
import * as Reading from './Reading.ts';

const recorded = process.env['TRIMTAB_DATA'] ?? '';
const RECORDINGS = recorded === '' ? [] : [recorded];
const [A, B, C] = ['a', 'b', 'c'].map((digit) => `0x${digit.repeat(40)}`);

const HEADER =
  'pool_id,address,specialization,kind,created_block,n_tokens,tokens,balances_raw,weights_1e18,swap_fee_1e18,symbols_if_known,decimals_if_known';
const weighted = (weights: string, kind = 'weighted', balances = '1000000;2000000000') =>
  `1,${C},GENERAL,${kind},7,2,${A};${B},${balances},${weights},1000000000000000,AA;,6;`;

function readTable(row: string): Reading.Pools {
  const table = BalancerTable.parse(`${HEADER}\n${row}\n`);
  return Reading.gather(BalancerTable.read(table, table.tokens), table.tokens);
}

function readState(...states: readonly object[]): Reading.Pools {
  const parsed = PoolStates.parse(states.map((state) => JSON.stringify(state)).join('\n'));
  const tokens = PoolStates.tokensOf(parsed);
  return Reading.gather(PoolStates.read(parsed, tokens), tokens);
}

const reasons = ({ leftOut }: Reading.Pools) => [...leftOut.keys()];

describe('a table of weighted pools', () => {
  test('is read to the atom, with the usual decimals where none are recorded', () => {
    const { markets, assets } = readTable(weighted('400000000000000000;600000000000000000'));
    expect(markets).toStrictEqual([
      {
        kind: 'weighted',
        id: `balancer-v2:1/${C}`,
        assets: [`eip155:1/${A}`, `eip155:1/${B}`],
        reserves: [1_000_000n, 2_000_000_000n],
        weights: [4n * 10n ** 17n, 6n * 10n ** 17n],
        scales: [10n ** 12n, 1n],
        fee: 10n ** 15n,
      },
    ]);
    expect(assets).toStrictEqual([
      { id: `eip155:1/${A}`, symbol: 'AA', decimals: 6 },
      { id: `eip155:1/${B}`, symbol: '0xbbbbbb', decimals: 18 },
    ]);
  });

  test('scales weights of sixteen bits until they sum to one', () => {
    const [pool] = readTable(weighted('499992370488288700;499992370488288700')).markets;
    expect(pool).toMatchObject({ weights: [FixedPoint.ONE / 2n, FixedPoint.ONE / 2n] });
  });

  test.each([
    [weighted(';', 'other'), 'stable, its amplification not recorded'],
    [weighted('400000000000000000;500000000000000000'), 'weights that do not sum to one'],
    [weighted('500000000000000000;500000000000000000', 'weighted', '0;5'), 'empty'],
    [weighted('500000000000000000;500000000000000000', 'weighted', '-1;5'), 'impossible state'],
    [weighted('500000000000000000;five'), 'incomplete record'],
  ])('leaves out what it cannot stand for', (row, why) => {
    expect(reasons(readTable(row))).toStrictEqual([why]);
  });

  test('refuses a ragged line', () => {
    expect(() => BalancerTable.parse(`${HEADER}\n1,2,3`)).toThrow(/line 2 is "1,2,3"/);
  });
});

const V3 = {
  chain_id: 1,
  block: 5,
  family: 'uniswap_v3',
  address: C,
  token0: A,
  token1: B,
  tick_spacing: 10,
  fee_token0: 500,
  sqrt_price_x96: `${1n << 96n}`,
  tick: 0,
  liquidity: '123456789012345678901',
  tick_data: { '-10': { liquidity_net: '123456789012345678901' }, '10': { liquidity_net: '-123456789012345678901' } },
};
const V2 = {
  chain_id: 1,
  block: 5,
  family: 'uniswap_v2',
  address: C,
  token0: A,
  token1: B,
  reserve0: '7',
  reserve1: '8',
};
const CURVE = {
  chain_id: 1,
  block: 5,
  family: 'curve',
  address: C,
  tokens: [
    { address: A, symbol: 'AA', decimals: 6 },
    { address: B, symbol: 'BB', decimals: 18 },
  ],
  balances: [1_000_000, 1_000_000],
  future_a: 20_000,
  a_coefficient: 200,
  fee: 4_000_000,
  admin_fee: 5_000_000_000,
};
const BALANCER = {
  ...CURVE,
  family: 'balancer_v2',
  fee: '3/10000',
  amp: 50_000,
  resolved_scaling_factors: [10 ** 15, 10 ** 15],
};

describe('states of pools', () => {
  test('are read to the atom, numbers beyond a float among them', () => {
    const line = JSON.stringify(V3).replace('"123456789012345678901",', '123456789012345678901,');
    const [state] = PoolStates.parse(line);
    expect(state).toMatchObject({ liquidity: '123456789012345678901' });
    expect(readState(V3).markets[0]).toMatchObject({
      kind: 'concentrated',
      feePpm: 500,
      liquidity: 123456789012345678901n,
    });
    expect(readState(V2).markets[0]).toMatchObject({ kind: 'constant-product', reserves: [7n, 8n], feePpm: 3_000 });
    expect(readState(CURVE).markets[0]).toMatchObject({
      kind: 'stable-swap',
      rates: [10n ** 30n, 10n ** 18n],
      amp: 20_000n,
      ampPrecision: 100n,
      fee: 4n * 10n ** 14n,
      adminFee: FixedPoint.ONE / 2n,
    });
    expect(readState({ ...BALANCER, bpt_idx: null }).markets[0]).toMatchObject({
      kind: 'stable-swap',
      rounding: 'balancer',
      fee: 3n * 10n ** 14n,
    });
  });

  test('keep the newest of a pool', () => {
    const pools = readState({ ...V2, block: 6, reserve0: '9' }, V2);
    expect(pools.markets).toMatchObject([{ reserves: [9n, 8n] }]);
    expect(reasons(pools)).toStrictEqual(['a newer state is there']);
  });

  test('count the chain’s own coin as its wrapped form', () => {
    const [pool] = readState({ ...V2, token0: `0x${'0'.repeat(40)}` }).markets;
    expect(pool?.assets[0]).toBe(WETH);
  });

  test('know a pool without hooks by its id, and charge the protocol’s fee before the pool’s', () => {
    const usdc = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48';
    const pool_id = '0x21c67e77068de97969ba93d4aab21826d33ca12bb9f565d8496e8fda8a82ca27';
    const key = { currency0: `0x${'0'.repeat(40)}`, currency1: usdc, lp_fee: 500, pool_id };
    const { markets } = readState({ ...V3, ...key, family: 'uniswap_v4', protocol_fee: (200 << 12) + 200 });
    expect(markets).toMatchObject([{ assets: [WETH, `eip155:1/${usdc}`], feePpm: 200 + 500 - 0 }]);
    expect(reasons(readState({ ...V3, ...key, family: 'uniswap_v4', tick_spacing: 20 }))).toStrictEqual([
      'hooks, or a fee that changes',
    ]);
    expect(reasons(readState({ ...V3, ...key, family: 'uniswap_v4', protocol_fee: 200 }))).toStrictEqual([
      'the two ways charged differently',
    ]);
  });

  test.each([
    [{ ...V3, tick_data: {} }, 'ticks not recorded'],
    [{ ...V3, liquidity: '1' }, 'ticks that do not add up to the liquidity'],
    [{ ...V3, fee_token1: 3_000 }, 'the two ways charged differently'],
    [{ ...V3, sqrt_price_x96: null }, 'incomplete record'],
    [{ ...V3, tick: 30 }, 'ticks that do not add up to the liquidity'],
    [{ ...V3, block: 0 }, 'no block named'],
    [
      { ...V3, family: 'uniswap_v4', pool_id: '0x12', lp_fee: 500, currency0: A, currency1: B },
      'hooks, or a fee that changes',
    ],
    [{ ...V2, token0: undefined }, 'tokens not named'],
    [{ ...V2, family: 'unheard-of' }, 'incomplete record'],
    [{ ...CURVE, gamma: 1 }, "a curve that no market kind has (Curve's for volatile coins)"],
  ])('leave out what no market kind stands for', (state, why) => {
    expect(reasons(readState(state))).toStrictEqual([why]);
  });
});

describe.each(RECORDINGS)('the recordings', (folder) => {
  test('are read or left out, every one', async () => {
    const { markets, leftOut } = await readPools(folder);
    const left = [...leftOut.values()].reduce((sum, count) => sum + count, 0);
    expect(markets.length + left).toBe(1_690 + 92);
    expect(markets.length).toBeGreaterThan(1_380);
    expect(new Set(markets.map(({ kind }) => kind))).toHaveLength(4);
    expect(new Set(markets.map(({ id }) => id)).size).toBe(markets.length);
  });

  test('price ether and bitcoin as their year did, and dollars at a dollar', async () => {
    const { markets, assets } = await readPools(folder);
    const worths = priceTokens(markets, assets, USDC);
    expect(worths.get(USDC)?.usd).toBe(1);
    expect(worths.get(WETH)?.usd).toBeGreaterThan(1_500);
    expect(worths.get(WETH)?.usd).toBeLessThan(2_500);
    for (const dollar of ['DAI', 'USDT']) {
      const found = [...worths.values()].find(({ asset }) => asset.symbol === dollar);
      expect(Math.abs((found?.usd ?? 0) - 1)).toBeLessThan(5e-3);
    }
  });
});

describe('prices', () => {
  const { markets, assets } = builtInPools(3);
  const worths = priceTokens(markets, assets, DOLLAR);

  test('are found for every token that leads to the anchor', () => {
    expect(worths.size).toBe(assets.length);
    expect(Math.abs((worths.get(COIN)?.usd ?? 0) / 2_000 - 1)).toBeLessThan(0.01);
  });

  test('do not depend on the order of pools', () => {
    const other = priceTokens(markets.toReversed(), assets.toReversed(), DOLLAR);
    for (const [id, { usd }] of worths) expect((other.get(id)?.usd ?? 0) / usd).toBeCloseTo(1, 6);
  });

  test('scale with the anchor', () => {
    const other = priceTokens(markets, assets, COIN);
    const ratio = (id: AssetId) => (worths.get(id)?.usd ?? 0) / (other.get(id)?.usd ?? 0);
    for (const { id } of assets) expect(ratio(id) / ratio(DOLLAR)).toBeCloseTo(1, 2);
  });
});

test('arbitrage leaves next to nothing to take', () => {
  const { markets, assets } = builtInPools(5);
  const found = priceTokens(markets, assets, DOLLAR);
  // Every second token is worth a third more than the pools say.
  const worths = new Map(
    [...found].map(([id, worth], place) => [id, { ...worth, usd: worth.usd * (place % 2 === 0 ? 1.3 : 1) }]),
  );
  const values = Object.fromEntries([...worths].map(([id, { asset, usd }]) => [id, usd / 10 ** asset.decimals]));
  const taken = (list: readonly Market[]) =>
    list.map((market) => {
      const trade = Market.arb(market, values);
      const got = trade === undefined ? {} : Market.changes(trade);
      return Object.entries(got).reduce((sum, [id, atoms]) => sum + atoms * (values[id] ?? NaN), 0);
    });
  expect(Math.max(...taken(markets))).toBeGreaterThan(1_000);
  expect(Math.max(...taken(arbitraged(markets, worths)))).toBeLessThan(0.1);
});
