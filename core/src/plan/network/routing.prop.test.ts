import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Network from './Network.ts';
import * as Purpose from './Purpose.ts';
import type { Routing } from './Routing.ts';
import { solveRouting } from './solveRouting.ts';

type Kind = Network.Market['kind'];
type World = {
  readonly network: Network.Network;
  readonly prices: readonly number[];
  readonly holdings: readonly number[];
  readonly weights: readonly number[];
  readonly kappa: number;
};

const logarithmic = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
/** Shrinking a case costs thousands of solutions; the seed is enough to look at it. */
const runs = { numRuns: 60, endOnFailure: true };
const fee = fc.constantFrom(0, 0.0005, 0.003, 0.01);

const strict: readonly Kind[] = ['constant-product', 'weighted'];
const all: readonly Kind[] = ['constant-product', 'weighted', 'concentrated', 'constant-sum'];

/** A connected network whose markets are up to ten percent off its prices; tokens 0 and 1 are worth about the same. */
function world(kinds: readonly Kind[]): fc.Arbitrary<World> {
  const pool = fc.record({
    kind: fc.constantFrom(...kinds),
    ends: fc.tuple(fc.nat(), fc.nat()),
    depth: logarithmic(1e3, 1e7),
    skew: fc.oneof(fc.double({ min: -0.1, max: 0.1, noNaN: true }), fc.constant(0)),
    weight: fc.double({ min: 0.2, max: 0.8, noNaN: true }),
    fee,
  });
  const prices = fc.array(logarithmic(1e-3, 1e5), { minLength: 0, maxLength: 4 }).map((rest) => [1, 1.001, ...rest]);
  return prices.chain((worth) => {
    const size = { minLength: worth.length, maxLength: worth.length };
    return fc.record({
      network: fc.array(pool, { minLength: worth.length, maxLength: 10 }).map((pools) => ({
        tokens: worth.length,
        markets: pools.map(({ ends, ...rest }, index) => {
          const [one, other] =
            index < worth.length - 1 ? [index + 1, ends[0] % (index + 1)] : pairOf(ends, worth.length);
          return market(
            { ...rest, kind: index < worth.length - 1 ? 'constant-product' : rest.kind },
            one,
            other,
            worth,
          );
        }),
      })),
      prices: fc.constant(worth),
      holdings: fc
        .array(fc.oneof(logarithmic(1, 1e6), fc.constant(0)), size)
        .map((values) => values.map((value, j) => (j === 0 ? value + 1 : value) / worth[j]!)),
      weights: fc.array(fc.integer({ min: 0, max: 9 }), size).map((parts) => {
        const total = parts.reduce((sum, part) => sum + part, 1);
        return parts.map((part, j) => (j === 0 ? part + 1 : part) / total);
      }),
      kappa: logarithmic(0.01, 0.5),
    });
  });
}

function pairOf(ends: readonly [number, number], size: number): readonly [number, number] {
  const one = ends[0] % size;
  return [one, (one + 1 + (ends[1] % (size - 1))) % size];
}

type Drawn = {
  readonly kind: Kind;
  readonly depth: number;
  readonly skew: number;
  readonly weight: number;
  readonly fee: number;
};

function market(drawn: Drawn, one: number, other: number, prices: readonly number[]): Network.Market {
  const { depth, fee: share } = drawn;
  const [first, second] = [prices[one]!, prices[other]! * Math.exp(drawn.skew)];
  const tokens = [one, other] as const;
  switch (drawn.kind) {
    case 'constant-product':
      return { kind: 'constant-product', tokens, reserves: [depth / first, depth / second], fee: share };
    case 'weighted': {
      const weights = [drawn.weight, 1 - drawn.weight] as const;
      return {
        kind: 'weighted',
        tokens,
        weights,
        reserves: [(depth * weights[0]) / first, (depth * weights[1]) / second],
        fee: share,
      };
    }
    case 'constant-sum':
      return { kind: 'constant-sum', tokens: [0, 1], reserves: [depth, 2 * depth], fee: share };
    case 'concentrated': {
      const root = Math.sqrt(first / second);
      const liquidity = (10 * depth) / Math.sqrt(first * second);
      const segments = [
        { low: root * 0.8, high: root * 0.99, liquidity },
        { low: root * 0.99, high: root * 1.01, liquidity: 3 * liquidity },
        { low: root * 1.02, high: root * 1.3, liquidity },
      ];
      return { kind: 'concentrated', tokens, sqrtPrice: root, segments, fee: share };
    }
  }
}

function purposes({ prices, holdings, weights, kappa }: World): readonly Purpose.Purpose[] {
  return [
    Purpose.arbitrage(prices),
    Purpose.liquidate(holdings, 0),
    { kind: 'rebalance', holdings, prices, weights, kappa },
  ];
}

/** What moves in a routing, valued: the size against which rounding is measured. */
function turnover({ network, prices }: World, { trades }: Routing): number {
  return network.markets.reduce(
    (total, { tokens }, i) => tokens.reduce((sum, token, j) => sum + Math.abs(trades[i]![j]!) * prices[token]!, total),
    0,
  );
}

/** Tell by how much a trade of two coins takes more than what it tenders buys {tok}; rounding aside, by nothing. */
function overdrawn(one: Network.Market, trade: readonly number[]): number {
  const sell = trade.findIndex((received) => received < 0);
  if (sell < 0) return Math.max(...trade);
  const most = Network.trade(one, one.tokens[sell]!, one.tokens[1 - sell]!, -trade[sell]!);
  return trade[1 - sell]! - most * (1 + 1e-9);
}

