import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { YEAR } from '../money/Time.ts';
import * as AdaptiveCurve from './AdaptiveCurve.ts';
import * as Kinked from './Kinked.ts';
import * as Lending from './Lending.ts';
import { MarketError } from './Terms.ts';

const WAD = 10n ** 18n;
const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });

/** The contract takes its terms in basis points. */
const ray = (min: number, max: number) => fc.integer({ min, max }).map((bps) => BigInt(bps) * 10n ** 23n);

const kinked: fc.Arbitrary<Kinked.Kinked> = fc.record({
  kind: fc.constant('kinked' as const),
  base: ray(0, 1_000),
  slopeBelow: ray(0, 2_000),
  slopeAbove: ray(0, 30_000),
  kink: ray(1_000, 9_900),
  reserveFactor: fc.integer({ min: 0, max: 10_000 }),
});
const adaptive: fc.Arbitrary<AdaptiveCurve.AdaptiveCurve> = fc.record({
  kind: fc.constant('adaptive-curve' as const),
  rateAtTarget: big(WAD / 1_000n / BigInt(YEAR), (2n * WAD) / BigInt(YEAR)),
  fee: big(0n, WAD / 4n),
});
const amount = big(0n, 1n << 110n);
const pool: fc.Arbitrary<Lending.Lending> = fc
  .record({
    supplied: amount,
    usage: big(0n, WAD),
    curve: fc.oneof(kinked, adaptive),
    receipts: fc.oneof(
      fc.record({ kind: fc.constant('index' as const), index: big(Kinked.RAY, 4n * Kinked.RAY) }),
      fc.record({ kind: fc.constant('shares' as const), total: amount }),
    ),
  })
  .map(({ supplied, usage, curve, receipts }) => ({
    kind: 'lending',
    id: 'lending',
    assets: ['A', 'R'] as const,
    supplied,
    borrowed: (supplied * usage) / WAD,
    curve,
    receipts,
  }));

describe('a lending rate', () => {
  test('never falls when more is borrowed, and never rises when more is supplied', () => {
    fc.assert(
      fc.property(pool, amount, (market, more) => {
        const borrowed = market.borrowed + (more % (Lending.withdrawable(market) + 1n));
        const busier = { ...market, borrowed };
        expect(Lending.borrowRate(busier) >= Lending.borrowRate(market)).toBe(true);
        const roomier = { ...market, supplied: market.supplied + more };
        expect(Lending.borrowRate(roomier) <= Lending.borrowRate(market)).toBe(true);
        expect(Lending.supplyRateAfter(market, more)).toBe(Lending.supplyRate(roomier));
        expect(Lending.supplyRate(roomier) <= Lending.supplyRate(market)).toBe(true);
      }),
    );
  });

  test('pays suppliers no more than borrowers pay', () => {
    fc.assert(
      fc.property(pool, (market) => {
        const paid = Lending.borrowRate(market) * market.borrowed;
        const got = Lending.supplyRate(market) * market.supplied;
        // The half-up rounding of the contract may favour suppliers by a ray atom at each of its three steps.
        const slack = 4n * market.supplied * (1n + Lending.borrowRate(market) / Kinked.RAY);
        expect(got <= paid + slack).toBe(true);
      }),
    );
  });

  test('of a kinked curve is its base at rest and the sum of all at full use', () => {
    fc.assert(
      fc.property(kinked, (curve) => {
        expect(Kinked.borrowRate(curve, Kinked.RAY, 0n)).toBe(curve.base);
        expect(Kinked.supplyRate(curve, 0n, 0n)).toBe(0n);
        expect(Kinked.borrowRate(curve, Kinked.RAY, curve.kink)).toBe(curve.base + curve.slopeBelow);
        expect(Kinked.borrowRate(curve, 5n, 5n)).toBe(curve.base + curve.slopeBelow + curve.slopeAbove);
      }),
    );
  });

  test('is refused where the state is none', () => {
    const curve: Kinked.Kinked = {
      kind: 'kinked',
      base: 0n,
      slopeBelow: 1n,
      slopeAbove: 1n,
      kink: 9n * 10n ** 26n,
      reserveFactor: 1_000,
    };
    expect(() => Kinked.borrowRate(curve, 1n, 2n)).toThrow('supplied');
    expect(() => Kinked.borrowRate(curve, 1n, -1n)).toThrow('borrowed');
    for (const bad of [
      { base: -1n },
      { kink: 0n },
      { kink: Kinked.RAY },
      { reserveFactor: 1.5 },
      { reserveFactor: NaN },
    ])
      expect(() => Kinked.borrowRate({ ...curve, ...bad }, 2n, 1n)).toThrow(MarketError);
  });
});

