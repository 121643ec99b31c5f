import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ForecastError } from '../../forecast/Numbers.ts';
import * as AlmgrenChriss from './AlmgrenChriss.ts';
import * as ObizhaevaWang from './ObizhaevaWang.ts';
import * as Sandwich from './Sandwich.ts';
import * as Slices from './Slices.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

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
        const { received } = Sandwich.attack(target, front);
        const least = Sandwich.quote(target) * (1 - slippage);
        expect(Math.abs(received / least - 1)).toBeLessThan(1e-9);
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
    expect(() => Sandwich.attack(good, -1)).toThrow('front');
    expect(() => Sandwich.safeSlippage(good, -1)).toThrow('gas');
    expect(() => Sandwich.threshold(0)).toThrow('fee');
  });
});

const order = fc.record({
  size: real(1, 1e7),
  horizon: real(0.1, 30),
  intervals: fc.integer({ min: 1, max: 40 }),
  volatility: real(0, 5),
  permanent: real(0, 1e-7),
  temporary: real(1e-5, 1e-3),
  spread: real(0, 1),
  aversion: real(0, 1e-4),
});

describe('the schedule of Almgren and Chriss', () => {
  const score = (terms: AlmgrenChriss.Order, holdings: readonly number[]) => {
    const { expectedCost, variance } = AlmgrenChriss.evaluate(terms, holdings);
    return expectedCost + terms.aversion * variance;
  };

  test('sells everything, never buys, and loses to no perturbation', () => {
    fc.assert(
      fc.property(order, fc.nat(), real(-0.05, 0.05), (terms, which, by) => {
        const { holdings } = AlmgrenChriss.of(terms);
        expect([holdings[0], holdings.at(-1)]).toEqual([terms.size, 0]);
        holdings.slice(1).forEach((left, index) => expect(left).toBeLessThanOrEqual(holdings[index] ?? NaN));
        const inner = 1 + (which % Math.max(1, terms.intervals - 1));
        const other = holdings.map((left, index) =>
          index === inner && index < terms.intervals ? left + by * terms.size : left,
        );
        expect(score(terms, other)).toBeGreaterThanOrEqual(score(terms, holdings) * (1 - 1e-12));
      }),
    );
  });

  test('without aversion is a straight line, and with more of it never holds more', () => {
    fc.assert(
      fc.property(order, real(1.1, 10), (terms, times) => {
        const calm = AlmgrenChriss.of({ ...terms, aversion: 0 }).holdings;
        calm.forEach((left, index) =>
          expect(left).toBeCloseTo(terms.size * (1 - index / terms.intervals), 5 - Math.ceil(Math.log10(terms.size))),
        );
        const hasty = AlmgrenChriss.of({ ...terms, aversion: terms.aversion * times }).holdings;
        const usual = AlmgrenChriss.of(terms).holdings;
        hasty.forEach((left, index) => expect(left).toBeLessThanOrEqual((usual[index] ?? NaN) * (1 + 1e-9)));
      }),
    );
  });

  test('scales with the order', () => {
    fc.assert(
      fc.property(order, real(0.1, 10), (terms, scale) => {
        const one = AlmgrenChriss.of(terms).holdings;
        const other = AlmgrenChriss.of({ ...terms, size: terms.size * scale }).holdings;
        one.forEach((left, index) =>
          expect(Math.abs((other[index] ?? NaN) - scale * left)).toBeLessThanOrEqual(1e-12 * scale * terms.size),
        );
      }),
    );
  });

  test('is refused where permanent impact makes trading free, and where a term is none', () => {
    const good = {
      size: 1,
      horizon: 1,
      intervals: 4,
      volatility: 1,
      permanent: 0,
      temporary: 1,
      spread: 0,
      aversion: 1,
    };
    for (const bad of [{ permanent: 8 }, { size: 0 }, { horizon: NaN }, { intervals: 1.5 }, { aversion: -1 }])
      expect(() => AlmgrenChriss.of({ ...good, ...bad })).toThrow(ForecastError);
    expect(() => AlmgrenChriss.evaluate(good, [1, 0])).toThrow('holdings');
  });
});

