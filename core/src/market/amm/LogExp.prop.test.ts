import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FixedError, ONE } from '../../money/Fixed.ts';
import * as LogExp from './LogExp.ts';

/** Fractions whose decimals end, so that the true power can be compared in whole numbers. */
const fraction = fc.constantFrom(
  [1n, 2n],
  [1n, 4n],
  [1n, 5n],
  [3n, 4n],
  [1n, 1n],
  [5n, 4n],
  [3n, 2n],
  [2n, 1n],
  [3n, 1n],
  [4n, 1n],
);

describe('a power in the contract’s fixed point', () => {
  test('lies between its two bounds, whatever the exponent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: ONE / 100n, max: 1_000n * ONE }), fraction, (x, [top = 1n, bottom = 1n]) => {
        const y = (top * ONE) / bottom;
        const [down, up] = [LogExp.powDown(x, y), LogExp.powUp(x, y)];
        // p ≤ x^(top/bottom) exactly where p^bottom·1e18^top ≤ x^top·1e18^bottom.
        const truth = x ** top * ONE ** bottom;
        expect(down ** bottom * ONE ** top <= truth).toBe(true);
        expect(up ** bottom * ONE ** top >= truth).toBe(true);
        // The margin is a hundred-millionth of a millionth, on either side.
        expect((up - down) * 10n ** 13n <= up + 100n * 10n ** 13n).toBe(true);
      }),
    );
  });

  test('agrees with floating point wherever that can tell', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        (x, y) => {
          const power = LogExp.pow(BigInt(Math.round(x * 1e18)), BigInt(Math.round(y * 1e18)));
          const truth = x ** y;
          expect(Math.abs(Number(power) / 1e18 - truth)).toBeLessThan(1e-12 * truth + 4e-18);
        },
      ),
    );
  });

  test('undoes its logarithm', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -20n * ONE, max: 100n * ONE }), (exponent) => {
        const back = LogExp.ln(LogExp.exp(exponent));
        // A small power has few digits left in eighteen decimals.
        const grain = exponent < 0n ? (2n * ONE) / LogExp.exp(exponent) + 100n : 100n;
        expect(back - exponent <= grain && exponent - back <= grain).toBe(true);
      }),
    );
  });

  test('of nothing, and to nothing', () => {
    expect(LogExp.pow(0n, 0n)).toBe(ONE);
    expect(LogExp.pow(0n, ONE)).toBe(0n);
    expect(LogExp.pow(7n * ONE, 0n)).toBe(ONE);
    expect(LogExp.exp(0n)).toBe(ONE);
    expect(LogExp.ln(ONE)).toBe(0n);
    expect(LogExp.powDown(0n, ONE / 2n)).toBe(0n);
  });

  // Numbers that anybody can look up, to the eighteen digits the contract keeps.
  test.each([
    [ONE, 2_718_281_828_459_045_235n],
    [ONE / 2n, 1_648_721_270_700_128_146n],
    [-ONE, 367_879_441_171_442_321n],
    [10n * ONE, 22_026_465_794_806_716_516_957n],
  ])('e^(%d/1e18)', (exponent, power) => {
    const found = LogExp.exp(exponent);
    expect(found - power < 100_000n && power - found < 100_000n).toBe(true);
    expect(found.toString().slice(0, 17)).toBe(power.toString().slice(0, 17));
  });

  test('is refused where the contract’s word ends, with the bounds named', () => {
    expect(() => LogExp.exp(131n * ONE)).toThrow(FixedError);
    expect(() => LogExp.exp(-42n * ONE)).toThrow(/\[-41, 130\]/);
    expect(() => LogExp.ln(0n)).toThrow(FixedError);
    expect(() => LogExp.ln(-ONE)).toThrow(FixedError);
    expect(() => LogExp.pow(-1n, ONE)).toThrow(FixedError);
    expect(() => LogExp.pow(ONE, -1n)).toThrow(FixedError);
    expect(() => LogExp.pow(1n << 250n, 3n * ONE)).toThrow(FixedError);
  });
});
