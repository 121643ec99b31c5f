import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Network from './Network.ts';

const logarithmic = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const fee = fc.constantFrom(0, 0.0005, 0.003, 0.01, 0.3);
const amount = logarithmic(1e-3, 1e9);

const product: fc.Arbitrary<Network.Market> = fc.record({
  kind: fc.constant('constant-product'),
  tokens: fc.constant([0, 1] as const),
  reserves: fc.tuple(amount, amount),
  fee,
});
const weighted: fc.Arbitrary<Network.Market> = fc
  .array(fc.tuple(amount, logarithmic(0.05, 0.9)), { minLength: 2, maxLength: 5 })
  .chain((coins) =>
    fee.map((share) => ({
      kind: 'weighted',
      tokens: coins.map((_, token) => token),
      reserves: coins.map(([reserve]) => reserve),
      weights: coins.map(([, weight]) => weight),
      fee: share,
    })),
  );
const concentrated: fc.Arbitrary<Network.Market> = fc
  .tuple(logarithmic(1e-3, 1e3), fc.array(fc.tuple(amount, logarithmic(1.001, 2)), { minLength: 1, maxLength: 4 }), fee)
  .chain(([from, steps, share]) => {
    let low = from;
    const segments = steps.map(([liquidity, factor]) => {
      const high = low * factor;
      const segment = { low, high, liquidity };
      // Every other range leaves a hole after it.
      low = factor > 1.3 ? high : high * 1.01;
      return segment;
    });
    const last = segments[segments.length - 1]!.high;
    return fc.double({ min: 0, max: 1, noNaN: true }).map((at) => ({
      kind: 'concentrated' as const,
      tokens: [0, 1] as const,
      sqrtPrice: Math.min(last, from * (last / from) ** at),
      segments,
      fee: share,
    }));
  });
const sum: fc.Arbitrary<Network.Market> = fc.record({
  kind: fc.constant('constant-sum'),
  tokens: fc.constant([0, 1] as const),
  reserves: fc.tuple(amount, amount),
  fee,
});

/** A market, and prices that differ from its own by a factor each. */
function priced(market: fc.Arbitrary<Network.Market>) {
  return market.chain((one) =>
    fc
      .array(logarithmic(0.2, 5), { minLength: one.tokens.length, maxLength: one.tokens.length })
      .map((factors) => ({ market: one, prices: Network.spot(one).map((price, j) => price * factors[j]!) })),
  );
}

const smooth = priced(fc.oneof(product, weighted, concentrated));
const any = priced(fc.oneof(product, weighted, concentrated, sum));
const gross = (trade: readonly number[], prices: readonly number[]) =>
  trade.reduce((total, received, j) => total + Math.abs(received) * prices[j]!, 0);

describe('the best response of a market', () => {
  test('is a trade that the market makes: what is received is what the tender buys', () => {
    fc.assert(
      fc.property(any, ({ market, prices }) => {
        fc.pre(market.tokens.length === 2);
        const { trade } = Network.arb(market, prices);
        const sell = trade.findIndex((received) => received < 0);
        const bought = sell < 0 ? 0 : Network.trade(market, sell, 1 - sell, -trade[sell]!);
        const received = sell < 0 ? Math.max(...trade) : trade[1 - sell]!;
        expect(Math.abs(bought - received)).toBeLessThanOrEqual(1e-9 * received);
      }),
    );
  });

  test('keeps the weighted product of any number of coins', () => {
    fc.assert(
      fc.property(priced(weighted), ({ market, prices }) => {
        if (market.kind !== 'weighted') throw new TypeError('drawn as a weighted pool');
        const { trade } = Network.arb(market, prices);
        const logarithms = trade.map((received, j) => {
          const change = received < 0 ? -received * (1 - market.fee) : -received;
          return market.weights[j]! * Math.log1p(change / market.reserves[j]!);
        });
        const size = logarithms.reduce((total, one) => total + Math.abs(one), 0);
        expect(Math.abs(logarithms.reduce((total, one) => total + one, 0))).toBeLessThanOrEqual(1e-9 * size);
      }),
    );
  });

  test('gains no less than any other trade of two coins, and never loses', () => {
    fc.assert(
      fc.property(any, logarithmic(1e-9, 1e3), fc.boolean(), ({ market, prices }, size, turned) => {
        const [sell, buy] = turned ? [1, 0] : [0, 1];
        const { gain, trade } = Network.arb(market, prices);
        const sold = size * Math.max(Math.abs(trade[sell]!), 1e-3);
        const other = Network.trade(market, sell, buy, sold) * prices[buy]! - sold * prices[sell]!;
        const rounding = 1e-12 * (gross(trade, prices) + sold * prices[sell]!);
        expect(gain).toBeGreaterThanOrEqual(Math.max(0, other) - rounding);
      }),
    );
  });

  test('has the trade as the slope of its gain, and the curvature as the slope of its trade', () => {
    fc.assert(
      fc.property(
        smooth,
        fc.array(fc.constantFrom(-1, -0.5, 0, 0.5, 1), { minLength: 5, maxLength: 5 }),
        (one, way) => {
          const { market, prices } = one;
          const here = Network.arb(market, prices);
          const move = (step: number) => prices.map((price, j) => price * (1 + step * way[j]!));
          const [ahead, behind] = [Network.arb(market, move(1e-5)), Network.arb(market, move(-1e-5))];
          // The gain is convex, so its chords enclose its slope.
          const slope = here.trade.reduce((total, received, j) => total + received * prices[j]! * way[j]!, 0);
          const noise = 1e-8 * gross(ahead.trade, prices) + 1e-15;
          expect(slope).toBeLessThanOrEqual((ahead.gain - here.gain) / 1e-5 + noise);
          expect(slope).toBeGreaterThanOrEqual((here.gain - behind.gain) / 1e-5 - noise);
          // Where no corner lies between, the change of the trade is the curvature's.
          const bent = here.curvature.map((row) =>
            row.reduce((total, entry, k) => total + entry * prices[k]! * way[k]!, 0),
          );
          const trading = [ahead, here, behind].map(({ trade }) => String(trade.map(Math.sign)));
          if (new Set(trading).size > 1 || market.kind === 'concentrated') return;
          const found = bent.map((_, j) => ((ahead.trade[j]! - behind.trade[j]!) / 2e-5) * prices[j]!);
          const depth = here.curvature.reduce((total, row, j) => total + row[j]! * prices[j]! ** 2, 0);
          for (const [j, entry] of bent.entries())
            expect(Math.abs(entry * prices[j]! - found[j]!)).toBeLessThanOrEqual(1e-4 * depth);
        },
      ),
    );
  });

  test('does not change when all prices double', () => {
    fc.assert(
      fc.property(any, ({ market, prices }) => {
        const { trade } = Network.arb(market, prices);
        const doubled = Network.arb(
          market,
          prices.map((price) => 2 * price),
        );
        for (const [j, received] of trade.entries()) {
          expect(Math.abs(doubled.trade[j]! - received)).toBeLessThanOrEqual(1e-12 * Math.abs(received));
        }
      }),
    );
  });
});
