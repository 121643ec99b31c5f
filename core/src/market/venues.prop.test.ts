import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadInput, NotTraded } from './amm/Pair.ts';
import * as Auction from './Auction.ts';
import * as Batch from './Batch.ts';
import * as Book from './Book.ts';
import * as Bridge from './Bridge.ts';
import * as GradualAuction from './GradualAuction.ts';
import * as Lending from './Lending.ts';
import * as Market from './Market.ts';
import * as Twamm from './Twamm.ts';
import * as Vault4626 from './Vault4626.ts';

const ask = (venue: Market.Market) => ({
  spot: (sell: string) => Market.spot(venue, sell),
  swap: (sell: string, sold: bigint) => Market.swap(venue, sell, sold),
  arb: (values: Market.Values) => {
    const found = Market.arb(venue, values);
    if (found !== undefined && !('sell' in found)) throw new Error('a market of two answers with two');
    return found;
  },
});

const D18 = 10n ** 18n;
const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
const whole = (min: number, max: number) => fc.integer({ min, max });
const named = { id: fc.constant('venue'), assets: fc.constant(['A', 'B'] as const) };
const amount = big(0n, 1n << 110n);
const rate = fc.record({ bought: big(1n, 10n ** 12n), sold: big(1n, 10n ** 12n) });
const ppm = whole(0, 100_000);
const valued = fc.record({ price: big(10n ** 12n, 10n ** 24n), decimals: fc.constantFrom(0, 6, 8, 18, 27) });
const auction: fc.Arbitrary<Auction.Auction> = fc.record({
  kind: fc.constant('auction' as const),
  ...named,
  paid: valued,
  given: valued,
  sellable: amount,
  buyable: amount,
  terms: fc.record({
    notBefore: whole(100, 200),
    deadline: whole(150, 400),
    decay: whole(0, 300),
    startPremium: whole(0, 500),
    floorDiscount: whole(0, 500),
  }),
  at: whole(90, 420),
});

const batch: fc.Arbitrary<Batch.Batch> = fc
  .record({ ...named, reserves: fc.tuple(big(1n, 1n << 110n), big(1n, 1n << 110n)), part: big(-D18, D18 - 1n) })
  .map(({ part, ...rest }) => ({ kind: 'batch', ...rest, net: (((rest.reserves[0] - 1n) / 2n) * part) / D18 }));

const levels = fc.array(fc.record({ step: big(1n, 1_000n), lots: big(1n, 1n << 60n) }), { maxLength: 6 });
const book: fc.Arbitrary<Book.Book> = fc
  .record({
    ...named,
    middle: big(10_000n, 10n ** 9n),
    below: levels,
    above: levels,
    tick: rate,
    lot: big(1n, D18),
    feePpm: ppm,
  })
  .map(({ middle, below, above, ...rest }) => {
    const side = (steps: typeof below, direction: bigint) => {
      let ticks = middle;
      return steps.map(({ step, lots }) => ({ ticks: (ticks += direction * step), lots }));
    };
    return { kind: 'book', ...rest, bids: side(below, -1n), asks: side(above, 1n) };
  });

const bridge: fc.Arbitrary<Bridge.Bridge> = fc.record({
  kind: fc.constant('bridge' as const),
  ...named,
  parity: fc.constantFrom([1n, 1n] as const, [10n ** 6n, D18] as const, [10n ** 8n, 10n ** 6n] as const),
  capacity: fc.tuple(amount, amount),
  fixedFee: fc.tuple(big(0n, 10n ** 20n), big(0n, 10n ** 20n)),
  feePpm: ppm,
  delay: fc.constant({ expected: 600, longest: 3_600 }),
});

