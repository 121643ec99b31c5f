import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as SqrtPrice from '../../market/amm/SqrtPrice.ts';
import * as Market from '../../market/Market.ts';
import { approximate } from '../../money/approximate.ts';
import { offerOf } from './offerOf.ts';
import { quoteModel } from './quoteModel.ts';
import * as Program from '../program/Program.ts';
import type { Places } from './Place.ts';

const ONE = 10n ** 18n;
const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
const whole = (min: number, max: number) => fc.integer({ min, max });
/** Spread in logarithms. */
const size = (from: number, to: number) =>
  whole(from * 1_000, to * 1_000).map(
    (power) =>
      (BigInt(Math.round(10 ** ((power % 1_000) / 1_000) * 1e15)) * 10n ** BigInt(Math.floor(power / 1_000))) /
      10n ** 15n,
  );
const ppm = fc.constantFrom(0, 1, 100, 500, 3_000, 10_000, 100_000);
const named = { id: fc.constant('pool'), assets: fc.constant(['A', 'B'] as const) };
const decimals = fc.tuple(whole(0, 27), whole(0, 27));

/** What a kind of market is drawn with: the market, the decimals of its assets, and how far a swap may be off for rounding {atoms bought}. */
type Drawn = {
  readonly market: Market.Market;
  readonly decimals: readonly number[];
  /** What rounding may take of what is bought {atoms}. */
  readonly slack: (sell: 0 | 1) => number;
  /** How much a trade of depth one sells {atoms}. */
  readonly depth: (sell: 0 | 1) => bigint;
};

const product: fc.Arbitrary<Drawn> = fc
  .record({
    ...named,
    kind: fc.constant('constant-product' as const),
    reserves: fc.tuple(size(3, 33), size(3, 33)),
    feePpm: ppm,
    decimals,
  })
  .map(({ decimals: places, ...market }) => ({
    market,
    decimals: places,
    slack: () => 1,
    depth: (sell) => market.reserves[sell],
  }));

const batch: fc.Arbitrary<Drawn> = fc
  .record({ ...named, reserves: fc.tuple(size(6, 33), size(6, 33)), part: whole(-900, 900), decimals })
  .map(({ decimals: places, part, ...rest }) => {
    const net = (rest.reserves[0] * BigInt(part)) / 2_000n;
    const market = { kind: 'batch' as const, ...rest, net };
    return { market, decimals: places, slack: () => 2, depth: (sell) => rest.reserves[sell] };
  });

const twamm: fc.Arbitrary<Drawn> = product.map((drawn) => {
  if (drawn.market.kind !== 'constant-product') throw new Error('a product was drawn');
  const market = {
    kind: 'twamm' as const,
    id: 'twamm',
    assets: drawn.market.assets,
    pool: drawn.market,
    selling: [1n, 5n] as const,
  };
  return { ...drawn, market };
});

const weighted: fc.Arbitrary<Drawn> = fc
  .record({
    ...named,
    decimals: fc.tuple(whole(0, 18), whole(0, 18)),
    reserves: fc.tuple(size(15, 30), size(15, 30)),
    share: whole(2, 98),
    feePpm: ppm,
  })
  .map(({ decimals: places, reserves, share, feePpm, ...rest }) => {
    const scales = places.map((count) => 10n ** BigInt(18 - count));
    const weights = [BigInt(share) * (ONE / 100n), BigInt(100 - share) * (ONE / 100n)];
    const market = { kind: 'weighted' as const, ...rest, reserves, weights, scales, fee: BigInt(feePpm) * 10n ** 12n };
    // The contract's power is right to one part in 10^14 of the reserve, and rounds its base in the eighteenth place.
    const slack = (sell: 0 | 1) =>
      2 + 3e-14 * Math.max(1, share / (100 - share), (100 - share) / share) * Number(reserves[sell === 0 ? 1 : 0]);
    return { market, decimals: places, slack, depth: (sell) => reserves[sell] };
  });

