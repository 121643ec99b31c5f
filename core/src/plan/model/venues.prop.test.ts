import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as Auction from '../../market/Auction.ts';
import type * as Book from '../../market/Book.ts';
import type * as Bridge from '../../market/Bridge.ts';
import type * as GradualAuction from '../../market/GradualAuction.ts';
import * as Lending from '../../market/Lending.ts';
import * as Market from '../../market/Market.ts';
import type * as Vault4626 from '../../market/Vault4626.ts';
import { approximate } from '../../money/approximate.ts';
import { offerOf } from './offerOf.ts';
import { quoteModel } from './quoteModel.ts';

const D18 = 10n ** 18n;
const RAY = 10n ** 27n;
const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
const whole = (min: number, max: number) => fc.integer({ min, max });
const named = { id: fc.constant('venue'), assets: fc.constant(['A', 'B'] as const) };
const amount = fc.oneof(fc.constant(0n), big(10n ** 12n, 1n << 100n));
const ppm = whole(0, 100_000);
const two = { min: 0, max: 27 };

/** What is bought may be off for rounding by so many atoms, and by what so many atoms of what is sold fetch. */
type Slack = { readonly bought: number; readonly sold: number };
type Drawn = { readonly market: Market.Market; readonly decimals: readonly [number, number]; readonly slack: Slack };

const decimals = fc.tuple(fc.integer(two), fc.integer(two));
const near = (market: fc.Arbitrary<Market.Market>): fc.Arbitrary<Drawn> =>
  fc.record({ market, decimals, slack: fc.constant({ bought: 2, sold: 2 }) });

const levels = fc.array(fc.record({ step: big(1n, 1_000n), lots: big(1n, 1n << 60n) }), { maxLength: 6 });
const book: fc.Arbitrary<Book.Book> = fc
  .record({
    ...named,
    middle: big(10_000n, 10n ** 9n),
    below: levels,
    above: levels,
    tick: fc.record({ bought: big(1n, 10n ** 12n), sold: big(1n, 10n ** 12n) }),
    lot: big(10n ** 9n, D18),
    feePpm: ppm,
  })
  .map(({ middle, below, above, ...rest }) => {
    const side = (steps: typeof below, direction: bigint) => {
      let ticks = middle;
      return steps.map(({ step, lots }) => ({ ticks: (ticks += direction * step), lots }));
    };
    return { kind: 'book', ...rest, bids: side(below, -1n), asks: side(above, 1n) };
  });