const gradual: fc.Arbitrary<GradualAuction.GradualAuction> = fc.record({
  kind: fc.constant('gradual-auction' as const),
  ...named,
  start: rate,
  decay: big(10n ** 10n, 10n ** 15n),
  supply: fc.oneof(
    fc.record({ emission: big(1n, 1n << 80n), seconds: whole(0, 100_000) }).map(({ emission, seconds }) => ({
      kind: 'continuous' as const,
      emission,
      available: emission * BigInt(seconds),
    })),
    fc.record({
      kind: fc.constant('discrete' as const),
      unit: big(1n, 1n << 80n),
      scale: big(D18 + 10n ** 15n, 2n * D18),
      sold: whole(0, 50),
      left: whole(0, 50),
      elapsed: whole(0, 100_000),
    }),
  ),
});

const lending: fc.Arbitrary<Lending.Lending> = fc
  .record({
    ...named,
    supplied: amount,
    usage: big(0n, D18),
    supplyCap: amount,
    receipts: fc.oneof(
      fc.record({ kind: fc.constant('index' as const), index: big(10n ** 27n, 4n * 10n ** 27n) }),
      fc.record({ kind: fc.constant('shares' as const), total: amount }),
    ),
    curve: fc.constant({ kind: 'adaptive-curve' as const, rateAtTarget: 10n ** 9n, fee: 0n }),
  })
  .map(({ usage, ...rest }) => ({ kind: 'lending', ...rest, borrowed: (rest.supplied * usage) / D18 }));

const twamm: fc.Arbitrary<Twamm.Twamm> = fc
  .record({
    ...named,
    reserves: fc.tuple(big(1_000n, 1n << 100n), big(1_000n, 1n << 100n)),
    selling: fc.tuple(amount, amount),
    feePpm: ppm,
  })
  .map(({ reserves, feePpm, ...rest }) => ({
    kind: 'twamm',
    ...rest,
    pool: { kind: 'constant-product', id: rest.id, assets: rest.assets, reserves, feePpm },
  }));

const vault: fc.Arbitrary<Vault4626.Vault4626> = fc.record({
  kind: fc.constant('vault-4626' as const),
  ...named,
  totalAssets: amount,
  totalShares: amount,
  offset: fc.constantFrom(0, 6, 18),
  maxDeposit: amount,
  maxWithdraw: amount,
  entryPpm: ppm,
  exitPpm: ppm,
});

const venues: readonly (readonly [string, fc.Arbitrary<Market.Venue>])[] = [
  ['auction', auction],
  ['batch', batch],
  ['book', book],
  ['bridge', bridge],
  ['gradual auction', gradual],
  ['lending pool', lending],
  ['time-weighted maker', twamm],
  ['vault', vault],
];
const asset = fc.constantFrom('A', 'B');
const input = fc.oneof(fc.constantFrom(0n, 1n, 2n, 1n << 128n), big(0n, 1n << 110n), big(0n, 10n ** 20n));

