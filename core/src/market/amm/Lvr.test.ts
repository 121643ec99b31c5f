import { describe, expect, test } from 'vitest';
import { MarketError } from '../Terms.ts';
import * as ImpermanentLoss from './ImpermanentLoss.ts';
import * as Lvr from './Lvr.ts';

const terms = { sigma: 0.05, fee: 0.003, block: 12 / 86_400 };

describe('arbitrage of a constant product', () => {
  test('without a fee trades in every block, and takes σ²/8 for each share that blocks leave', () => {
    const free = { ...terms, fee: 0 };
    expect(Lvr.tradeProbability(free)).toBe(1);
    expect(Lvr.arbitrage(free)).toBeCloseTo(0.0025 / 8 / (1 - (0.0025 * terms.block) / 8), 15);
    expect(Lvr.arbitrage({ sigma: 2, fee: 0, block: 1 })).toBeCloseTo(1, 12);
  });

  test('with a fee takes the probability of a trade, at the price that the fee lets it reach', () => {
    const probability = Lvr.tradeProbability(terms);
    expect((1 / probability - 1) * terms.sigma * Math.sqrt(terms.block / 2)).toBeCloseTo(-Math.log(0.997), 12);
    const ratio = Lvr.arbitrage(terms) / Lvr.arbitrage({ ...terms, fee: 0 });
    expect(ratio).toBeCloseTo(probability / Math.sqrt(0.997), 12);
  });

  test.each([{ sigma: 0 }, { sigma: Number.NaN }, { block: 0 }, { block: -1 }, { fee: 1 }, { fee: -0.1 }])(
    'is refused for %j',
    (bad) => {
      expect(() => Lvr.tradeProbability({ ...terms, ...bad })).toThrow(MarketError);
    },
  );
});

describe('a position', () => {
  test('loses nothing to arbitrage outside its range and at its ends', () => {
    for (const price of [0.5, 1, 2, 3]) expect(Lvr.ofRange(0.05, 1, 2, price)).toBe(0);
    expect(Lvr.ofRange(0.05, 1, 2, 1.5)).toBeGreaterThan(0);
  });

  test('is refused for a volatility, a weight or a ratio that is none', () => {
    expect(() => Lvr.ofRange(-1, 1, 2, 1.5)).toThrow(MarketError);
    expect(() => ImpermanentLoss.ofWeighted(1.5, 2)).toThrow(/weight/);
    expect(() => ImpermanentLoss.ofRange(1, 2, 1.5, -1)).toThrow(/ratio/);
  });
});
