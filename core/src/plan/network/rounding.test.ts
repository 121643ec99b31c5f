import { expect, test } from 'vitest';
import type { Network } from './Network.ts';
import * as Purpose from './Purpose.ts';
import { solveRouting } from './solveRouting.ts';

test('a token of which nothing is held, and that ends below zero by the rounding of deep pools, is no reason to do nothing', () => {
  const network: Network = {
    tokens: 4,
    markets: [
      { kind: 'constant-product', tokens: [1, 0], reserves: [9990009.990009997, 10000000.000000006], fee: 0.01 },
      { kind: 'constant-product', tokens: [2, 1], reserves: [310367.28183504724, 310057.2246104368], fee: 0.003 },
      { kind: 'constant-product', tokens: [3, 2], reserves: [4623.385149879357, 4623.385149879357], fee: 0.01 },
      {
        kind: 'weighted',
        tokens: [1, 2],
        weights: [0.6600618384468556, 0.3399381615531444],
        reserves: [6594024.360108266, 3399381.6155313496],
        fee: 0.003,
      },
      {
        kind: 'weighted',
        tokens: [3, 0],
        weights: [0.2857417739726298, 0.7142582260273702],
        reserves: [285.74177397263276, 714.2582260273776],
        fee: 0,
      },
      { kind: 'constant-product', tokens: [1, 2], reserves: [125320.6736022663, 125445.99427586855], fee: 0.003 },
    ],
  };
  const { value, gap, net } = solveRouting(network, Purpose.liquidate([2, 0.9990009990009991, 0, 1], 0));
  expect(value).toBeCloseTo(1.98755688, 7);
  expect(gap).toBeLessThan(1e-8);
  expect(net[2]).toBeGreaterThanOrEqual(0);
});