const book = fc.record({
  size: real(0.1, 1e6),
  trades: fc.integer({ min: 2, max: 30 }),
  remaining: real(0, 0.999),
  impact: real(1e-6, 1),
});

describe('the slices of Obizhaeva and Wang', () => {
  test('add up, cost what is stated, and lose to no transfer between two of them', () => {
    fc.assert(
      fc.property(book, fc.nat(), fc.nat(), real(-0.2, 0.2), (terms, one, other, share) => {
        const sizes = ObizhaevaWang.slices(terms);
        expect(sizes.reduce((total, size) => total + size, 0) / terms.size).toBeCloseTo(1, 10);
        const least = ObizhaevaWang.least(terms);
        expect(ObizhaevaWang.cost(sizes, terms.remaining, terms.impact) / least).toBeCloseTo(1, 9);
        const [from, to] = [one % terms.trades, other % terms.trades];
        const moved = sizes.map(
          (size, index) => size + share * terms.size * (Number(index === to) - Number(index === from)),
        );
        expect(ObizhaevaWang.cost(moved, terms.remaining, terms.impact)).toBeGreaterThanOrEqual(least * (1 - 1e-9));
      }),
    );
  });

  test('are refused where the book is none', () => {
    const good = { size: 1, trades: 3, remaining: 0.5, impact: 1 };
    for (const bad of [{ size: NaN }, { trades: 1 }, { remaining: 1 }, { impact: -1 }])
      expect(() => ObizhaevaWang.slices({ ...good, ...bad })).toThrow(ForecastError);
  });
});

const atoms = fc.oneof(fc.constantFrom(0n, 1n, 1n << 128n), fc.bigInt({ min: 0n, max: 1n << 110n }));

describe('slices', () => {
  test('of equal size add up and differ by an atom at most', () => {
    fc.assert(
      fc.property(atoms, fc.integer({ min: 1, max: 100 }), (whole, parts) => {
        const cut = Slices.equal(whole, parts);
        expect(cut.length).toBe(parts);
        expect(cut.reduce((total, part) => total + part, 0n)).toBe(whole);
        const sorted = cut.toSorted((a, b) => (a < b ? -1 : 1));
        expect((sorted.at(-1) ?? 0n) - (sorted[0] ?? 0n) <= 1n).toBe(true);
      }),
    );
  });

  test('of a schedule add up, are never negative and follow its proportions', () => {
    fc.assert(
      fc.property(atoms, fc.array(real(0, 1e9), { minLength: 1, maxLength: 30 }), (whole, proportions) => {
        fc.pre(proportions.some((part) => part > 0));
        const cut = Slices.weighted(whole, proportions);
        expect(cut.reduce((total, part) => total + part, 0n)).toBe(whole);
        const sum = proportions.reduce((total, part) => total + part, 0);
        cut.forEach((part, index) => {
          expect(part >= 0n).toBe(true);
          const wanted = (Number(whole) * (proportions[index] ?? NaN)) / sum;
          expect(Math.abs(Number(part) - wanted)).toBeLessThanOrEqual(2 + 1e-12 * Number(whole));
        });
      }),
    );
  });

  test('are as many as cost least', () => {
    fc.assert(
      fc.property(real(1, 1e6), real(1e4, 1e9), real(0.01, 100), (size, reserve, gas) => {
        const { slices, cost } = Slices.best(size, reserve, gas);
        const of = (count: number) => count * gas + size ** 2 / (count * reserve);
        expect(cost).toBeCloseTo(of(slices), 12);
        for (const other of [slices - 1, slices + 1].filter((count) => count >= 1))
          expect(of(other)).toBeGreaterThanOrEqual(cost * (1 - 1e-12));
      }),
    );
  });

  test('are refused where there is nothing to cut', () => {
    expect(() => Slices.best(0, 1, 1)).toThrow(ForecastError);
    expect(() => Slices.equal(-1n, 2)).toThrow('atoms');
    expect(() => Slices.equal(1n, 0)).toThrow('parts');
    for (const bad of [[], [0, 0], [1, -1], [NaN]]) expect(() => Slices.weighted(5n, bad)).toThrow(ForecastError);
  });
});