const vault: fc.Arbitrary<Vault4626.Vault4626> = fc.record({
  kind: fc.constant('vault-4626' as const),
  ...named,
  totalAssets: amount,
  totalShares: amount,
  offset: whole(0, 12),
  maxDeposit: fc.oneof(amount, fc.constant((1n << 256n) - 1n)),
  maxWithdraw: amount,
  entryPpm: ppm,
  exitPpm: ppm,
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

const units: fc.Arbitrary<GradualAuction.GradualAuction> = fc.record({
  kind: fc.constant('gradual-auction' as const),
  ...named,
  start: fc.record({ bought: big(1n, 10n ** 6n), sold: big(1n, 10n ** 6n) }),
  decay: big(10n ** 12n, 10n ** 16n),
  supply: fc.record({
    kind: fc.constant('discrete' as const),
    unit: big(10n ** 15n, 10n ** 20n),
    scale: big(D18 + 10n ** 12n, 2n * D18),
    sold: whole(0, 20),
    left: whole(0, 20),
    elapsed: whole(0, 1_000),
  }),
});

const lending: fc.Arbitrary<Lending.Lending> = fc
  .record({
    ...named,
    supplied: amount,
    usage: big(0n, D18),
    supplyCap: amount,
    receipts: fc.oneof(
      fc.record({ kind: fc.constant('index' as const), index: big(RAY, 4n * RAY) }),
      fc.record({ kind: fc.constant('shares' as const), total: amount }),
    ),
  })
  .map(({ usage, ...rest }) => ({
    kind: 'lending',
    ...rest,
    borrowed: (rest.supplied * usage) / D18,
    curve: {
      kind: 'kinked',
      base: 0n,
      slopeBelow: RAY / 25n,
      slopeAbove: RAY,
      kink: (9n * RAY) / 10n,
      reserveFactor: 1_000,
    },
  }));

const auction: fc.Arbitrary<Drawn> = fc
  .record({
    ...named,
    prices: fc.tuple(big(10n ** 12n, 10n ** 24n), big(10n ** 12n, 10n ** 24n)),
    decimals,
    sellable: amount,
    buyable: amount,
    decay: whole(0, 300),
    at: whole(90, 420),
  })
  .map(({ prices, decimals: places, decay, ...rest }) => {
    const terms = { notBefore: 100, deadline: 400, decay, startPremium: 300, floorDiscount: 500 };
    const [paid, given] = [0, 1].map((side) => ({ price: prices[side] ?? 1n, decimals: places[side] ?? 0 }));
    if (paid === undefined || given === undefined) throw new Error('two were drawn');
    const market: Auction.Auction = { kind: 'auction', ...rest, paid, given, terms };
    // What is paid is rounded up in the eighteenth place of a dollar, too.
    return {
      market,
      decimals: places,
      slack: { bought: 2, sold: 2 + 4 * approximate(10n ** BigInt(paid.decimals), paid.price) },
    };
  });

const kinds: readonly (readonly [string, fc.Arbitrary<Drawn>])[] = [
  ['book', near(book)],
  ['vault', near(vault)],
  ['bridge', near(bridge)],
  ['auction of units', near(units)],
  ['lending pool', near(lending)],
  ['auction', auction],
];
const side = fc.constantFrom(0 as const, 1 as const);
const terms = { fixed: 1, horizon: 0, worth: () => 1 };
const offered = (drawn: Drawn) => {
  const [one, other] = drawn.decimals;
  return offerOf(
    drawn.market,
    new Map([
      ['A', { token: 4, decimals: one }],
      ['B', { token: 7, decimals: other }],
    ]),
    terms,
  );
};
/** What has to be sent before anything arrives {atoms}. */
const before = (market: Market.Market, sell: 0 | 1) =>
  market.kind === 'bridge' ? (market.fixedFee[sell] * 1_000_000n) / BigInt(1_000_000 - market.feePpm) : 0n;

describe.each(kinds)('the model of a %s', (_, arbitrary) => {
  test('pays what the integers pay and ends where they do, to a part in 10^9 and their rounding', () => {
    fc.assert(
      fc.property(arbitrary, side, whole(0, 1_000), (drawn, sell, share) => {
        const { market, slack } = drawn;
        const offer = offered(drawn);
        const buy = sell === 0 ? 1 : 0;
        const all = Market.swap(market, market.assets[sell] ?? '', 1n << 256n);
        const models = 'alternatives' in offer ? offer.alternatives : [];
        // What cannot be part of a plan trades nothing.
        expect(models.length === 1 || all.bought === 0n).toBe(true);
        const empty = { kind: 'ladder', tokens: [4, 7], falls: [], rises: [] } as const;
        const model = models[0] ?? empty;
        const [from, to] = [10 ** drawn.decimals[sell], 10 ** drawn.decimals[buy]];
        const quote = (sold: bigint) =>
          quoteModel(
            model,
            sell === 0 ? 4 : 7,
            buy === 0 ? 4 : 7,
            Math.max(0, Number(sold - before(market, sell))) / from,
          );
        const some = Market.swap(market, market.assets[sell] ?? '', (all.sold * BigInt(share)) / 1_000n);
        const spot = Market.spot(market, market.assets[sell] ?? '');
        const rounding = slack.bought + slack.sold * (spot.sold === 0n ? 0 : approximate(spot.bought, spot.sold));
        for (const { sold, bought } of [some, all]) {
          const quoted = quote(sold);
          expect(Math.abs(quoted.bought * to - Number(bought))).toBeLessThanOrEqual(1e-9 * Number(bought) + rounding);
        }
        const most = quoteModel(model, sell === 0 ? 4 : 7, buy === 0 ? 4 : 7, Number.MAX_VALUE);
        expect(most.bought * to).toBeLessThanOrEqual((1 + 1e-9) * Number(all.bought) + rounding);
      }),
    );
  });
});
