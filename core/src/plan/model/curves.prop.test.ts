import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as GradualAuction from '../../market/GradualAuction.ts';
import * as Lending from '../../market/Lending.ts';
import * as Market from '../../market/Market.ts';
import { approximate } from '../../money/approximate.ts';
import { YEAR } from '../../money/Time.ts';
import type { Model } from '../program/Program.ts';
import { offerOf } from './offerOf.ts';
import { quoteModel } from './quoteModel.ts';

const D18 = 10n ** 18n;
const RAY = 10n ** 27n;
const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
const whole = (min: number, max: number) => fc.integer({ min, max });
const places = new Map([
  ['A', { token: 0, decimals: 6 }],
  ['R', { token: 1, decimals: 18 }],
]);

function modelsOf(market: Market.Market, horizon: number): readonly Model[] {
  const offer = offerOf(market, places, { fixed: 0, horizon, worth: () => 1 });
  if (!('alternatives' in offer)) throw new Error(offer.why);
  return offer.alternatives;
}

const emission: fc.Arbitrary<GradualAuction.GradualAuction> = fc
  .record({
    start: fc.record({ bought: big(D18, 1_000n * D18), sold: big(10n ** 6n, 10n ** 9n) }),
    decay: big(10n ** 12n, 10n ** 15n),
    emission: big(10n ** 16n, D18),
    seconds: big(1n, 3_600n * 4n),
  })
  .map(({ start, decay, emission: speed, seconds }) => ({
    kind: 'gradual-auction',
    id: 'emission',
    assets: ['A', 'R'] as const,
    start,
    decay,
    supply: { kind: 'continuous', emission: speed, available: speed * seconds },
  }));

describe('the model of a continuous auction', () => {
  test('never pays more than the auction, and less only by the square of a piece', () => {
    fc.assert(
      fc.property(emission, whole(1, 1_000), (auction, share) => {
        const [model] = modelsOf(auction, 0);
        if (model === undefined || auction.supply.kind !== 'continuous') throw new Error('one model was expected');
        const { available, emission: speed } = auction.supply;
        const bought = (available * BigInt(share)) / 1_000n;
        const { sold } = Market.swapOut(auction, 'A', bought);
        fc.pre(sold > 10n ** 6n);
        const quoted = quoteModel(model, 0, 1, Number(sold) / 1e6);
        const risen = approximate(auction.decay * available, speed * D18);
        // The cost is rounded up by an atom.
        const slack = 1e-12 + 1 / Number(sold);
        expect((quoted.bought * 1e18) / Number(bought)).toBeLessThanOrEqual(1 + slack);
        expect((quoted.bought * 1e18) / Number(bought)).toBeGreaterThan(1 - (risen / 512) ** 2 / 12 - 1e-8 - slack);
      }),
    );
  });
});

const ray = (min: number, max: number) => whole(min, max).map((bps) => BigInt(bps) * 10n ** 23n);
const curve: fc.Arbitrary<Lending.Lending['curve']> = fc.oneof(
  fc.record({
    kind: fc.constant('kinked' as const),
    base: ray(0, 200),
    slopeBelow: ray(1, 1_000),
    slopeAbove: ray(0, 20_000),
    kink: ray(5_000, 9_900),
    reserveFactor: whole(0, 9_000),
  }),
  fc.record({
    kind: fc.constant('adaptive-curve' as const),
    rateAtTarget: big(D18 / 100n / BigInt(YEAR), D18 / BigInt(YEAR)),
    fee: big(0n, D18 / 4n),
  }),
);
const loan: fc.Arbitrary<Lending.Lending> = fc
  .record({
    supplied: big(10n ** 12n, 10n ** 15n),
    usage: big(D18 / 100n, D18),
    curve,
    cap: fc.option(whole(1, 3_000)),
  })
  .map(({ supplied, usage, cap, ...rest }) => ({
    kind: 'lending',
    id: 'loan',
    assets: ['A', 'R'] as const,
    supplied,
    borrowed: (supplied * usage) / D18,
    // A receipt has as many digits as its asset, and eighteen decimals: 10^12 of it are a token.
    receipts: { kind: 'index', index: RAY / 10n ** 12n },
    ...(cap === null ? {} : { supplyCap: supplied + (supplied * BigInt(cap)) / 1_000n }),
    ...rest,
  }));

