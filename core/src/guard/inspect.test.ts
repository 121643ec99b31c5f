import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import { inspect, targeted } from './inspect.ts';

const sample = Sample.snapshot();

function told(more: Partial<Snapshot>): readonly string[] {
  return inspect({ ...sample, ...more }).map(({ limit, was }) => `${limit}: ${was}`);
}

describe('a snapshot is refused', () => {
  test('for decimals that cannot be computed with, and for no others', () => {
    const scaled = (decimals: number) =>
      told({ assets: sample.assets.map((asset) => (asset.id === 'weth' ? { ...asset, decimals } : asset)) });
    for (const decimals of [0, 1, 18, 36]) expect(scaled(decimals)).toEqual([]);
    for (const decimals of [-1, 37, 0.5, Number.NaN, Infinity]) {
      expect(scaled(decimals)).toEqual([`holdings: weth has ${decimals} decimals`]);
    }
    const through = (decimals: number) => told({ assets: [...sample.assets, { id: 'dai', symbol: 'DAI', decimals }] });
    expect(through(18)).toEqual([]);
    for (const decimals of [-1, 37, Number.NaN]) {
      expect(through(decimals)).toEqual([`holdings: dai has ${decimals} decimals`]);
    }
    expect(told({ assets: sample.assets.slice(1) })).toEqual(['holdings: weth has unknown decimals']);
  });

  test('for data that a rollup would pay for', () => {
    const charged = (data: bigint) => told({ gas: { ...sample.gas, data } });
    for (const data of [0n, 10n ** 15n]) expect(charged(data)).toEqual([]);
    expect(charged(-1n)).toEqual(['gas: gas.data is -1']);
  });

  test('for holdings listed twice', () => {
    expect(told({ holdings: [...sample.holdings, { asset: 'wbtc', atoms: 0n }] })).toEqual([
      'holdings: wbtc is listed twice',
    ]);
  });

  test('for whatever is on its way, staked or claimed of assets that it does not hold', () => {
    const assets = fc.subarray(['weth', 'usdc', 'doge', 'cat']);
    fc.assert(
      fc.property(assets, assets, assets, (moving, staked, claimed) => {
        const refused = told({
          inFlight: moving.map((asset) => ({ id: asset, asset, atoms: 1n, due: sample.at })),
          stakes: [{ id: 'stake', market: 'pool', parts: staked.map((asset) => ({ asset, atoms: 1n })) }],
          claims: claimed.map((asset) => ({ asset, atoms: 1n })),
        });
        const foreign = [...moving, ...staked, ...claimed].filter((asset) => asset === 'doge' || asset === 'cat');
        const why = 'is on its way, staked or claimed, but no asset of the portfolio';
        expect(refused).toEqual(foreign.map((asset) => `holdings: ${asset} ${why}`));
      }),
    );
  });

  test('for prices of nothing, below nothing, from the future, or missing', () => {
    const first = (more: object) =>
      told({ prices: sample.prices.map((one, at) => (at === 0 ? { ...one, ...more } : one)) });
    expect(first({ price: 1n, at: sample.at })).toEqual([]);
    expect(first({ price: 0n })).toEqual(['price: WETH from sample: 0']);
    expect(first({ price: -1n })).toEqual(['price: WETH from sample: -1']);
    expect(first({ at: sample.at + 7 })).toEqual(['price: WETH from sample: dated 7 s after the block']);
    expect(told({ prices: sample.prices.slice(1) })).toEqual(['price: WETH has none']);
  });
});

describe('weights are refused', () => {
  const refused = (weights: Record<string, number>, owed?: readonly string[]) =>
    targeted(sample, weights, owed).map(({ was }) => was);

  test('that leave out an asset, add one, or do not sum to one', () => {
    expect(refused({ weth: 0.6, wbtc: 0.3, usdc: 0.1 })).toEqual([]);
    expect(refused({ weth: 0.6, wbtc: 0.4 })).toEqual(['USDC has no weight']);
    expect(refused({ weth: 0.6, wbtc: 0.3, usdc: 0.1, doge: 0 })).toEqual([
      'doge has a weight but is not in the portfolio',
    ]);
    expect(refused({ weth: 0.6, wbtc: 0.3, usdc: 0.2 })).toEqual(['weights 0.6, 0.3, 0.2']);
  });

  test('that owe what may not be owed', () => {
    const levered = { weth: 1.2, wbtc: 0.3, usdc: -0.5 };
    expect(refused(levered, ['usdc'])).toEqual([]);
    expect(refused(levered)).toEqual(['weights 1.2, 0.3, -0.5']);
    expect(refused(levered, ['wbtc'])).toEqual(['weights 1.2, 0.3, -0.5']);
    expect(refused({ weth: 1.6, wbtc: -0.1, usdc: -0.5 }, ['usdc'])).toEqual(['weights 1.6, -0.1, -0.5']);
    expect(refused({ weth: 1, wbtc: 0, usdc: 0 }, ['usdc'])).toEqual([]);
  });

  test('that owe what may be owed but do not sum to one', () => {
    for (const weth of [1.1, 1.3, Number.NaN]) {
      expect(refused({ weth, wbtc: 0.3, usdc: -0.5 }, ['usdc'])).toEqual([`weights ${weth}, 0.3, -0.5`]);
    }
  });
});
