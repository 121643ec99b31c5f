import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ForecastError } from '../../forecast/Numbers.ts';
import * as Slices from './Slices.ts';
import * as Schedule from './Schedule.ts';

const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => min * (max / min) ** (step / 1_000_000));

const known = fc.record(
  {
    size: real(1, 1e6),
    reserve: real(1e4, 1e9),
    gas: real(0.01, 100),
    most: fc.integer({ min: 1, max: 40 }),
    interval: real(1, 600),
    risk: fc.record({ volatility: real(1e-5, 1e-3), aversion: real(1e-9, 1e-2) }),
    remaining: real(0.01, 0.99),
  },
  { requiredKeys: ['size', 'reserve', 'gas', 'most', 'interval'] },
);
const atoms = fc.bigInt({ min: 0n, max: 1n << 110n });
const total = (parts: readonly bigint[]) => parts.reduce((sum, part) => sum + part, 0n);

describe('a schedule', () => {
  test('of any kind adds up to the order, takes nothing back and no more slices than there are', () => {
    fc.assert(
      fc.property(known, atoms, (terms, whole) => {
        const parts = Schedule.cut(whole, Schedule.of(terms));
        expect(total(parts)).toBe(whole);
        expect(parts.length).toBeGreaterThanOrEqual(1);
        expect(parts.length).toBeLessThanOrEqual(terms.most);
        expect(parts.filter((part) => part < 0n)).toEqual([]);
      }),
    );
  });

  test('is chosen by what is known: risk, then resilience, then nothing', () => {
    fc.assert(
      fc.property(known, (terms) => {
        const { kind } = Schedule.of(terms);
        const wanted =
          terms.risk === undefined ? (terms.remaining === undefined ? 'refilled' : 'obizhaeva-wang') : 'almgren-chriss';
        expect(kind).toBe(terms.most === 1 ? 'equal' : wanted);
      }),
    );
  });

  test('of a pool that is refilled is the one that costs least', () => {
    fc.assert(
      fc.property(known, atoms, ({ size, reserve, gas, interval }, whole) => {
        const terms: Schedule.Known = { size, reserve, gas, interval, most: 1_000_000 };
        const { slices } = Slices.best(size, reserve, gas);
        fc.pre(slices < 1_000);
        expect(Schedule.cut(whole, Schedule.of(terms))).toEqual(Slices.equal(whole, slices));
      }),
    );
  });

  test('sells sooner the more averse its owner is, and equally where he is not', () => {
    const terms = { size: 1_000, reserve: 1e6, gas: 1, most: 10, interval: 12 };
    const first = (aversion: number) =>
      Schedule.cut(10n ** 18n, Schedule.of({ ...terms, risk: { volatility: 1e-4, aversion } }))[0] ?? 0n;
    const sooner = [1e-3, 1e-1, 10, 1_000].map(first);
    sooner.slice(1).forEach((part, index) => expect(part).toBeGreaterThan(sooner[index] ?? part));
    expect(Schedule.of({ ...terms, risk: { volatility: 1e-4, aversion: 0 } }).kind).toBe('refilled');
  });

  test('begins and ends with the most where the market refills gradually', () => {
    const parts = Schedule.cut(
      10n ** 18n,
      Schedule.of({ size: 1_000, reserve: 1e6, gas: 1, most: 5, interval: 12, remaining: 0.5 }),
    );
    expect(parts[0]).toBeGreaterThan(parts[1] ?? 0n);
    expect(parts.at(-1)).toBeGreaterThan(parts.at(-2) ?? 0n);
  });

  test('is refused on figures that are none', () => {
    const good = { size: 1, reserve: 1, gas: 1, most: 2, interval: 1 };
    for (const bad of [{ size: 0 }, { reserve: NaN }, { gas: -1 }, { most: 0 }, { most: 1.5 }, { interval: Infinity }])
      expect(() => Schedule.of({ ...good, ...bad })).toThrow(ForecastError);
    expect(() => Schedule.cut(1n, Schedule.of({ ...good, remaining: 1 }))).toThrow('remaining');
    expect(() => Schedule.cut(1n, { kind: 'equal', slices: 0 })).toThrow('parts');
  });
});