describe('an adaptive curve', () => {
  test('stays where it is at its target, rises above and falls below, within its bounds', () => {
    fc.assert(
      fc.property(adaptive, big(0n, WAD), fc.integer({ min: 0, max: 10 * YEAR }), (curve, usage, elapsed) => {
        const { average, after } = AdaptiveCurve.adapt(curve, WAD, usage, elapsed);
        const [least, most] =
          usage > AdaptiveCurve.TARGET
            ? [(curve.rateAtTarget * 994n) / 1_000n, after.rateAtTarget]
            : [usage < AdaptiveCurve.TARGET ? 0n : curve.rateAtTarget, curve.rateAtTarget];
        expect(after.rateAtTarget >= least && after.rateAtTarget <= most).toBe(true);
        expect(after.rateAtTarget >= WAD / 1_000n / BigInt(YEAR)).toBe(true);
        expect(after.rateAtTarget <= (2n * WAD) / BigInt(YEAR)).toBe(true);
        expect(average >= 0n).toBe(true);
      }),
    );
  });

  test('adapts like the smooth curve, but for the contract’s coarse exponential and its two halves', () => {
    fc.assert(
      fc.property(adaptive, big(0n, WAD), fc.integer({ min: 0, max: 10 * 86_400 }), (curve, usage, elapsed) => {
        const years = elapsed / YEAR;
        const error = Number(AdaptiveCurve.errorAt(WAD, usage)) / 1e18;
        const yearly = (Number(curve.rateAtTarget) * YEAR) / 1e18;
        const { average, after } = AdaptiveCurve.adapt(curve, WAD, usage, elapsed);
        const believed = AdaptiveCurve.expected(yearly, error, years);
        expect(Math.abs((Number(after.rateAtTarget) * YEAR) / 1e18 / believed - 1)).toBeLessThan(0.01);
        // The bounds cut the smooth average short, so compare where neither end touches them.
        fc.pre(believed > 0.00101 && believed < 1.99 && yearly > 0.00101 && yearly < 1.99);
        const flat = Number(AdaptiveCurve.rateAt(curve.rateAtTarget, AdaptiveCurve.errorAt(WAD, usage)));
        fc.pre(flat > 1e6);
        expect(Math.abs(Number(average) / flat / AdaptiveCurve.growth(error, years) - 1)).toBeLessThan(0.06);
      }),
    );
  });

  test('is refused where the state is none', () => {
    const curve: AdaptiveCurve.AdaptiveCurve = { kind: 'adaptive-curve', rateAtTarget: 10n ** 9n, fee: 0n };
    expect(() => AdaptiveCurve.adapt({ ...curve, rateAtTarget: 0n }, 1n, 1n, 0)).toThrow('rateAtTarget');
    expect(() => AdaptiveCurve.adapt({ ...curve, fee: WAD }, 1n, 1n, 0)).toThrow('fee');
    expect(() => AdaptiveCurve.adapt(curve, 1n, 2n, 0)).toThrow('supplied');
    expect(() => AdaptiveCurve.adapt(curve, 1n, 1n, -1)).toThrow('elapsed');
    expect(() => AdaptiveCurve.adapt(curve, 1n, 1n, 0.5)).toThrow(MarketError);
    expect(() => AdaptiveCurve.expected(NaN, 0, 1)).toThrow(MarketError);
    expect(() => AdaptiveCurve.growth(1.1, 1)).toThrow('error');
  });
});

describe('a lending pool', () => {
  test('pays out no more than its cash and takes no more than its cap', () => {
    fc.assert(
      fc.property(pool, amount, amount, (market, atoms, cap) => {
        const out = Lending.swap(market, 'R', atoms);
        expect(out.bought <= Lending.withdrawable(market)).toBe(true);
        expect(out.after.supplied).toBe(market.supplied - out.bought);
        const capped = { ...market, supplyCap: cap };
        const into = Lending.swap(capped, 'A', atoms);
        expect(into.after.supplied <= cap || into.sold === 0n).toBe(true);
        expect(into.after.supplied).toBe(market.supplied + into.sold);
      }),
    );
  });
});
