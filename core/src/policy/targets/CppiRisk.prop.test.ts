import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ForecastError } from '../../forecast/Numbers.ts';
import * as CppiRisk from './CppiRisk.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const insuring = fc.record({
  value: between(900, 2_000),
  guarantee: between(0, 850),
  years: between(0.1, 3),
  multiplier: between(1.05, 12),
  drift: between(-0.3, 0.5),
  volatility: between(0.05, 1.2),
  rate: between(0, 0.1),
});
const plain: CppiRisk.Insured = {
  value: 1_000,
  guarantee: 800,
  years: 1,
  multiplier: 4,
  drift: 0.15,
  volatility: 0.4,
  rate: 0.03,
};

describe('rebalanced all the time', () => {
  test('the guarantee is kept whatever the price does, and more price is more value', () => {
    fc.assert(
      fc.property(insuring, between(0.05, 5), between(1, 2), (insured, gross, more) => {
        const value = CppiRisk.continuousValue(insured, gross);
        expect(value).toBeGreaterThanOrEqual(insured.guarantee);
        expect(CppiRisk.continuousValue(insured, gross * more)).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  test('scaling money scales every figure', () => {
    fc.assert(
      fc.property(insuring, between(0.01, 1_000), (insured, scale) => {
        const larger = { ...insured, value: insured.value * scale, guarantee: insured.guarantee * scale };
        const [one, other] = [CppiRisk.continuous(insured), CppiRisk.continuous(larger)];
        expect(other.mean / (one.mean * scale)).toBeCloseTo(1, 9);
        expect(other.deviation / (one.deviation * scale)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('a multiplier of nearly one is a portfolio bought and held', () => {
    const held = CppiRisk.continuousValue({ ...plain, multiplier: 1 + 1e-12 }, 0.7);
    expect(held).toBeCloseTo(800 + CppiRisk.cushion(plain) * 0.7, 6);
  });
});

describe('rebalanced in steps', () => {
  test('more steps come nearer to continuous rebalancing, in mean and in safety', () => {
    const wanted = CppiRisk.continuous(plain).mean;
    const [few, many] = [CppiRisk.discrete(plain, 12), CppiRisk.discrete(plain, 5_000)];
    expect(Math.abs(many.mean - wanted)).toBeLessThan(Math.abs(few.mean - wanted) / 50);
    expect(many.global).toBeLessThan(1e-12);
  });

  test('a larger multiplier, and a cost, are never safer', () => {
    fc.assert(
      fc.property(insuring, fc.integer({ min: 1, max: 500 }), between(0, 0.01), (insured, steps, cost) => {
        const { local, global } = CppiRisk.gap(insured, steps);
        expect(global).toBeGreaterThanOrEqual(local * (1 - 1e-9));
        expect(CppiRisk.gap({ ...insured, multiplier: insured.multiplier + 1 }, steps).local).toBeGreaterThanOrEqual(
          local,
        );
        expect(CppiRisk.gap(insured, steps, cost).local).toBeGreaterThanOrEqual(local);
      }),
    );
  });

  test('the largest multiplier uses its budget up and no more', () => {
    fc.assert(
      fc.property(
        insuring,
        fc.integer({ min: 1, max: 500 }),
        between(0.001, 0.5),
        between(0, 0.01),
        (insured, steps, budget, cost) => {
          const multiplier = CppiRisk.largestMultiplier(insured, steps, budget, cost);
          const at = (m: number) => CppiRisk.gap({ ...insured, multiplier: m }, steps, cost).global;
          expect(at(Math.min(multiplier, 1e9))).toBeLessThanOrEqual(budget * (1 + 1e-6));
          expect(at(Math.min(multiplier * 1.01, 1e9))).toBeGreaterThan(multiplier === Infinity ? -1 : budget);
        },
      ),
    );
  });

  test('a step pays exactly for its trade, whatever the return', () => {
    fc.assert(
      fc.property(between(1, 1e6), between(1.1, 12), between(0.5, 2), between(0, 0.02), (before, m, gross, cost) => {
        const safe = 1.001;
        const { cushion, exposure } = CppiRisk.step(before, m, gross, safe, cost);
        const drifted = m * before * gross;
        const unpaid = drifted - (m - 1) * before * safe;
        expect(Math.abs(cushion - (unpaid - cost * Math.abs(exposure - drifted)))).toBeLessThan(1e-9 * before);
        expect(exposure).toBe(cushion > 0 ? m * cushion : 0);
      }),
    );
  });
});

describe('a band of the multiplier', () => {
  test('is left where the price has moved the multiplier to its edge', () => {
    fc.assert(
      fc.property(between(2, 8), between(0.1, 0.9), between(1.05, 3), (multiplier, nearer, wider) => {
        const band = { low: 1 + (multiplier - 1) * nearer, multiplier, high: multiplier * wider };
        const { up, down, time } = CppiRisk.exit(band, plain);
        const after = (move: number) =>
          (multiplier * Math.exp(move)) / (multiplier * Math.exp(move) - (multiplier - 1));
        expect(after(up)).toBeCloseTo(band.low, 6);
        expect(after(-down)).toBeCloseTo(band.high, 6);
        expect(CppiRisk.exit({ ...band, high: band.high * 1.1 }, plain).time).toBeGreaterThan(time);
      }),
    );
  });
});

describe('a floor that follows the peak', () => {
  const returns = fc.array(between(0.75, 1.4), { minLength: 1, maxLength: 30 });

  test('is never fallen through by returns above 1 − 1/m, and the peak never falls', () => {
    fc.assert(
      fc.property(between(0.1, 0.95), returns, (alpha, path) => {
        let before = 1_000;
        path.forEach((_, index) => {
          const { value, peak } = CppiRisk.tipp(1_000, alpha, 3.9, path.slice(0, index + 1));
          expect(value).toBeGreaterThan(alpha * peak * (1 - 1e-12));
          expect(peak).toBeGreaterThanOrEqual(before);
          before = peak;
        });
      }),
    );
  });

  test('followed in small steps comes to the closed form', () => {
    const steps = 40_000;
    const [volatility, multiplier, alpha] = [0.5, 2, 0.8];
    const length = 1 / steps;
    // A path whose steps are all one deviation up or down has exactly the quadratic variation that the closed form assumes.
    const logPrices = [0];
    for (let index = 0; index < steps; index++) {
      const up = (index * 7_919) % 10_000 < 5_000 + 100 * Math.sin((3 * Math.PI * index) / steps);
      logPrices.push((logPrices[index] ?? NaN) + (up ? 1 : -1) * volatility * Math.sqrt(length));
    }
    const returns = logPrices.slice(1).map((price, index) => Math.exp(price - (logPrices[index] ?? NaN)));
    expect(Math.max(...logPrices)).toBeGreaterThan(0.3);
    const closed = CppiRisk.tippContinuous({ value: 1_000, alpha, multiplier, volatility }, length, logPrices);
    const stepped = CppiRisk.tipp(1_000, alpha, multiplier, returns);
    expect(Math.abs(stepped.value / closed.value - 1)).toBeLessThan(1e-3);
    expect(Math.abs(stepped.peak / closed.peak - 1)).toBeLessThan(1e-3);
  });
});

test.each<readonly [string, () => unknown]>([
  ['value', () => CppiRisk.cushion({ ...plain, value: Number.NaN })],
  ['value', () => CppiRisk.cushion({ ...plain, value: 700 })],
  ['guarantee', () => CppiRisk.cushion({ ...plain, guarantee: -1 })],
  ['years', () => CppiRisk.continuous({ ...plain, years: 0 })],
  ['multiplier', () => CppiRisk.discrete({ ...plain, multiplier: 1 }, 12)],
  ['volatility', () => CppiRisk.gap({ ...plain, volatility: 0 }, 12)],
  ['drift and rate[0]', () => CppiRisk.gap({ ...plain, drift: Number.NaN }, 12)],
  ['steps', () => CppiRisk.discrete(plain, 0)],
  ['steps', () => CppiRisk.discrete(plain, 1.5)],
  ['cost', () => CppiRisk.gap(plain, 12, -0.1)],
  ['cost', () => CppiRisk.step(100, 5, 1, 1, 0.2)],
  ['before', () => CppiRisk.step(Number.NaN, 5, 1, 1)],
  ['budget', () => CppiRisk.largestMultiplier(plain, 12, 0)],
  ['gross', () => CppiRisk.continuousValue(plain, 0)],
  ['low', () => CppiRisk.exit({ low: 1, multiplier: 4, high: 5 }, plain)],
  ['high', () => CppiRisk.exit({ low: 2, multiplier: 4, high: 4 }, plain)],
  ['alpha', () => CppiRisk.tipp(1_000, 1, 3, [1])],
  ['returns[1]', () => CppiRisk.tipp(1_000, 0.8, 3, [1, -1])],
  ['logPrices', () => CppiRisk.tippContinuous({ value: 1, alpha: 0.5, multiplier: 2, volatility: 0.5 }, 0.1, [])],
])('is refused at %s', (path, compute) => {
  let caught: unknown;
  try {
    compute();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(ForecastError);
  expect((caught as ForecastError).path).toBe(path);
});