const stable: fc.Arbitrary<Drawn> = fc
  .record({
    ...named,
    decimals,
    sizes: fc.tuple(size(20, 22), whole(-1_500, 1_500)),
    amp: whole(1, 5_000),
    ampPrecision: fc.constantFrom(1n, 100n, 1_000n),
    rounding: fc.constantFrom('curve' as const, 'balancer' as const),
    feePpm: ppm,
    grown: big(ONE, 2n * ONE),
  })
  .map(({ decimals: places, sizes: [first, power], amp, feePpm, grown, ...rest }) => {
    const rates = places.map((count, place) => (10n ** BigInt(36 - count) * (place === 0 ? grown : ONE)) / ONE);
    const scaled = [first, (first * BigInt(Math.round(10 ** (power / 1_000) * 1e6))) / 1_000_000n];
    const reserves = scaled.map((amount, place) => (amount * ONE) / (rates[place] ?? ONE));
    const market = {
      kind: 'stable-swap' as const,
      ...rest,
      reserves,
      rates,
      amp: BigInt(amp) * rest.ampPrecision,
      fee: BigInt(feePpm) * 10n ** 12n,
      adminFee: 0n,
    };
    // The integers settle on an invariant and on a balance to a few units each, of which a thin side feels the more.
    const slack = (sell: 0 | 1) => 2 + (1_000 * Number(ONE)) / Number(rates[sell === 0 ? 1 : 0]);
    return { market, decimals: places, slack, depth: (sell) => reserves[sell] ?? 0n };
  });

/** Nested positions around a price: liquidity is what the ticks below have added, as in a real pool. */
const concentrated: fc.Arbitrary<Drawn> = fc
  .record({
    ...named,
    tick: whole(-100_000, 100_000),
    fraction: big(0n, 999n),
    feePpm: ppm,
    tickSpacing: fc.constantFrom(1, 10, 60, 200),
    positions: fc.array(fc.record({ below: whole(0, 60), above: whole(1, 60), liquidity: size(24, 27) }), {
      minLength: 1,
      maxLength: 6,
    }),
    decimals,
  })
  .map(({ positions, decimals: places, fraction, tick, ...rest }) => {
    const { tickSpacing } = rest;
    const compressed = Math.floor(tick / tickSpacing);
    const net = new Map<number, bigint>();
    for (const { below, above, liquidity } of positions) {
      const [low, high] = [(compressed - below) * tickSpacing, (compressed + above) * tickSpacing];
      net.set(low, (net.get(low) ?? 0n) + liquidity);
      net.set(high, (net.get(high) ?? 0n) - liquidity);
    }
    const [low, high] = [SqrtPrice.atTick(tick), SqrtPrice.atTick(tick + 1)];
    const liquidity = positions.reduce((sum, position) => sum + position.liquidity, 0n);
    const sqrtPriceX96 = low + ((high - low) * fraction) / 1_000n;
    const market = {
      kind: 'concentrated' as const,
      ...rest,
      tick,
      sqrtPriceX96,
      liquidity,
      ticks: [...net]
        .map(([index, liquidityNet]) => ({ index, liquidityNet }))
        .filter((found) => found.liquidityNet !== 0n)
        .toSorted((a, b) => a.index - b.index),
      known: [(compressed - 70) * tickSpacing, (compressed + 70) * tickSpacing] as const,
    };
    // A step rounds the price in its 96th binary place, and each amount by an atom, at up to a hundred stops.
    const price = approximate(sqrtPriceX96, SqrtPrice.Q96);
    const last = approximate(liquidity, SqrtPrice.Q96);
    const slack = (sell: 0 | 1) =>
      400 * (1 + last * (sell === 0 ? 1 : 1 / price ** 2)) * (1 + (sell === 0 ? price ** 2 : 1 / price ** 2));
    const depth = (sell: 0 | 1) => Market.swap(market, sell === 0 ? 'A' : 'B', 1n << 200n).sold;
    return { market, decimals: places, slack, depth };
  });

const placesOf = ({ market, decimals: counts }: Drawn): Places =>
  new Map(market.assets.map((asset, place) => [asset, { token: place, decimals: counts[place] ?? 0 }]));
const terms = { fixed: 1, horizon: 0, worth: () => 1 };

/** The one model of a market. */
function modelOf(drawn: Drawn): Program.Model {
  const offer = offerOf(drawn.market, placesOf(drawn), terms);
  if (!('alternatives' in offer)) throw new Error(offer.why);
  const [model, ...more] = offer.alternatives;
  if (model === undefined || more.length > 0) throw new Error('one model was expected');
  return model;
}

const kinds: readonly (readonly [string, fc.Arbitrary<Drawn>])[] = [
  ['constant product', product],
  ['batch', batch],
  ['twamm', twamm],
  ['weighted', weighted],
  ['stable', stable],
  ['concentrated', concentrated],
];
const side = fc.constantFrom(0 as const, 1 as const);

