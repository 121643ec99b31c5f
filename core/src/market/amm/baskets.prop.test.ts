import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Market from '../Market.ts';
import * as StableCurve from './StableCurve.ts';
import * as StableSwap from './StableSwap.ts';
import type * as Weighted from './Weighted.ts';

const ONE = 10n ** 18n;
const NAMES = ['A', 'B', 'C', 'D'];

type Many = Weighted.Weighted | StableSwap.StableSwap;
type Case = { readonly pool: Many; readonly values: Market.Values };

const count = fc.integer({ min: 2, max: 4 });
const fee = fc.constantFrom(0n, 10n ** 14n, 3n * 10n ** 15n, 10n ** 17n);
const listOf = <Value>(length: number, value: fc.Arbitrary<Value>) =>
  fc.array(value, { minLength: length, maxLength: length });

const weighted: fc.Arbitrary<Case> = count.chain((length) =>
  fc
    .record({
      reserves: listOf(length, fc.bigInt({ min: 10n ** 20n, max: 10n ** 26n })),
      shares: listOf(length, fc.integer({ min: 1, max: 9 })),
      off: listOf(length, fc.double({ min: 0.8, max: 1.25, noNaN: true })),
      fee,
    })
    .map(({ reserves, shares, off, fee: charged }) => {
      const whole = BigInt(shares.reduce((sum, share) => sum + share, 0));
      const weights = shares.map((share) => (BigInt(share) * ONE) / whole);
      const assets = NAMES.slice(0, length);
      const scales = assets.map(() => 1n);
      const values = assets.map((_, at) => ((off[at] ?? 1) * Number(weights[at])) / Number(reserves[at]));
      return {
        pool: { kind: 'weighted', id: 'w', assets, reserves, weights, scales, fee: charged },
        values: named(values),
      };
    }),
);

const stable: fc.Arbitrary<Case> = count.chain((length) =>
  fc
    .record({
      units: listOf(length, fc.bigInt({ min: 10n ** 23n, max: 10n ** 24n })),
      off: listOf(length, fc.double({ min: 0.9, max: 1.1, noNaN: true })),
      amp: fc.bigInt({ min: 5n, max: 2_000n }),
      decimals: listOf(length, fc.constantFrom(6, 18)),
      rounding: fc.constantFrom('curve' as const, 'balancer' as const),
      fee,
    })
    .map(({ units, off, amp, decimals, rounding, fee: charged }) => {
      const assets = NAMES.slice(0, length);
      const rates = decimals.map((places) => 10n ** BigInt(36 - places));
      const pool: StableSwap.StableSwap = {
        kind: 'stable-swap',
        id: 's',
        rounding,
        assets,
        reserves: units.map((unit, at) => (unit * ONE) / (rates[at] ?? ONE)),
        rates,
        amp,
        ampPrecision: 1n,
        fee: charged,
        adminFee: 0n,
      };
      return { pool, values: named(rates.map((rate, at) => ((off[at] ?? 1) * Number(rate)) / 1e18)) };
    }),
);

const either: fc.Arbitrary<Case> = fc.oneof(weighted, stable);

