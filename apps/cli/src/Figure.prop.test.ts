import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Figure from './Figure.ts';

describe('a figure', () => {
  test.each([
    [1_234_567_890_000_000_000_000n, '$1,234.56'],
    [-5n * 10n ** 17n, '-$0.5000'],
    [0n, '$0.00'],
    [10n ** 24n, '$1,000,000.00'],
  ])('of %d D18 dollars reads %s', (value, shown) => {
    expect(Figure.usd(value)).toBe(shown);
  });

  test('of an amount drops only what is finer than six decimals', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: 0, max: 27 }),
        (atoms, decimals) => {
          const [number = '', symbol] = Figure.amount(atoms, { symbol: 'TKN', decimals }).split(' ');
          const [units = '', fraction = ''] = number.replaceAll(',', '').replace('-', '').split('.');
          const back = BigInt(units) * 10n ** BigInt(decimals) + BigInt(fraction.padEnd(decimals, '0') || '0');
          const size = atoms < 0n ? -atoms : atoms;
          expect(symbol).toBe('TKN');
          expect(size - back >= 0n && size - back < 10n ** BigInt(Math.max(0, decimals - 6))).toBe(true);
        },
      ),
    );
  });

  test('of a difference always carries a sign, and never a negative zero', () => {
    expect([0.008, -0.0123, -0.00001, 0].map(Figure.points)).toEqual(['+0.80 pp', '-1.23 pp', '+0.00 pp', '+0.00 pp']);
  });

  test('of a duration has its two largest units', () => {
    expect([0, 59, 3_661, 90_061, 604_800].map(Figure.duration)).toEqual(['0s', '59s', '1h 1m', '1d 1h', '7d']);
  });
});
