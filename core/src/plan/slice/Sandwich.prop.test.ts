import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ForecastError } from '../../forecast/Numbers.ts';
import * as Sandwich from './Sandwich.ts';

/** Spread evenly, or in logarithms where zero is out: `fc.double` from zero on is nearly always next to nothing. */
const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => {
    const part = step / 1_000_000;
    return min > 0 ? min * (max / min) ** part : min + (max - min) * part;
  });

const victim = fc.record({
  reserveIn: real(1e3, 1e9),
  reserveOut: real(1, 1e9),
  share: real(1e-5, 0.5),
  fee: fc.constantFrom(0, 0.0005, 0.003, 0.01),
});
const victimOf = ({
  reserveIn,
  reserveOut,
  share,
  fee,
}: { [name in 'reserveIn' | 'reserveOut' | 'share' | 'fee']: number }) => ({
  reserveIn,
  reserveOut,
  size: share * reserveIn,
  fee,
});

describe('a sandwich', () => {
  test('takes the victim exactly to what it accepts, and no further', () => {
    fc.assert(
      fc.property(victim, real(1e-4, 0.3), (terms, slippage) => {
        const target = victimOf(terms);
        const front = Sandwich.frontRun(target, slippage);
        const { received, loss } = Sandwich.attack(target, front);
        const least = Sandwich.quote(target) * (1 - slippage);
        expect(Math.abs(received / least - 1)).toBeLessThan(1e-9);
        expect(Math.abs((received + loss) / Sandwich.quote(target) - 1)).toBeLessThan(1e-9);
        expect(Sandwich.attack(target, front * 1.01).received).toBeLessThan(least);
      }),
    );
  });

  test('of the worst kind beats every permitted front-run on a grid', () => {
    fc.assert(
      fc.property(victim, real(1e-4, 0.3), (terms, slippage) => {
        const target = victimOf(terms);
        const { profit } = Sandwich.worst(target, slippage);
        const most = Sandwich.frontRun(target, slippage);
        for (let step = 0; step <= 50; step++) {
          const other = Sandwich.attack(target, (most * step) / 50).profit;
          expect(other - profit).toBeLessThanOrEqual(1e-9 * target.size);
        }
      }),
    );
  });

  test('never pays below the threshold, and pays above it with free gas', () => {
    fc.assert(
      fc.property(real(1e-4, 0.02), real(0.05, 0.99), real(1.01, 3), (fee, below, above) => {
        const share = Sandwich.threshold(fee);
        const sized = (size: number) => ({ reserveIn: 1e6, reserveOut: 1e6, size: size * 1e6, fee });
        expect(Sandwich.worst(sized(share * below), 0.5).profit).toBe(0);
        expect(Sandwich.worst(sized(share * above), 0.5).profit).toBeGreaterThan(0);
      }),
    );
  });

  test('earns its gas, no more, at the safe slippage; dearer gas permits more', () => {
    fc.assert(
      fc.property(victim, real(1e-5, 1e-3), (terms, share) => {
        const target = victimOf({ ...terms, share: Math.max(terms.share, 0.05) });
        const gas = share * target.size;
        const safe = Sandwich.safeSlippage(target, gas);
        expect(Sandwich.safeSlippage(target, 2 * gas)).toBeGreaterThanOrEqual(safe);
        expect(Math.abs(Sandwich.worst(target, safe).profit / gas - 1)).toBeLessThan(1e-6);
      }),
      { numRuns: 30 },
    );
  });

  test('of a swap below the threshold is safe at any slippage', () => {
    expect(Sandwich.safeSlippage({ reserveIn: 1e6, reserveOut: 1e6, size: 2_000, fee: 0.003 }, 0)).toBe(1);
  });

  test('is refused where the pool or the terms are none', () => {
    const good = { reserveIn: 1e6, reserveOut: 1e6, size: 1e3, fee: 0.003 };
    for (const bad of [{ reserveIn: 0 }, { reserveOut: NaN }, { size: -1 }, { fee: 1 }, { fee: NaN }])
      expect(() => Sandwich.quote({ ...good, ...bad })).toThrow(ForecastError);
    expect(() => Sandwich.frontRun(good, 1)).toThrow('slippage');
    expect(() => Sandwich.frontRun(good, NaN)).toThrow('slippage');
    expect(() => Sandwich.frontRun(good, -0.1)).toThrow('slippage');
    expect(() => Sandwich.attack(good, -1)).toThrow('front');
    expect(() => Sandwich.attack(good, Infinity)).toThrow('front');
    expect(() => Sandwich.attack({ ...good, fee: -0.1 }, 1)).toThrow('fee');
    for (const gas of [-1, Infinity]) expect(() => Sandwich.safeSlippage(good, gas)).toThrow('gas');
    expect(() => Sandwich.threshold(0)).toThrow('fee');
  });
});
