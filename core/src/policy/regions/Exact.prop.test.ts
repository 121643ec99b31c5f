// The exact regions of one asset: each is the best of its kind, they agree with each other where they meet, and leading order is
// their limit.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as NoTrade from './NoTrade.ts';
import * as Proportional from './Proportional.ts';
import * as Renewal from './Renewal.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const log = (low: number, high: number) => real(Math.log(low), Math.log(high)).map(Math.exp);
/** Markets of which the best weight is well inside (0, 1). */
const markets = (fixed: fc.Arbitrary<number>, proportional: fc.Arbitrary<number>) =>
  fc
    .record({
      weight: real(0.3, 0.7),
      volatility: real(0.2, 1),
      aversion: fc.constantFrom(1, 2, 5, 0.7),
      fixed,
      proportional,
    })
    .map(({ weight, ...rest }): Renewal.Market => ({ ...rest, drift: weight * rest.aversion * rest.volatility ** 2 }));
const settingOf = ({ drift, volatility, aversion, proportional, fixed }: Renewal.Market): NoTrade.Setting => {
  const curvature = aversion * volatility ** 2;
  return { curvature, variance: NoTrade.varianceOf(drift / curvature, volatility), proportional, fixed };
};
const without = ({ drift, volatility, aversion }: Renewal.Market) => drift ** 2 / (2 * aversion * volatility ** 2);

