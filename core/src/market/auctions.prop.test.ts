import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Auction from './Auction.ts';
import * as Exponential from './Exponential.ts';
import * as GradualAuction from './GradualAuction.ts';
import * as LossVersusFair from './LossVersusFair.ts';
import * as Market from './Market.ts';
import { MarketError } from './Terms.ts';

const D18 = 10n ** 18n;
const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
/** Spread evenly, or in logarithms where zero is out: `fc.double` from zero on is nearly always next to nothing. */
const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => {
    const part = step / 1_000_000;
    return min > 0 ? min * (max / min) ** part : min + (max - min) * part;
  });
const apart = (one: number, other: number) => Math.abs(one / other - 1);

describe('e^x in integers', () => {
  test('has the true value between its bounds, as far as floats can tell, and keeps them close', () => {
    fc.assert(
      fc.property(big(-200n * D18, 200n * D18), (x) => {
        const { down, up } = Exponential.bounds(x);
        expect(up > down && down >= 0n).toBe(true);
        expect(up - down <= 2n + up / 10n ** 59n).toBe(true);
        fc.pre(x > -60n * D18);
        // x as a float is off by up to half of its last digit, which e^x multiplies.
        expect(apart(Number(up) / 1e60, Math.exp(Number(x) / 1e18))).toBeLessThan(1e-13);
      }),
    );
  });

  test('turns sums into products', () => {
    fc.assert(
      fc.property(big(-50n * D18, 50n * D18), big(-50n * D18, 50n * D18), (x, y) => {
        const [one, other, both] = [x, y, x + y].map(Exponential.bounds);
        if (one === undefined || other === undefined || both === undefined)
          throw new Error('three bounds were asked for');
        expect(one.down * other.down <= both.up * Exponential.SCALE).toBe(true);
        expect(one.up * other.up >= both.down * Exponential.SCALE).toBe(true);
      }),
    );
  });

  test('is one at zero, and is refused where it would leave its range', () => {
    const { down, up } = Exponential.bounds(0n);
    expect(down <= Exponential.SCALE && Exponential.SCALE <= up).toBe(true);
    expect(() => Exponential.bounds(201n * D18)).toThrow(MarketError);
    expect(() => Exponential.bounds(-201n * D18)).toThrow('exponent');
  });
});

const terms = fc.record({
  notBefore: fc.constant(0),
  deadline: fc.constant(1_000),
  decay: fc.integer({ min: 0, max: 600 }),
  startPremium: fc.integer({ min: 0, max: 500 }),
  floorDiscount: fc.integer({ min: 0, max: 500 }),
});
const auction: fc.Arbitrary<Auction.Auction> = fc
  .record({ terms, at: fc.integer({ min: 0, max: 1_000 }), prices: fc.tuple(big(1n, 10n ** 24n), big(1n, 10n ** 24n)) })
  .map(({ terms: falling, at, prices }) => ({
    kind: 'auction',
    id: 'auction',
    assets: ['A', 'B'] as const,
    paid: { price: prices[0], decimals: 6 },
    given: { price: prices[1], decimals: 18 },
    sellable: 1n << 120n,
    buyable: 1n << 250n,
    terms: falling,
    at,
  }));