/** What a deposit is worth with what it earns {tok}, by the exact rate after it. */
const worth = (pool: Lending.Lending, deposit: number, horizon: number) =>
  deposit * (1 + horizon * approximate(Lending.supplyRateAfter(pool, BigInt(Math.round(deposit * 1e6))), RAY));
const deposits = (models: readonly Model[]) =>
  models.filter((model) => model.kind === 'deposit' || (model.kind === 'ladder' && model.falls.length > 0));

describe('the models of a lending pool', () => {
  test('value a deposit by what it earns at the rate after it, short beyond the kink by a part in 2,000 of the interest at most', () => {
    fc.assert(
      fc.property(loan, whole(1, 1_000), whole(1, 365), (pool, share, days) => {
        const horizon = days / 365;
        const found = deposits(modelsOf(pool, horizon));
        for (const [index, model] of found.entries()) {
          const most = quoteModel(model, 0, 1, 1e300).sold;
          // Beyond the kink the first piece is a straight line: it is meant for what goes all the way.
          const least = index === 1 && model.kind === 'ladder' ? (model.falls[0]?.most ?? 0) : 0;
          const { sold, bought } = quoteModel(model, 0, 1, least + ((most - least) * share) / 1_000);
          const exact = worth(pool, sold, horizon);
          expect(bought).toBeLessThanOrEqual(exact * (1 + 1e-9) + 1e-5);
          // Of a deposit that is small beside the pool a piece is large, and next to nothing beside the pool's interest.
          const counted = Math.max(sold, approximate(pool.supplied, 10n ** 7n));
          const interest = counted * horizon * approximate(Lending.supplyRate(pool), RAY);
          const short = model.kind === 'ladder' ? interest / 2_000 : 0;
          expect(bought).toBeGreaterThan(exact * (1 - 1e-9) - short - 1e-5);
        }
      }),
    );
  });

  test('are two for deposits where one could bring utilisation below the kink', () => {
    fc.assert(
      fc.property(loan, (pool) => {
        const { cap = Infinity, kink } = { ...capOf(pool), kink: kinkOf(pool) };
        const turn = Number(pool.borrowed) / kink;
        const models = modelsOf(pool, 0.1);
        fc.pre(Math.abs(turn / Number(pool.supplied) - 1) > 1e-6 && Math.abs(turn / cap - 1) > 1e-6);
        const both = turn > Number(pool.supplied) && turn < cap;
        expect(deposits(models).length).toBe(both ? 2 : 1);
      }),
    );
  });

  test('let a withdrawal pay no more than the pool does, less what it would have earned', () => {
    fc.assert(
      fc.property(loan, whole(0, 1_000), (pool, share) => {
        const receipts = (Market.swap(pool, 'R', 1n << 200n).sold * BigInt(share)) / 1_000n;
        const { bought } = Market.swap(pool, 'R', receipts);
        for (const model of modelsOf(pool, 1 / 12)) {
          const quoted = quoteModel(model, 1, 0, Number(receipts) / 1e18);
          expect(quoted.bought * 1e6).toBeLessThanOrEqual(Number(bought) * (1 + 1e-12) + 1);
        }
      }),
    );
  });
});

const kinkOf = ({ curve: of }: Lending.Lending) => (of.kind === 'kinked' ? approximate(of.kink, RAY) : 0.9);
const capOf = ({ supplyCap }: Lending.Lending) => (supplyCap === undefined ? {} : { cap: Number(supplyCap) });