describe('the best band under a fixed cost', () => {
  const some = markets(log(1e-6, 1e-4), fc.oneof(fc.constant(0), log(1e-4, 5e-3)));

  test('is beaten by no band nearby', () => {
    fc.assert(
      fc.property(some, fc.array(real(-1, 1), { minLength: 4, maxLength: 4 }), (market, moves) => {
        const { low, lowLanding, highLanding, high, growth } = Renewal.best(market);
        const room = Math.min(lowLanding - low, high - highLanding);
        const [a = 0, b = 0, c = 0, d = 0] = moves.map((move) => (move * room) / 3);
        const [below, above] = [lowLanding + b, highLanding + c].toSorted((one, other) => one - other);
        const other = { low: low + a, lowLanding: below ?? 0, highLanding: above ?? 0, high: high + d };
        expect(Renewal.evaluate(market, other).growth).toBeLessThanOrEqual(growth + 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  test('grows by less than without costs, by what leading order says', () => {
    fc.assert(
      fc.property(some, (market) => {
        const lost = without(market) - Renewal.best(market).growth;
        expect(lost).toBeGreaterThan(0);
        expect(Math.abs(lost / NoTrade.of(settingOf(market)).cost - 1)).toBeLessThan(0.1);
      }),
      { numRuns: 30 },
    );
  });

  test('comes to leading order as the cost goes to nothing, edges and landings', () => {
    const market = { drift: 0.3, volatility: 0.8, aversion: 1, fixed: 1e-9, proportional: 1e-5 };
    const { low, lowLanding, highLanding, high } = Renewal.best(market);
    const { trigger, landing } = NoTrade.of(settingOf(market));
    expect((high - low) / 2 / trigger).toBeCloseTo(1, 2);
    expect((highLanding - lowLanding) / 2 / landing).toBeCloseTo(1, 1);
  });

  test('comes to the exact region of the proportional cost as the fixed one goes to nothing', () => {
    for (const aversion of [1, 3]) {
      const market = { drift: 0.45 * aversion * 0.64, volatility: 0.8, aversion, fixed: 1e-12, proportional: 0.005 };
      const [mixed, exact] = [Renewal.best(market), Proportional.of(market)];
      expect(mixed.low).toBeCloseTo(exact.buyAt, 3);
      expect(mixed.high).toBeCloseTo(exact.sellAt, 3);
      expect(mixed.growth).toBeCloseTo(exact.safeRate, 6);
      expect(mixed.growth).toBeLessThan(exact.safeRate);
    }
  });
});

describe('any band', () => {
  const policy = { low: 0.42, lowLanding: 0.45, highLanding: 0.55, high: 0.58 };
  const market = { drift: 0.32, volatility: 0.8, aversion: 1, proportional: 0.003, fixed: 1e-4 };

  test('is worth the same to one whose aversion is nearly that of log utility', () => {
    const log1 = Renewal.evaluate(market, policy).growth;
    for (const aversion of [0.9999, 1.0001]) {
      expect(Renewal.evaluate({ ...market, aversion }, policy).growth).toBeCloseTo(log1, 4);
    }
    const slope = (h: number) => Renewal.evaluate({ ...market, aversion: 1 + h }, policy).growth - log1;
    expect(slope(0.002) / slope(0.001)).toBeCloseTo(2, 1);
  });

  test('is worth less the dearer its trades, and trades as often', () => {
    fc.assert(
      fc.property(log(1e-6, 1e-2), log(1e-6, 1e-2), fc.constantFrom(1, 3), (fixed, proportional, aversion) => {
        const cheap = Renewal.evaluate({ ...market, fixed, proportional, aversion }, policy);
        const dear = Renewal.evaluate(
          { ...market, fixed: fixed * 1.5, proportional: proportional * 1.5, aversion },
          policy,
        );
        expect(dear.growth).toBeLessThan(cheap.growth);
        expect(dear.drag).toBeGreaterThan(cheap.drag);
        expect(dear.trades).toBe(cheap.trades);
      }),
    );
  });

  test('is worth the same in the mirror: cash for the asset, in units of it', () => {
    // For log utility the excess return of cash over the asset, counted in the asset, is σ² − μ.
    const one = Renewal.evaluate({ ...market, drift: 0.2, proportional: 0 }, policy);
    const other = Renewal.evaluate({ ...market, drift: 0.64 - 0.2, proportional: 0 }, policy);
    expect(one.trades).toBeCloseTo(other.trades, 9);
    // The growth of the asset itself is what lies between the two units.
    expect(one.growth).toBeCloseTo(other.growth + (0.2 - 0.32), 9);
  });

  test('is left later by one who looks seldom', () => {
    const seen = Renewal.watchedEvery(0.001, 0.8, policy);
    expect(seen.low).toBeLessThan(policy.low);
    expect(seen.high).toBeGreaterThan(policy.high);
    expect(Renewal.evaluate(market, seen).trades).toBeLessThan(Renewal.evaluate(market, policy).trades);
    const always = Renewal.watchedEvery(0, 0.8, policy);
    expect(always.low).toBeCloseTo(policy.low, 14);
    expect(always.high).toBeCloseTo(policy.high, 14);
  });
});

describe('the exact region of a proportional cost', () => {
  const some = markets(fc.constant(0), log(1e-5, 0.02));

  test('holds the best weight, widens with the cost, and is worth less than no cost by its premium', () => {
    fc.assert(
      fc.property(some, (market) => {
        const [one, dear] = [
          Proportional.of(market),
          Proportional.of({ ...market, proportional: market.proportional * 2 }),
        ];
        const weight = market.drift / (market.aversion * market.volatility ** 2);
        expect(one.buyAt).toBeLessThan(weight);
        expect(one.sellAt).toBeGreaterThan(weight);
        expect(dear.buyAt).toBeLessThan(one.buyAt);
        expect(dear.sellAt).toBeGreaterThan(one.sellAt);
        expect(dear.safeRate).toBeLessThan(one.safeRate);
        expect(one.safeRate).toBeLessThan(without(market));
        const rest = market.drift - one.premium;
        expect(rest ** 2 / (2 * market.aversion * market.volatility ** 2)).toBeCloseTo(one.safeRate, 12);
      }),
    );
  });

  test('loses what leading order says, three quarters of the spread on the shares that turn over', () => {
    fc.assert(
      fc.property(markets(fc.constant(0), log(1e-5, 1e-3)), (market) => {
        const exact = Proportional.of(market);
        const lost = without(market) - exact.safeRate;
        expect(Math.abs(lost / NoTrade.of(settingOf(market)).cost - 1)).toBeLessThan(0.1);
        const spread = (2 * market.proportional) / (1 + market.proportional);
        expect(Math.abs(exact.premium / (0.75 * spread * exact.shareTurnover) - 1)).toBeLessThan(0.1);
      }),
    );
  });

  test('turns over at an even drift as at one beside it', () => {
    const at = (drift: number) =>
      Proportional.of({ drift, volatility: 0.8, aversion: 1, proportional: 0.005 }).shareTurnover;
    expect(at(0.32) / at(0.32 * (1 + 1e-6))).toBeCloseTo(1, 5);
  });
});

describe('what is refused', () => {
  const market = { drift: 0.32, volatility: 0.8, aversion: 1, proportional: 0.003, fixed: 1e-4 };
  const policy = { low: 0.42, lowLanding: 0.45, highLanding: 0.55, high: 0.58 };
  test.each<[string, () => unknown]>([
    ['policy', () => Renewal.evaluate(market, { ...policy, low: 0.5 })],
    ['policy', () => Renewal.evaluate(market, { ...policy, high: 1 })],
    ['policy', () => Renewal.evaluate(market, { ...policy, low: 0 })],
    ['policy', () => Renewal.evaluate(market, { ...policy, lowLanding: 0.56 })],
    ['policy', () => Renewal.evaluate(market, { ...policy, highLanding: NaN })],
    ['policy', () => Renewal.watchedEvery(0.1, 0.8, { ...policy, high: 2 })],
    ['drift', () => Renewal.evaluate({ ...market, drift: NaN }, policy)],
    ['volatility', () => Renewal.evaluate({ ...market, volatility: 0 }, policy)],
    ['aversion', () => Renewal.evaluate({ ...market, aversion: 0 }, policy)],
    ['proportional', () => Renewal.evaluate({ ...market, proportional: 1 }, policy)],
    ['fixed', () => Renewal.evaluate({ ...market, fixed: -1e-4 }, policy)],
    ['fixed', () => Renewal.best({ ...market, fixed: 0 })],
    ['drift', () => Renewal.best({ ...market, drift: 0.65 })],
    ['market', () => Renewal.best({ ...market, drift: 0.64 })],
    ['drift', () => Renewal.best({ ...market, drift: -0.1 })],
    ['drift', () => Proportional.of({ ...market, drift: 0.7 })],
    ['drift', () => Proportional.of({ ...market, drift: 0 })],
    ['proportional', () => Proportional.of({ ...market, proportional: 0 })],
    ['volatility', () => Proportional.of({ ...market, volatility: NaN })],
    ['aversion', () => Proportional.of({ ...market, aversion: -1 })],
  ])('at %s', (path, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ForecastError', path }));
  });
});