describe('a Dutch auction', () => {
  test('never asks more than before, nor leaves its range', () => {
    fc.assert(
      fc.property(terms, fc.nat({ max: 1_000 }), fc.nat({ max: 1_000 }), (falling, one, other) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        expect(Auction.factorUp(falling, late) <= Auction.factorUp(falling, early)).toBe(true);
        const highest = D18 + BigInt(falling.startPremium) * 10n ** 14n;
        const lowest = D18 - BigInt(falling.floorDiscount) * 10n ** 14n;
        expect(Auction.factorUp(falling, early) <= highest && Auction.factorUp(falling, late) >= lowest).toBe(true);
        expect(Auction.factorUp(falling, falling.decay)).toBe(lowest);
      }),
    );
  });

  test('gives exactly what a payment is enough for: one atom more would cost more', () => {
    fc.assert(
      fc.property(auction, big(0n, 1n << 60n), (market, payment) => {
        const { sold, bought } = Auction.swap(market, 'A', payment);
        expect(sold).toBe(Auction.requiredUp(market, bought));
        expect(Auction.requiredUp(market, bought + 1n) > payment || bought === market.sellable).toBe(true);
      }),
    );
  });

  test('asks at least as much in two fills as in one', () => {
    fc.assert(
      fc.property(auction, big(0n, 1n << 100n), big(0n, 1n << 100n), (market, one, other) => {
        const apiece = Auction.requiredUp(market, one) + Auction.requiredUp(market, other);
        expect(apiece >= Auction.requiredUp(market, one + other)).toBe(true);
      }),
    );
  });

  test('gives nothing before its start, after its deadline, or for what it gave', () => {
    const [market] = fc.sample(auction, { numRuns: 1, seed: 1 });
    if (market === undefined) throw new Error('one auction was asked for');
    for (const at of [-1, 1_001]) expect(Auction.swap({ ...market, at }, 'A', 10n ** 30n).bought).toBe(0n);
    expect(Auction.swap(market, 'B', 10n ** 30n).bought).toBe(0n);
  });

  test('is refused where the oracle has no price or the terms are none', () => {
    const [market] = fc.sample(auction, { numRuns: 1, seed: 1 });
    if (market === undefined) throw new Error('one auction was asked for');
    expect(() => Auction.requiredUp({ ...market, paid: { price: 0n, decimals: 6 } }, 1n)).toThrow('paid.price');
    const bad = [{ floorDiscount: 10_001 }, { decay: NaN }, { startPremium: -1 }, { decay: 0, floorDiscount: 10_000 }];
    for (const wrong of bad)
      expect(() => Auction.requiredUp({ ...market, terms: { ...market.terms, ...wrong } }, 1n)).toThrow(MarketError);
  });
});

const race = fc.record({ volatility: real(0.01, 0.2), decay: real(0.1, 100), block: real(1e-5, 1e-2) });

describe('loss versus fair', () => {
  test('is a share that grows with the decay, while the fill comes sooner', () => {
    fc.assert(
      fc.property(race, real(0, 0.1), real(1.01, 10), (one, premium, times) => {
        const faster = { ...one, decay: one.decay * times };
        expect(LossVersusFair.loss(one)).toBeGreaterThan(0);
        expect(LossVersusFair.loss(faster)).toBeGreaterThan(LossVersusFair.loss(one));
        expect(LossVersusFair.loss(faster)).toBeLessThan(1);
        expect(LossVersusFair.fillTime(faster, premium)).toBeLessThan(LossVersusFair.fillTime(one, premium));
        expect(LossVersusFair.fillTime(one, premium)).toBeGreaterThanOrEqual(premium / one.decay + one.block);
      }),
    );
  });

  test('depends on no unit of time', () => {
    fc.assert(
      fc.property(race, real(0, 0.1), real(0.01, 100), (one, premium, unit) => {
        const other = {
          volatility: one.volatility / Math.sqrt(unit),
          decay: one.decay / unit,
          block: one.block * unit,
        };
        expect(apart(LossVersusFair.loss(other), LossVersusFair.loss(one))).toBeLessThan(1e-9);
        const [time, scaled] = [LossVersusFair.fillTime(one, premium), LossVersusFair.fillTime(other, premium)];
        expect(apart(scaled, unit * time)).toBeLessThan(1e-9);
      }),
    );
  });

  test('weighed against waiting is least at the chosen decay', () => {
    fc.assert(
      fc.property(race, real(0, 0.1), real(0.1, 100), real(0.5, 2), (one, premium, aversion, times) => {
        const best = LossVersusFair.bestDecay({ volatility: one.volatility, block: one.block, premium, aversion });
        const price = (decay: number) => {
          const chosen = { ...one, decay };
          const waiting = LossVersusFair.fillTime(chosen, premium);
          return LossVersusFair.loss(chosen) + (aversion / 2) * one.volatility ** 2 * waiting;
        };
        expect(price(best * times)).toBeGreaterThanOrEqual(price(best) * (1 - 1e-12));
      }),
    );
  });

  test('is refused where a term is none', () => {
    const good = { volatility: 0.05, decay: 5, block: 1e-4 };
    for (const bad of [{ volatility: 0 }, { decay: NaN }, { block: -1 }])
      expect(() => LossVersusFair.loss({ ...good, ...bad })).toThrow(MarketError);
    expect(() => LossVersusFair.fillTime(good, -0.1)).toThrow('premium');
    expect(() => LossVersusFair.bestDecay({ ...good, premium: 0, aversion: 0 })).toThrow('aversion');
  });
});

