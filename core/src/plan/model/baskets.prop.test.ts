// Pools of three and more coins: what their models promise is held to what the integers pay, between any two of their coins.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Market from '../../market/Market.ts';
import { approximate } from '../../money/approximate.ts';
import { offerOf } from './offerOf.ts';
import { quoteModel } from './quoteModel.ts';

const ONE = 10n ** 18n;
const coins = ['A', 'B', 'C', 'D'];
const whole = (min: number, max: number) => fc.integer({ min, max });

const drawn = whole(3, 4)
  .chain((size) =>
    fc.record({
      decimals: fc.array(fc.constantFrom(6, 8, 18), { minLength: size, maxLength: size }),
      skew: fc.array(whole(-700, 700), { minLength: size, maxLength: size }),
      depth: whole(20, 26),
      amp: whole(1, 5_000),
      ampPrecision: fc.constantFrom(1n, 100n, 1_000n),
      rounding: fc.constantFrom('curve' as const, 'balancer' as const),
      feePpm: fc.constantFrom(0, 100, 400, 10_000),
      grown: fc.bigInt({ min: ONE, max: 2n * ONE }),
      sides: fc.constantFrom([0, 1] as const, [1, 0] as const, [2, 0] as const, [size - 1, 1] as const),
      power: whole(-6_000, -700),
    }),
  )
  .map(({ decimals, skew, depth, amp, feePpm, grown, sides, power, ...rest }) => {
    const assets = coins.slice(0, decimals.length);
    const rates = decimals.map((count, place) => (10n ** BigInt(36 - count) * (place === 0 ? grown : ONE)) / ONE);
    const scaled = skew.map(
      (one) => (10n ** BigInt(depth) * BigInt(Math.round(10 ** (one / 1_000) * 1e6))) / 1_000_000n,
    );
    const reserves = scaled.map((amount, place) => (amount * ONE) / (rates[place] ?? ONE));
    const market = {
      kind: 'stable-swap' as const,
      id: 'pool',
      assets,
      reserves,
      rates,
      amp: BigInt(amp) * rest.ampPrecision,
      ampPrecision: rest.ampPrecision,
      rounding: rest.rounding,
      fee: BigInt(feePpm) * 10n ** 12n,
      adminFee: 0n,
    };
    return { market, decimals, sides, power };
  });

describe('the model of a stable pool of many coins', () => {
  test('pays what the integers pay between any two, to a part in 10^9 and their rounding', () => {
    fc.assert(
      fc.property(drawn, ({ market, decimals, sides: [sell, buy], power }) => {
        const { assets, reserves, rates } = market;
        const places = new Map(assets.map((asset, token) => [asset, { token, decimals: decimals[token] ?? 0 }]));
        const offer = offerOf(market, places, { fixed: 1, horizon: 0, worth: () => 1 });
        const [model, ...more] = 'alternatives' in offer ? offer.alternatives : [];
        if (model === undefined || more.length > 0) throw new Error('one model was expected');
        const offered = ((reserves[sell] ?? 0n) * BigInt(Math.round(10 ** (power / 1_000) * 1e12))) / 10n ** 12n;
        const swapped = Market.swap(market, assets[sell] ?? '', offered, assets[buy]);
        const [from, to] = [10 ** (decimals[sell] ?? 0), 10 ** (decimals[buy] ?? 0)];
        const quoted = quoteModel(model, sell, buy, Number(offered) / from);
        const short = Math.abs(quoted.bought * to - Number(swapped.bought));
        const spot = Market.spot(market, assets[sell] ?? '', assets[buy]);
        // The integers settle on an invariant and on a balance to a few units each, of which a thin side feels the more.
        const slack = 2 + (1_000 * Number(ONE)) / Number(rates[buy]) + approximate(spot.bought, spot.sold);
        expect(short).toBeLessThanOrEqual(1e-9 * Number(swapped.bought) + slack);
      }),
    );
  });
});
