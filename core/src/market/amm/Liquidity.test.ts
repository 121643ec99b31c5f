import { describe, expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import { MarketError } from '../Terms.ts';
import * as ConstantProduct from './ConstantProduct.ts';
import * as Liquidity from './Liquidity.ts';
import * as SqrtPrice from './SqrtPrice.ts';

const PAIR = { id: 'pool', assets: ['A', 'B'] } as const;

describe('a share paid out in kind', () => {
  const reserves = [10n ** 30n, 10n ** 30n] as const;
  const third = { held: 1n, supply: 3n };
  const exact = 333_333_333_333_333_333_333_333_333_333n;
  const coarse = 333_333_333_333_333_333_000_000_000_000n;
  const stable = {
    ...PAIR,
    kind: 'stable-swap',
    reserves,
    rates: [ONE, ONE],
    amp: 100n,
    ampPrecision: 1n,
    fee: 0n,
    adminFee: 0n,
  } as const;

  test.each([
    ['exactly by a constant product', { ...PAIR, kind: 'constant-product', reserves, feePpm: 0 } as const, exact],
    ['exactly by Curve', { ...stable, rounding: 'curve' } as const, exact],
    ['to 18 decimals by Balancer’s stable pool', { ...stable, rounding: 'balancer' } as const, coarse],
    [
      'to 18 decimals by a weighted pool',
      { ...PAIR, kind: 'weighted', reserves, weights: [ONE / 2n, ONE / 2n], scales: [1n, 1n], fee: 0n } as const,
      coarse,
    ],
  ])('is rounded %s', (_, pool, atoms) => {
    expect(Liquidity.shareDown(pool, third).map((part) => part.atoms)).toEqual([atoms, atoms]);
  });
});

describe('a position', () => {
  const middle = (tick: number) => (SqrtPrice.atTick(tick) + SqrtPrice.atTick(tick + 1)) / 2n;
  const at = (tick: number, sqrtPriceX96: bigint) =>
    Liquidity.rangeDown(
      {
        ...PAIR,
        kind: 'concentrated',
        sqrtPriceX96,
        tick,
        liquidity: 0n,
        feePpm: 0,
        tickSpacing: 1,
        ticks: [],
        known: [-10, 10],
      },
      { lower: -2, upper: 3, liquidity: 10n ** 30n },
    ).map(({ atoms }) => atoms) as [bigint, bigint];

  test('is all of one asset outside its range and of the other beyond it, and changes with every price between', () => {
    const [below, above] = [at(-3, middle(-3)), at(3, middle(3))];
    expect(below[1]).toBe(0n);
    expect(above[0]).toBe(0n);
    expect(at(-9, middle(-9))).toEqual(below);
    expect(at(9, middle(9))).toEqual(above);
    expect(at(3, SqrtPrice.atTick(3))).toEqual(above);
    expect(at(-2, SqrtPrice.atTick(-2))).toEqual(below);
    let before = below;
    for (let tick = -2; tick < 3; tick++) {
      const now = at(tick, middle(tick));
      expect(now[0] < before[0] && now[1] > before[1]).toBe(true);
      before = now;
    }
    expect(above[1] > before[1] && before[0] > 0n).toBe(true);
  });

  test('of nothing is paid nothing, and of less than nothing is refused', () => {
    const pool = {
      ...PAIR,
      kind: 'concentrated',
      sqrtPriceX96: SqrtPrice.Q96,
      tick: 0,
      liquidity: 0n,
      feePpm: 0,
      tickSpacing: 1,
      ticks: [],
      known: [-10, 10],
    } as const;
    const range = (liquidity: bigint) => Liquidity.rangeDown(pool, { lower: -1, upper: 1, liquidity });
    expect(range(0n).map(({ atoms }) => atoms)).toEqual([0n, 0n]);
    expect(() => range(-1n)).toThrow(MarketError);
  });

  test.each([
    [{ low: 0, high: 1, liquidity: 1 }, 'range.low'],
    [{ low: 1, high: 0, liquidity: 1 }, 'range.high'],
    [{ low: 1, high: 1, liquidity: 1 }, 'range'],
    [{ low: 2, high: 1, liquidity: 1 }, 'range'],
    [{ low: 1, high: 2, liquidity: -1 }, 'range.liquidity'],
  ])('in real numbers, %j, is refused for its %s', (range, path) => {
    expect(() => Liquidity.amounts(range, 1)).toThrow(`market at ${path}:`);
  });
});

describe('a constant product asked for an output', () => {
  const swapOut = (reserves: readonly [bigint, bigint], bought: bigint) =>
    ConstantProduct.swapOut({ ...PAIR, kind: 'constant-product', reserves, feePpm: 3_000 }, 'A', bought);

  test('of nothing, or without reserves, takes nothing', () => {
    for (const [x, y, bought] of [
      [100n, 100n, 0n],
      [100n, 1n, 5n],
      [100n, 0n, 5n],
      [0n, 100n, 5n],
    ] as const) {
      expect(swapOut([x, y], bought)).toMatchObject({ sold: 0n, bought: 0n, after: { reserves: [x, y] } });
    }
  });
});
