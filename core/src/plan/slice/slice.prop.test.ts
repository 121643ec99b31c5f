import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ForecastError } from '../../forecast/Numbers.ts';
import * as AlmgrenChriss from './AlmgrenChriss.ts';
import * as ObizhaevaWang from './ObizhaevaWang.ts';
import * as Slices from './Slices.ts';

/** Spread evenly, or in logarithms where zero is out: `fc.double` from zero on is nearly always next to nothing. */
const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => {
    const part = step / 1_000_000;
    return min > 0 ? min * (max / min) ** part : min + (max - min) * part;
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

  test('is as urgent as its equation says, and decays in proportion to what is left', () => {
    fc.assert(
      fc.property(order, (terms) => {
        const { urgency, holdings } = AlmgrenChriss.of(terms);
        const step = terms.horizon / terms.intervals;
        const adjusted = terms.temporary - (terms.permanent * step) / 2;
        const wanted = 1 + (terms.aversion * terms.volatility ** 2 * step ** 2) / (2 * adjusted);
        expect(Math.cosh(urgency * step) / wanted).toBeCloseTo(1, 9);
        // What the optimum solves (Almgren and Chriss, 2001, equation 16).
        for (let index = 1; index < terms.intervals; index++) {
          const [before, now, after] = holdings.slice(index - 1, index + 2).map((left) => left / terms.size);
          expect((before ?? NaN) + (after ?? NaN)).toBeCloseTo(2 * wanted * (now ?? NaN), 9);
        }
      }),
    );
  });

  test('costs what can be added up by hand', () => {
    const terms = {
      size: 10,
      horizon: 4,
      intervals: 2,
      volatility: 3,
      permanent: 0.25,
      temporary: 1,
      spread: 0.5,
      aversion: 0,
    };
    // Trades of 6 and 4 in intervals of 2: 12.5 for good, 5 of spread, and (1 − 0.25)/2 of 36 + 16; risk while 4 are left.
    expect(AlmgrenChriss.evaluate(terms, [10, 4, 0])).toEqual({ expectedCost: 37, variance: 9 * 2 * 16 });
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
    for (const bad of [
      { permanent: 8 },
      { size: 0 },
      { horizon: NaN },
      { intervals: 1.5 },
      { intervals: 0 },
      { aversion: -1 },
      { spread: Infinity },
    ])
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
    for (const bad of [
      { size: NaN },
      { trades: 1 },
      { remaining: 1 },
      { remaining: -0.1 },
      { impact: -1 },
      { impact: Infinity },
    ])
      expect(() => ObizhaevaWang.slices({ ...good, ...bad })).toThrow(ForecastError);
    expect(() => ObizhaevaWang.cost([], 0, 0)).toThrow('sizes');
    expect(() => ObizhaevaWang.cost([1], 1, 0)).toThrow('remaining');
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
    expect(() => Slices.weighted(-1n, [1])).toThrow('atoms');
    expect(() => Slices.equal(1n, 0)).toThrow('parts');
    for (const bad of [[], [0, 0], [1, -1], [3, -1], [NaN], [Infinity]])
      expect(() => Slices.weighted(5n, bad)).toThrow(ForecastError);
  });
});