const gradual: fc.Arbitrary<GradualAuction.GradualAuction> = fc.record({
  kind: fc.constant('gradual-auction' as const),
  id: fc.constant('gradual'),
  assets: fc.constant(['A', 'B'] as const),
  start: fc.record({ bought: big(1n, 10n ** 6n), sold: big(10n ** 12n, 10n ** 18n) }),
  decay: big(10n ** 12n, 10n ** 15n),
  supply: fc.oneof(
    fc
      .record({ emission: big(1n, 10n ** 18n), seconds: fc.integer({ min: 1, max: 10_000 }) })
      .map(({ emission, seconds }) => ({
        kind: 'continuous' as const,
        emission,
        available: emission * BigInt(seconds),
      })),
    fc.record({
      kind: fc.constant('discrete' as const),
      unit: big(1n, 10n ** 18n),
      scale: big(D18 + 10n ** 15n, 2n * D18),
      sold: fc.nat({ max: 20 }),
      left: fc.integer({ min: 1, max: 20 }),
      elapsed: fc.nat({ max: 10_000 }),
    }),
  ),
});

describe('a gradual Dutch auction', () => {
  test('asks for two purchases what it asks for both at once, up to what each rounds', () => {
    fc.assert(
      fc.property(gradual, real(0, 1), real(0, 1), (market, share, part) => {
        const all = BigInt(Math.floor(Number(GradualAuction.stock(market)) * share));
        const both = all > GradualAuction.stock(market) ? GradualAuction.stock(market) : all;
        const first = BigInt(Math.floor(Number(both) * part));
        fc.pre(first <= both);
        const cost = GradualAuction.costUp(market, first);
        const unit = market.supply.kind === 'discrete' ? market.supply.unit : 1n;
        const { after, bought } = GradualAuction.swap(market, 'A', cost);
        // A payment may be enough for more where atoms cost less than one.
        fc.pre(bought === first * unit);
        const whole = GradualAuction.costUp(market, both);
        const apiece = cost + GradualAuction.costUp(after, both - first);
        // The emission's fixed-point exponent adds one part in 10^18 of the starting price of a second's atoms.
        const { start, supply } = market;
        const second = supply.kind === 'continuous' ? (start.sold * supply.emission) / start.bought / market.decay : 0n;
        expect(apiece + 4n + 4n * second >= whole && apiece <= whole + 4n + 4n * second).toBe(true);
      }),
    );
  });

  test('asks less as time passes', () => {
    fc.assert(
      fc.property(gradual, fc.integer({ min: 0, max: 10_000 }), (market, seconds) => {
        const later = GradualAuction.advance(market, seconds);
        const one = market.supply.kind === 'discrete' ? 1n : GradualAuction.stock(market) / 2n;
        expect(GradualAuction.costUp(later, one) <= GradualAuction.costUp(market, one) + 1n).toBe(true);
      }),
    );
  });

  test('asked for an amount gives the fewest whole units that cover it, at exactly their cost', () => {
    fc.assert(
      fc.property(gradual, real(0, 1.2), (market, share) => {
        const unit = market.supply.kind === 'discrete' ? market.supply.unit : 1n;
        const stock = GradualAuction.stock(market);
        const wanted = (stock * unit * BigInt(Math.floor(share * 1e6))) / 1_000_000n;
        const { sold, bought } = Market.swapOut(market, 'A', wanted);
        const most = stock * unit;
        expect(bought).toBe(wanted > most ? most : ((wanted + unit - 1n) / unit) * unit);
        expect(sold).toBe(GradualAuction.costUp(market, bought / unit));
        expect(Market.swap(market, 'A', sold).bought >= bought).toBe(true);
        expect(Market.swapOut(market, 'B', wanted).bought).toBe(0n);
      }),
    );
  });

  test('is refused where the terms are none or more is asked than there is', () => {
    const [market] = fc.sample(gradual, { numRuns: 1, seed: 3 });
    if (market === undefined) throw new Error('one auction was asked for');
    expect(() => GradualAuction.costUp(market, GradualAuction.stock(market) + 1n)).toThrow('stock');
    expect(() => GradualAuction.costUp({ ...market, decay: 0n }, 1n)).toThrow('decay');
    expect(() => GradualAuction.advance(market, -1)).toThrow('seconds');
    const supply = { kind: 'discrete' as const, unit: 1n, scale: D18, sold: 0, left: 1, elapsed: 0 };
    expect(() => GradualAuction.costUp({ ...market, supply }, 1n)).toThrow('supply.scale');
    const many = { ...supply, scale: 2n * D18, left: 1_001 };
    expect(() => GradualAuction.costUp({ ...market, supply: many }, 1n)).toThrow('units');
    const empty = { ...supply, scale: 2n * D18, unit: 0n };
    expect(() => Market.swapOut({ ...market, supply: empty }, 'A', 1n)).toThrow('supply.unit');
  });
});
