import { describe, expect, test } from 'vitest';
import { StrategyError } from './Field.ts';
import { parseLimit } from './parseLimit.ts';

const DOLLAR = 10n ** 18n;
const read = (value: unknown) => parseLimit({ path: 'within[0]', value });

const good = [
  { kind: 'depeg', pegs: { usdc: DOLLAR }, max: 100 },
  { kind: 'impact', max: 50 },
  { kind: 'notional', perTrade: DOLLAR },
  { kind: 'notional', perDay: 0n, perTrade: DOLLAR },
  { kind: 'concentration', max: 4_000 },
  { kind: 'concentration', max: 4_000, perAsset: { usdc: 10_000 } },
  { kind: 'exposure', name: 'Circle', assets: ['usdc'], markets: [], max: 5_000 },
  { kind: 'exposure', name: 'Uniswap', assets: [], markets: ['pool'], max: 5_000 },
  { kind: 'health', thresholds: { weth: 8_250 }, min: 15_000 },
  { kind: 'gas', max: 20n * DOLLAR },
  { kind: 'benefit', aversion: 2, horizon: 86_400, maxAge: 3_600 },
  { kind: 'drawdown', max: 2_000 },
  { kind: 'failures', max: 3 },
  { kind: 'reduce-only', assets: ['weth'] },
];

describe('a limit', () => {
  test.each(good)('of kind $kind comes back as it was', (limit) => {
    expect(read(limit)).toEqual(limit);
  });

  test.each(good)('of kind $kind with a key too many is refused', (limit) => {
    expect(() => read({ ...limit, more: 1 })).toThrow(StrategyError);
  });

  const optional = ['perAsset', 'perTrade', 'perDay'];
  const without = good.flatMap((limit) => Object.keys(limit).map((key) => ({ limit, key })));

  test.each(without.filter(({ key }) => !optional.includes(key)))('$limit.kind needs $key', ({ limit, key }) => {
    expect(() => read({ ...limit, [key]: undefined })).toThrow(StrategyError);
  });

  test.each([
    ['within[0].kind', { kind: '__proto__', max: 1 }],
    ['within[0].pegs', { kind: 'depeg', pegs: {}, max: 1 }],
    ['within[0].pegs.usdc', { kind: 'depeg', pegs: { usdc: 0n }, max: 1 }],
    ['within[0].pegs.usdc', { kind: 'depeg', pegs: { usdc: 1 }, max: 1 }],
    ['within[0].pegs.__proto__', { kind: 'depeg', pegs: JSON.parse('{"__proto__":1}'), max: 1 }],
    ['within[0].max', { kind: 'impact', max: Number.NaN }],
    ['within[0]', { kind: 'notional' }],
    ['within[0].perDay', { kind: 'notional', perDay: -1n }],
    ['within[0].perAsset.usdc', { kind: 'concentration', max: 1, perAsset: { usdc: 10_001 } }],
    ['within[0]', { kind: 'exposure', name: 'none', assets: [], markets: [], max: 1 }],
    ['within[0].assets[1]', { kind: 'exposure', name: 'twice', assets: ['a', 'a'], markets: [], max: 1 }],
    ['within[0].markets[0]', { kind: 'exposure', name: 'empty', assets: [], markets: [''], max: 1 }],
    ['within[0].name', { kind: 'exposure', name: 7, assets: ['a'], markets: [], max: 1 }],
    ['within[0].thresholds', { kind: 'health', thresholds: {}, min: 1 }],
    ['within[0].min', { kind: 'health', thresholds: { a: 1 }, min: 0 }],
    ['within[0].aversion', { kind: 'benefit', aversion: 0, horizon: 1, maxAge: 1 }],
    ['within[0].horizon', { kind: 'benefit', aversion: 1, horizon: 0.5, maxAge: 1 }],
    ['within[0].max', { kind: 'failures', max: -1 }],
    ['within[0].assets', { kind: 'reduce-only', assets: [] }],
    ['within[0].assets', { kind: 'reduce-only', assets: 'weth' }],
  ])('is refused at %s', (path, raw) => {
    let caught: unknown;
    try {
      read(raw);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(StrategyError);
    expect((caught as StrategyError).path).toBe(path);
  });
});