describe('a routing', () => {
  test.each([
    ['strictly convex markets', strict],
    ['all kinds of markets', all],
  ])('through %s is proven best: its value meets its bound', (_, kinds) => {
    fc.assert(
      fc.property(world(kinds), (drawn) => {
        for (const purpose of purposes(drawn)) {
          const routing = solveRouting(drawn.network, purpose);
          expect(routing.gap).toBe(Math.max(0, routing.bound - routing.value));
          expect(routing.gap).toBeLessThanOrEqual(
            1e-8 * Math.abs(routing.bound) + 1e-13 * turnover(drawn, routing) + 1e-9,
          );
          expect(routing.value).toBe(Purpose.worth(purpose, routing.net));
        }
      }),
      runs,
    );
  });

  test('is one that every market admits and that leaves no holding below zero', () => {
    fc.assert(
      fc.property(world(all), (drawn) => {
        for (const purpose of purposes(drawn)) {
          const { trades, net } = solveRouting(drawn.network, purpose);
          for (const [index, one] of drawn.network.markets.entries()) {
            expect(overdrawn(one, trades[index]!)).toBeLessThanOrEqual(1e-12);
          }
          for (const [token, amount] of net.entries()) {
            expect(purpose.holdings[token]! + amount).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      runs,
    );
  });

  test('is worth no less than any other flow: its bound is one', () => {
    const tries = fc.array(fc.tuple(logarithmic(1e-6, 1), fc.boolean(), fc.boolean()), {
      minLength: 10,
      maxLength: 10,
    });
    fc.assert(
      fc.property(world(all), tries, (drawn, sizes) => {
        for (const purpose of purposes(drawn)) {
          const { bound } = solveRouting(drawn.network, purpose);
          // Other trades, each alone and so small that what is held pays for them; a purpose that holds nothing trades nothing alone.
          for (const [index, one] of drawn.network.markets.entries()) {
            const [size, used, turned] = sizes[index]!;
            const [sell, buy] = turned ? [one.tokens[1], one.tokens[0]] : [one.tokens[0], one.tokens[1]];
            const sold = used ? size * purpose.holdings[sell]! : 0;
            const net = drawn.prices
              .map(() => 0)
              .with(sell, -sold)
              .with(buy, Network.trade(one, sell, buy, sold));
            // What a bound is a sum of is as large as the deepest market: 1e7, whose last digit is 1e-9.
            expect(Purpose.worth(purpose, net)).toBeLessThanOrEqual(bound + 1e-9 * Math.abs(bound) + 1e-9);
          }
        }
      }),
      runs,
    );
  });

  test('is the same whatever the order of tokens and markets', () => {
    fc.assert(
      fc.property(world(all), (drawn) => {
        const size = drawn.network.tokens;
        const moved = (token: number) => size - 1 - token;
        const turned = <Value>(values: readonly Value[]) => values.toReversed();
        const markets = turned(drawn.network.markets).map(
          (one) => ({ ...one, tokens: one.tokens.map(moved) }) as Network.Market,
        );
        const there = {
          ...drawn,
          network: { tokens: size, markets },
          prices: turned(drawn.prices),
          holdings: turned(drawn.holdings),
          weights: turned(drawn.weights),
        };
        const [, , here] = purposes(drawn).map((purpose) => solveRouting(drawn.network, purpose));
        const [, , other] = purposes(there).map((purpose) => solveRouting(there.network, purpose));
        expect(Math.abs(other!.value - here!.value)).toBeLessThanOrEqual(1e-8 * Math.abs(here!.value));
        for (const [token, amount] of here!.net.entries()) {
          const off = Math.abs(other!.net[moved(token)]! - amount) * drawn.prices[token]!;
          expect(off).toBeLessThanOrEqual(1e-4 * (turnover(drawn, here!) + Math.abs(here!.value)));
        }
      }),
      runs,
    );
  });

  test('grows with the money: twice the reserves and holdings, twice the flow', () => {
    fc.assert(
      fc.property(world(strict), fc.constantFrom(0.5, 2, 1024), (drawn, factor) => {
        const scale = (values: readonly number[]) => values.map((value) => value * factor);
        const markets = drawn.network.markets.map(
          (one) => ('reserves' in one ? { ...one, reserves: scale(one.reserves) } : one) as Network.Market,
        );
        const there = { ...drawn, network: { ...drawn.network, markets }, holdings: scale(drawn.holdings) };
        for (const [index, purpose] of purposes(drawn).entries()) {
          const here = solveRouting(drawn.network, purpose);
          const other = solveRouting(there.network, purposes(there)[index]!);
          const size = turnover(drawn, here) + Math.abs(here.value);
          expect(Math.abs(other.value / factor - here.value)).toBeLessThanOrEqual(1e-8 * size);
          for (const [token, amount] of here.net.entries()) {
            expect(Math.abs(other.net[token]! / factor - amount) * drawn.prices[token]!).toBeLessThanOrEqual(
              1e-6 * size,
            );
          }
        }
      }),
      runs,
    );
  });

  test('is worth no less with one more market, and no more with a higher fee', () => {
    fc.assert(
      fc.property(world(strict), (drawn) => {
        const { tokens, markets } = drawn.network;
        const dearer = { tokens, markets: markets.map((one) => ({ ...one, fee: one.fee + 0.01 })) };
        const more = { tokens, markets: [...markets, { ...markets[0]!, fee: 0 }] };
        for (const purpose of purposes(drawn)) {
          const { value } = solveRouting(drawn.network, purpose);
          const rounding = 1e-9 * Math.abs(value) + 1e-9;
          expect(solveRouting(more, purpose).value).toBeGreaterThanOrEqual(value - rounding);
          expect(solveRouting(dearer, purpose).value).toBeLessThanOrEqual(value + rounding);
        }
      }),
      runs,
    );
  });
});
