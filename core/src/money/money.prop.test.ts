import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Time from './Time.ts';
import * as Amount from './Amount.ts';
import { approximate } from './approximate.ts';
import * as Bps from './Bps.ts';
import * as Fixed from './Fixed.ts';
import * as Price from './Price.ts';
import * as Weight from './Weight.ts';

const signed = fc.bigInt({ min: -(1n << 256n), max: 1n << 256n });
const positive = fc.bigInt({ min: 1n, max: 1n << 256n });
const atoms = fc.oneof(fc.constant(1n), fc.constant(1n << 128n), fc.bigInt({ min: 0n, max: 1n << 128n }));
const decimals = fc.oneof(fc.constantFrom(0, 6, 8, 18, 27), fc.integer({ min: 0, max: 36 }));
const price = fc.bigInt({ min: 1n, max: 10n ** 30n });

describe('division', () => {
  test('down and up enclose the quotient and differ by one exactly where there is a remainder', () => {
    fc.assert(
      fc.property(signed, positive, (n, d) => {
        const [down, up] = [Fixed.divDown(n, d), Fixed.divUp(n, d)];
        expect(down * d <= n && n <= up * d).toBe(true);
        expect(up - down).toBe(n % d === 0n ? 0n : 1n);
      }),
    );
  });

  test('a square root is the largest integer whose square fits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 512n }), (n) => {
        const root = Fixed.sqrtDown(n);
        expect(root * root <= n && n < (root + 1n) * (root + 1n)).toBe(true);
      }),
    );
    expect([0n, 1n, 2n, 3n, 4n, 8n, 9n].map(Fixed.sqrtDown)).toEqual([0n, 1n, 1n, 1n, 2n, 2n, 3n]);
    expect(() => Fixed.sqrtDown(-1n)).toThrow(Fixed.FixedError);
  });

  test('the smaller and the larger of two are those two', () => {
    fc.assert(
      fc.property(signed, signed, (a, b) => {
        const [least, most] = [Fixed.min(a, b), Fixed.max(a, b)];
        expect(least <= most && least + most === a + b && (least === a || least === b)).toBe(true);
      }),
    );
  });

  test('powers of ten outside the table are refused', () => {
    expect(Fixed.pow10(72)).toBe(10n ** 72n);
    for (const exponent of [-1, 73, 0.5, Number.NaN]) expect(() => Fixed.pow10(exponent)).toThrow(Fixed.FixedError);
  });
});

describe('decimal text', () => {
  test('what is written reads back the same', () => {
    fc.assert(
      fc.property(signed, fc.integer({ min: 0, max: 40 }), (value, scale) => {
        expect(Fixed.parse(Fixed.format(value, scale), scale)).toBe(value);
      }),
    );
  });

  test.each(['', '.', '1.', '.5', '1e3', 'NaN', 'Infinity', '0x10', '1,000', ' 1', '--1', '+1'])(
    '%j is refused',
    (text) => {
      expect(() => Fixed.parse(text, 18)).toThrow(Fixed.FixedError);
    },
  );

  test('digits that would be lost are refused, zeros are not', () => {
    expect(Fixed.parse('1.500000', 1)).toBe(15n);
    expect(() => Fixed.parse('1.55', 1)).toThrow(/more than 1 decimals/);
    expect(() => Fixed.parse('1.05', 1)).toThrow(/more than 1 decimals/);
    expect(Fixed.parse('-0.5', 1)).toBe(-5n);
  });

  test('is written without zeros that say nothing', () => {
    const written = [
      [0n, 0],
      [-7n, 0],
      [100n, 0],
      [100n, 2],
      [-5n, 2],
      [1_050n, 3],
      [1_000n, 4],
    ] as const;
    expect(written.map(([value, scale]) => Fixed.format(value, scale))).toEqual([
      '0',
      '-7',
      '100',
      '1',
      '-0.05',
      '1.05',
      '0.1',
    ]);
  });
});

describe('atoms and dollars', () => {
  test('whoever a value is rounded against loses less than one D18 dollar', () => {
    fc.assert(
      fc.property(atoms, decimals, price, (amount, scale, at) => {
        const [down, up] = [Amount.valueDown(amount, scale, at), Amount.valueUp(amount, scale, at)];
        expect(up - down === 0n || up - down === 1n).toBe(true);
        expect(down * Fixed.pow10(scale) <= amount * at).toBe(true);
      }),
    );
  });

  test('there and back never makes an atom', () => {
    fc.assert(
      fc.property(atoms, decimals, price, (amount, scale, at) => {
        expect(Amount.atomsDown(Amount.valueDown(amount, scale, at), scale, at) <= amount).toBe(true);
        expect(Amount.atomsUp(Amount.valueUp(amount, scale, at), scale, at) >= amount).toBe(true);
      }),
    );
  });

  test('a value never buys an atom too many, nor asks for one too few', () => {
    fc.assert(
      fc.property(atoms, decimals, price, (usd, scale, at) => {
        const [down, up] = [Amount.atomsDown(usd, scale, at), Amount.atomsUp(usd, scale, at)];
        const worth = usd * Fixed.pow10(scale);
        expect(down * at <= worth && worth < (down + 1n) * at).toBe(true);
        expect(up * at >= worth && worth > (up - 1n) * at).toBe(true);
      }),
    );
  });

  test('a debt is worth the opposite of the holding, rounded the other way', () => {
    fc.assert(
      fc.property(atoms, decimals, price, (amount, scale, at) => {
        expect(Amount.valueDown(-amount, scale, at)).toBe(-Amount.valueUp(amount, scale, at));
      }),
    );
  });

  test('amounts of one asset add up, of two do not', () => {
    const [one, two] = [
      { asset: 'a', atoms: 5n },
      { asset: 'b', atoms: 7n },
    ];
    expect(Amount.sub(one, Amount.neg(one))).toEqual({ asset: 'a', atoms: 10n });
    expect(() => Amount.add(one, two)).toThrow(Amount.MixedAssets);
  });
});

