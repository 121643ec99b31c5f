import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Impact from './Impact.ts';
import { ForecastError } from './Numbers.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const orders = fc
  .array(fc.record({ share: real(0.001, 0.3), volatility: real(0.005, 0.1) }), { minLength: 10, maxLength: 40 })
  .filter((list) => Math.max(...list.map(({ share }) => share)) > 4 * Math.min(...list.map(({ share }) => share)));
const shape = fc.constantFrom('square-root' as const, 'linear' as const);

describe('impact', () => {
  test('is learnt from fills that obey a law, and the right one of the two is kept', () => {
    fc.assert(
      fc.property(orders, shape, real(0.1, 3), (list, kind, coefficient) => {
        const law = { shape: kind, coefficient, error: 0, residual: 0 };
        const samples = list.map((order) => ({ ...order, cost: Impact.predict(law, order) }));
        const found = Impact.best(samples);
        expect(found.shape).toBe(kind);
        expect(found.coefficient).toBeCloseTo(coefficient, 9);
        const { exponent } = Impact.exponent(samples);
        expect(exponent).toBeCloseTo(kind === 'linear' ? 1 : 0.5, 6);
      }),
    );
  });

  test('is wrong by about its own error: 200 fills with noise of twice their cost', () => {
    const law = { shape: 'square-root', coefficient: 1, error: 0, residual: 0 } as const;
    const samples = Array.from({ length: 200 }, (_, index) => {
      const order = { share: 0.01 + (index % 20) / 100, volatility: 0.03 };
      // Noise that is known and has no mean: ± the same, in an order that has nothing to do with size.
      const sign = Math.floor(index / 20) % 2 === 0 ? 1 : -1;
      return { ...order, cost: Impact.predict(law, order) + sign * 0.02 };
    });
    const { coefficient, error, residual } = Impact.fit('square-root', samples);
    expect(Math.abs(coefficient - 1)).toBeLessThan(3 * error);
    expect(residual).toBeCloseTo(0.02, 3);
    expect(error).toBeLessThan(0.2);
  });

  test('grows with size: four times the share costs twice as much by the root and four times by the line', () => {
    fc.assert(
      fc.property(real(0.001, 0.2), real(0.01, 0.1), (share, volatility) => {
        const ratio = (kind: Impact.Shape) => {
          const law = { shape: kind, coefficient: 0.7, error: 0, residual: 0 };
          return Impact.predict(law, { share: 4 * share, volatility }) / Impact.predict(law, { share, volatility });
        };
        expect(ratio('square-root')).toBeCloseTo(2, 12);
        expect(ratio('linear')).toBeCloseTo(4, 12);
      }),
    );
  });

  const fills = Array.from({ length: 10 }, (_, index) => ({
    share: 0.01 * (index + 1),
    volatility: 0.02,
    cost: 0.001,
  }));
  test.each([
    ['nine fills', () => Impact.fit('linear', fills.slice(1))],
    ['a fill of nothing', () => Impact.fit('linear', [...fills, { share: 0, volatility: 0.02, cost: 0 }])],
    ['a NaN', () => Impact.best([...fills, { share: 0.1, volatility: Number.NaN, cost: 0 }])],
    ['a cost that is no number', () => Impact.best([...fills, { share: 0.1, volatility: 0.1, cost: Infinity }])],
    ['a gain in logarithms', () => Impact.exponent([...fills, { share: 0.1, volatility: 0.1, cost: -0.001 }])],
    ['fills of one size in logarithms', () => Impact.exponent(fills.map((one) => ({ ...one, share: 0.1 })))],
    ['an order of nothing', () => Impact.predict(Impact.fit('linear', fills), { share: 0, volatility: 1 })],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});