describe.each(venues)('every %s', (_, arbitrary) => {
  test('takes no more than it is offered, and says what it keeps of what', () => {
    fc.assert(
      fc.property(arbitrary, asset, input, (venue, sell, atoms) => {
        const { sold, bought, buy, fee, feeIn } = ask(venue).swap(sell, atoms);
        expect(sold >= 0n && sold <= atoms && bought >= 0n && fee >= 0n).toBe(true);
        expect([sell, buy].toSorted()).toEqual(['A', 'B']);
        expect(fee <= (feeIn === sell ? sold : bought + fee)).toBe(true);
      }),
    );
  });

  test('pays no better than its spot price', () => {
    fc.assert(
      fc.property(arbitrary, asset, input, (venue, sell, atoms) => {
        const { sold, bought } = ask(venue).swap(sell, atoms);
        const spot = ask(venue).spot(sell);
        expect(bought * spot.sold <= sold * spot.bought).toBe(true);
      }),
    );
  });

  test('pays at least as much for more', () => {
    fc.assert(
      fc.property(arbitrary, asset, input, input, (venue, sell, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(ask(venue).swap(sell, less).bought <= ask(venue).swap(sell, more).bought).toBe(true);
      }),
    );
  });

  test('asks the least input that brings what is wanted, and costs a share of it in impact', () => {
    fc.assert(
      fc.property(arbitrary, asset, input, (venue, sell, atoms) => {
        const { bought } = ask(venue).swap(sell, atoms);
        fc.pre(bought > 0n);
        const least = Market.swapOut(venue, sell, bought);
        expect(least.sold <= atoms && least.bought >= bought).toBe(true);
        expect(ask(venue).swap(sell, least.sold - 1n).bought < bought).toBe(true);
        const impact = Market.impact(venue, sell, atoms);
        expect(impact >= 0 && impact <= 1).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('never pays a profit for a round trip', () => {
    fc.assert(
      fc.property(arbitrary, asset, input, (venue, sell, atoms) => {
        const there = ask(venue).swap(sell, atoms);
        const back = ask(there.after).swap(there.buy, there.bought);
        expect(back.bought <= there.sold).toBe(true);
      }),
    );
  });

  test('is beaten by no swap where it says what trade gains most, or that none does', () => {
    fc.assert(
      fc.property(arbitrary, asset, input, fc.double({ min: 0.5, max: 2, noNaN: true }), (venue, sell, atoms, off) => {
        const { bought: price, sold: of } = ask(venue).spot('A');
        fc.pre(price > 0n);
        const values = { A: (Number(price) / Number(of)) * off, B: 1 };
        const worth = (side: string) => (side === 'A' ? values.A : values.B);
        const gain = (trade: { sell: string; buy: string; sold: number; bought: number }) =>
          trade.bought * worth(trade.buy) - trade.sold * worth(trade.sell);
        const best = ask(venue).arb(values);
        const most = best === undefined ? 0 : gain(best);
        const swapped = ask(venue).swap(sell, atoms);
        const made = { ...swapped, sold: Number(swapped.sold), bought: Number(swapped.bought) };
        // An atom of either may be gained by rounding; the rest is the rounding of floats.
        const slack = worth(sell) + worth(made.buy) + 1e-9 * made.sold * worth(sell);
        expect(gain(made)).toBeLessThanOrEqual(most + slack + 1e-9 * Math.abs(most));
      }),
    );
  });

  test('answers the same question the same way and leaves the question untouched', () => {
    fc.assert(
      fc.property(arbitrary, asset, input, (venue, sell, atoms) => {
        const before = structuredClone(venue);
        expect(ask(venue).swap(sell, atoms)).toEqual(ask(venue).swap(sell, atoms));
        expect(venue).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  test('refuses assets that it does not trade and amounts below zero', () => {
    fc.assert(
      fc.property(arbitrary, asset, (venue, sell) => {
        expect(() => ask(venue).swap('C', 1n)).toThrow(NotTraded);
        expect(() => ask(venue).spot('C')).toThrow(NotTraded);
        expect(() => ask(venue).swap(sell, -1n)).toThrow(BadInput);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a fee', () => {
  test.each([
    ['book', book, (one: Book.Book) => ({ ...one, feePpm: one.feePpm + 1_000 })],
    ['bridge', bridge, (one: Bridge.Bridge) => ({ ...one, feePpm: one.feePpm + 1_000 })],
    [
      'vault',
      vault,
      (one: Vault4626.Vault4626) => ({ ...one, entryPpm: one.entryPpm + 1_000, exitPpm: one.exitPpm + 1_000 }),
    ],
  ] as readonly (readonly [string, fc.Arbitrary<Market.Venue>, (venue: never) => Market.Venue])[])(
    'of a %s that rises never pays more',
    (_, arbitrary, dearer) => {
      fc.assert(
        fc.property(arbitrary, asset, input, (venue, sell, atoms) => {
          const more = ask(dearer(venue as never)).swap(sell, atoms);
          expect(more.bought <= ask(venue).swap(sell, atoms).bought).toBe(true);
        }),
      );
    },
  );
});