describe('belief', () => {
  test('an approximation is right to two units in the last place', () => {
    fc.assert(
      fc.property(positive, positive, (n, d) => {
        const scaled = (n << 600n) / d;
        const back = (BigInt(Math.round(approximate(n, d) * 2 ** 52 * 2 ** -exponent(n, d))) << 600n) >> 52n;
        const shifted = exponent(n, d) >= 0 ? back << BigInt(exponent(n, d)) : back >> BigInt(-exponent(n, d));
        const gap = scaled > shifted ? scaled - shifted : shifted - scaled;
        expect(gap * (1n << 50n) <= scaled).toBe(true);
      }),
    );
  });

  test('weights sum to one or do not', () => {
    expect(Weight.sumToOne([0.1, 0.2, 0.7])).toBe(true);
    for (const bad of [[], [0.5], [1.5, -0.5], [Number.NaN, 1], [0.6, 0.4 + 2e-9], [Infinity, -Infinity]]) {
      expect(Weight.sumToOne(bad)).toBe(false);
    }
    expect(Weight.sumToOne([1])).toBe(true);
    expect(Weight.sumToOne([0, 0.5, 0.5 + 5e-10])).toBe(true);
    for (const bad of [[0.5, 0.5 - 2e-9], [1 + 5e-10], [-5e-10, 1]]) expect(Weight.sumToOne(bad)).toBe(false);
  });
});

describe('words', () => {
  test.each([
    [0n, '$0.00'],
    [12n * Fixed.ONE, '$12.00'],
    [(99_999n * Fixed.ONE) / 1_000n, '$100'],
    [(99_994n * Fixed.ONE) / 1_000n, '$99.99'],
    [100n * Fixed.ONE, '$100'],
    [(100_490n * Fixed.ONE) / 1_000n, '$100'],
    [(100_499n * Fixed.ONE) / 1_000n, '$100'],
    [(100_500n * Fixed.ONE) / 1_000n, '$101'],
    [(999_490n * Fixed.ONE) / 1_000n, '$999'],
    [(999_500n * Fixed.ONE) / 1_000n, '$1,000'],
    [(4_999n * Fixed.ONE) / 1_000_000n, '$0.00'],
    [(5n * Fixed.ONE) / 1_000n, '$0.01'],
    [(1_234_567_890n * Fixed.ONE) / 1_000n, '$1,234,568'],
    [(-5n * Fixed.ONE) / 100n, '−$0.05'],
  ])('%d reads %s', (usd, text) => {
    expect(Price.dollars(usd)).toBe(text);
  });

  test('weights and distances keep a digit that says something', () => {
    expect([Weight.percent(0.571), Weight.percent(0), Weight.points(0.008), Weight.points(0.0004)]).toEqual([
      '57.1 %',
      '0.0 %',
      '0.8 pp',
      '0.04 pp',
    ]);
  });

  test('tokens keep six figures', () => {
    expect([
      Amount.tokens(1_234_567_891n, 6),
      Amount.tokens(1n, 18),
      Amount.tokens(445_782n, 8),
      Amount.tokens(7n, 0),
    ]).toEqual(['1234.56', '0.000000000000000001', '0.00445782', '7']);
  });

  test('shares in basis points are rounded against the one who is named', () => {
    fc.assert(
      fc.property(atoms, fc.integer({ min: 0, max: 10_000 }), (amount, bps) => {
        expect(Bps.shareDown(amount, bps) + Bps.shareUp(amount, Bps.ONE - bps)).toBe(amount);
      }),
    );
  });
});

/** Find e with 2^(e-1) < n/d < 2^(e+1). */
function exponent(n: bigint, d: bigint): number {
  return n.toString(2).length - d.toString(2).length;
}

describe('a calendar', () => {
  test('counts days as the language itself does, and knows which dates there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        expect(Time.dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(day);
      }),
    );
    expect([Time.dayOf(2024, 2, 29), Time.dayOf(2023, 2, 29), Time.dayOf(2100, 2, 29)]).toEqual([
      19_782,
      undefined,
      undefined,
    ]);
    expect([Time.dayOf(2024, 0, 1), Time.dayOf(2024, 13, 1), Time.dayOf(2024, 4, 31)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