describe('a basket of many assets', () => {
  test('ends where no further trade gains: every marginal price meets its value to within the fee', () => {
    fc.assert(
      fc.property(either, ({ pool, values }) => {
        const basket = Market.arb(pool, values);
        const change = moved(pool, basket);
        const slopes = slopesAfter(pool, change);
        const keep = Market.keep(pool);
        // A value over a slope must be one number μ for what is got, and μ·φ of it for what is paid, φ inside the fee.
        const bounds = pool.assets.map((asset, at) => {
          const level = (values[asset] ?? NaN) / (slopes[at] ?? NaN);
          const by = change[at] ?? 0;
          return { least: by > 0 ? level / keep : level, most: by < 0 ? level : level / keep };
        });
        const [least, most] = [Math.max(...bounds.map((b) => b.least)), Math.min(...bounds.map((b) => b.most))];
        expect(least / most - 1).toBeLessThan(1e-9);
      }),
    );
  });

  test('keeps the invariant, gains, and pays and gets different assets', () => {
    fc.assert(
      fc.property(either, ({ pool, values }) => {
        const basket = Market.arb(pool, values);
        fc.pre(basket !== undefined);
        if (basket === undefined) return;
        const net = Market.changes(basket);
        const worth = Object.keys(net).map((asset) => (net[asset] ?? NaN) * (values[asset] ?? NaN));
        const turned = worth.reduce((sum, value) => sum + Math.abs(value), 0);
        expect(worth.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(-1e-9 * turned);
        expect(worth.some((value) => value > 0) && worth.some((value) => value < 0)).toBe(true);
        expect(Math.abs(imbalance(pool, moved(pool, basket)))).toBeLessThan(1e-10);
      }),
    );
  });

  test('of two assets gains more than a little less or more, in exact swaps', () => {
    fc.assert(
      fc.property(either, ({ pool, values }) => {
        const basket = Market.arb(pool, values);
        fc.pre(pool.assets.length === 2 && basket !== undefined);
        if (basket === undefined || !('paid' in basket)) return;
        const [paid, got] = [basket.paid[0], basket.got[0]];
        if (paid === undefined || got === undefined) return;
        const gain = (share: number): number => {
          const sold = BigInt(Math.round(paid.atoms * share));
          const swapped = Market.swap(pool, paid.asset, sold, got.asset);
          return (
            Number(swapped.bought) * (values[got.asset] ?? NaN) - Number(swapped.sold) * (values[paid.asset] ?? NaN)
          );
        };
        // Balancer keeps a hundredth of a millionth of a millionth of the reserve back; what is below it cannot be seen.
        const place = pool.assets.indexOf(got.asset);
        const grain =
          2e-14 * Number(pool.reserves[place]) * (values[got.asset] ?? NaN) + 4 * (values[got.asset] ?? NaN);
        const wide = grain + 1e-9 * paid.atoms * (values[paid.asset] ?? NaN);
        for (const share of [0, 0.5, 0.9, 0.99, 1.01, 1.1]) expect(gain(share)).toBeLessThanOrEqual(gain(1) + wide);
      }),
    );
  });

  test('is none where the market agrees to within its fee, and where a value is unknown', () => {
    fc.assert(
      fc.property(either, fc.double({ min: 0.05, max: 0.95, noNaN: true }), ({ pool, values }, inside) => {
        const first = pool.assets[0] ?? '';
        const agreed = Object.fromEntries(
          pool.assets.map((asset) => {
            if (asset === first) return [asset, 1];
            const { bought, sold } = Market.spot(pool, asset, first);
            return [asset, Number(bought) / Number(sold)];
          }),
        );
        const within = Market.keep(pool) ** inside;
        fc.pre(within < 1);
        expect(Market.arb(pool, { ...agreed, [first]: within })).toBeUndefined();
        expect(Market.arb(pool, { ...values, [first]: Number.NaN })).toBeUndefined();
      }),
    );
  });

  test('is the same whatever the order of the assets', () => {
    fc.assert(
      fc.property(either, ({ pool, values }) => {
        const [one, two] = [pool, reversed(pool)].map((each) => Market.arb(each, values));
        for (const asset of pool.assets) {
          const [a, b] = [one, two].map((found) => (found === undefined ? 0 : (Market.changes(found)[asset] ?? 0)));
          const size = Number(pool.reserves[pool.assets.indexOf(asset)]);
          expect(Math.abs((a ?? NaN) - (b ?? NaN))).toBeLessThan(1e-9 * size);
        }
      }),
    );
  });
});

function named(values: readonly number[]): Market.Values {
  return Object.fromEntries(values.map((value, at) => [NAMES[at] ?? '', value]));
}

function reversed(pool: Many): Many {
  const turned = { assets: pool.assets.toReversed(), reserves: pool.reserves.toReversed() };
  return pool.kind === 'weighted'
    ? { ...pool, ...turned, weights: pool.weights.toReversed(), scales: pool.scales.toReversed() }
    : { ...pool, ...turned, rates: pool.rates.toReversed() };
}

/** What the invariant sees of a basket, in atoms: inputs after the fee, outputs before it. */
function moved(pool: Many, basket: Market.Trade | Market.Basket | undefined): readonly number[] {
  const net = basket === undefined ? {} : Market.changes(basket);
  const keep = Market.keep(pool);
  const chargesOutput = pool.kind === 'stable-swap' && pool.rounding === 'curve';
  return pool.assets.map((asset) => {
    const got = net[asset] ?? 0;
    if (got < 0) return -got * (chargesOutput ? 1 : keep);
    return -got / (chargesOutput ? keep : 1);
  });
}

/** The slope of the invariant in an atom of each asset, after a change. */
function slopesAfter(pool: Many, change: readonly number[]): readonly number[] {
  if (pool.kind === 'weighted') {
    return pool.reserves.map((reserve, at) => Number(pool.weights[at]) / (Number(reserve) + (change[at] ?? 0)));
  }
  const { balances, product, total } = curve(pool, change);
  return balances.map((balance, at) => ((total + product / balance) * Number(pool.rates[at])) / 1e18);
}

/** How far a change misses the invariant, as a share of it. */
function imbalance(pool: Many, change: readonly number[]): number {
  if (pool.kind === 'weighted') {
    return pool.reserves.reduce(
      (sum, reserve, at) => sum + (Number(pool.weights[at]) / 1e18) * Math.log1p((change[at] ?? 0) / Number(reserve)),
      0,
    );
  }
  const [before, after] = [
    curve(
      pool,
      change.map(() => 0),
    ),
    curve(pool, change),
  ];
  const sum = (balances: readonly number[]) => balances.reduce((so, balance) => so + balance, 0);
  const rise = before.total * (sum(after.balances) - sum(before.balances)) - (after.product - before.product);
  return rise / (before.total * sum(before.balances));
}

/** The stable curve in scaled units after a change; its product term follows from the balances. */
function curve(pool: StableSwap.StableSwap, change: readonly number[]) {
  const units = StableSwap.scaledAll(pool);
  const product = Number(StableCurve.productTerm(units, StableCurve.invariant(pool, units)));
  const balances = units.map((unit, at) => Number(unit) + ((change[at] ?? 0) * Number(pool.rates[at])) / 1e18);
  const shift = balances.reduce((sum, balance, at) => sum + Math.log(balance / Number(units[at])), 0);
  return { balances, product: product * Math.exp(-shift), total: Number(StableCurve.total(pool)) };
}