describe.each(kinds)('the model of a %s pool', (_, arbitrary) => {
  test('pays what the integers pay, to a part in 10^9 and their rounding', () => {
    fc.assert(
      fc.property(arbitrary, side, whole(-6_000, -700), (drawn, sell, power) => {
        const { market, decimals: counts } = drawn;
        const offered = (drawn.depth(sell) * BigInt(Math.round(10 ** (power / 1_000) * 1e12))) / 10n ** 12n;
        const buy = sell === 0 ? 1 : 0;
        const [from, to] = [10 ** (counts[sell] ?? 0), 10 ** (counts[buy] ?? 0)];
        const swapped = Market.swap(market, market.assets[sell] ?? '', offered);
        const quoted = quoteModel(modelOf(drawn), sell, buy, Number(swapped.sold) / from);
        expect(Math.abs(quoted.sold * from - Number(swapped.sold))).toBeLessThanOrEqual(
          1e-9 * Number(swapped.sold) + 1,
        );
        const short = Math.abs(quoted.bought * to - Number(swapped.bought));
        // A fee that is rounded up may take another atom of the input.
        const spot = Market.spot(market, market.assets[sell] ?? '');
        const atom = approximate(spot.bought, spot.sold);
        expect(short).toBeLessThanOrEqual(1e-9 * Number(swapped.bought) + drawn.slack(sell) + atom);
      }),
    );
  });

  test('answers prices in the program as the market itself does', () => {
    fc.assert(
      fc.property(arbitrary, whole(-180, 180), (drawn, off) => {
        const { market, decimals: counts } = drawn;
        const spot = Market.spot(market, 'A');
        const prices = [approximate(spot.bought, spot.sold) * Math.exp(off / 1_000), 1].map(
          (worth, place) => worth * 10 ** (counts[place] ?? 0),
        );
        const program = Program.of(2, [modelOf(drawn)]);
        const answer = Program.answer(program);
        Program.respond(program, Float64Array.from(prices), answer);
        const worths = {
          A: (prices[0] ?? NaN) / 10 ** (counts[0] ?? 0),
          B: (prices[1] ?? NaN) / 10 ** (counts[1] ?? 0),
        };
        const trade = Market.arb(market, worths);
        const changes = trade === undefined ? {} : Market.changes(trade);
        const expected = [changes['A'] ?? 0, changes['B'] ?? 0];
        const got = [...answer.flow].map((amount, place) => amount * 10 ** (counts[place] ?? 0));
        // At the edge of the idle band, what is traded is next to nothing beside the depth.
        for (const place of [0, 1] as const) {
          const depth = Number(drawn.depth(place));
          expect(Math.abs((got[place] ?? NaN) - (expected[place] ?? NaN))).toBeLessThanOrEqual(
            1e-8 * Math.abs(expected[place] ?? 0) + 1e-9 * depth,
          );
        }
      }),
    );
  });

  test('begins at the spot price less the fee', () => {
    fc.assert(
      fc.property(arbitrary, side, (drawn, sell) => {
        const { market, decimals: counts } = drawn;
        const buy = sell === 0 ? 1 : 0;
        const model = modelOf(drawn);
        const tiny = (1e-12 * Number(drawn.depth(sell))) / 10 ** (counts[sell] ?? 0);
        fc.pre(tiny > 0);
        const rate = quoteModel(model, sell, buy, tiny).bought / tiny;
        const spot = Market.spot(market, market.assets[sell] ?? '');
        const stated = approximate(
          spot.bought * 10n ** BigInt(counts[sell] ?? 0),
          spot.sold * 10n ** BigInt(counts[buy] ?? 0),
        );
        expect(Math.abs(rate / (stated * Market.keep(market)) - 1)).toBeLessThan(1e-8);
      }),
    );
  });
});

describe.each([
  ['weighted', weighted],
  ['concentrated', concentrated],
] as const)('the model of a %s pool', (_, arbitrary) => {
  test('takes as much as the integers take, and no more', () => {
    fc.assert(
      fc.property(arbitrary, side, (drawn, sell) => {
        const { market, decimals: counts } = drawn;
        const most = Number(Market.swap(market, market.assets[sell] ?? '', 1n << 200n).sold);
        const { sold } = quoteModel(modelOf(drawn), sell, 1 - sell, Number.MAX_VALUE);
        // Each of its stops may round what it takes, and its fee, up.
        const rounding = 400 + drawn.slack(sell === 0 ? 1 : 0);
        expect(Math.abs(sold * 10 ** (counts[sell] ?? 0) - most)).toBeLessThanOrEqual(1e-9 * most + rounding);
      }),
    );
  });
});
