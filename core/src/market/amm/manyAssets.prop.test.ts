import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Market from '../Market.ts';
import { BadInput, BuyUnnamed, NotTraded } from './Pair.ts';
import * as StableCurve from './StableCurve.ts';
import * as StableSwap from './StableSwap.ts';
import * as Weighted from './Weighted.ts';

const ONE = 10n ** 18n;
const NAMES = ['A', 'B', 'C', 'D'];
const fee = fc.constantFrom(0n, 10n ** 12n, 10n ** 14n, 4n * 10n ** 14n, 3n * 10n ** 15n, 10n ** 17n);

type Parts = { readonly sizes: readonly bigint[]; readonly decimals: readonly number[]; readonly fee: bigint };

/** Two to four assets: how much of each, in units of 18 decimals, and the decimals that its atoms have. */
function parts(smallest: bigint, largest: bigint, decimals: readonly number[]): fc.Arbitrary<Parts> {
  return fc.integer({ min: 2, max: 4 }).chain((count) =>
    fc.record({
      sizes: fc.array(fc.bigInt({ min: smallest, max: largest }), { minLength: count, maxLength: count }),
      decimals: fc.array(fc.constantFrom(...decimals), { minLength: count, maxLength: count }),
      fee,
    }),
  );
}

const weighted: fc.Arbitrary<Weighted.Weighted> = fc
  .record({
    parts: parts(1_000n * ONE, 10n ** 31n, [0, 6, 8, 18]),
    draws: fc.array(fc.bigInt({ min: 0n, max: 9n }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ parts: { sizes, decimals, fee: charged }, draws }) => {
    const shares = sizes.map((_, place) => (draws[place] ?? 0n) + 1n);
    const whole = shares.reduce((sum, share) => sum + share, 0n);
    const weights = shares.map((share) => (share * ONE) / whole);
    const rest = ONE - weights.reduce((sum, weight) => sum + weight, 0n);
    const scales = decimals.map((count) => 10n ** BigInt(18 - count));
    return {
      kind: 'weighted',
      id: 'weighted',
      assets: NAMES.slice(0, sizes.length),
      reserves: sizes.map((size, place) => size / (scales[place] ?? 1n)),
      weights: weights.map((weight, place) => (place === 0 ? weight + rest : weight)),
      scales,
      fee: charged,
    };
  });

const stable: fc.Arbitrary<StableSwap.StableSwap> = fc
  .record({
    parts: parts(5n * 10n ** 22n, 10n ** 24n, [0, 6, 8, 18, 27]),
    rounding: fc.constantFrom('curve' as const, 'balancer' as const),
    amp: fc.bigInt({ min: 2n, max: 5_000n }),
    ampPrecision: fc.constantFrom(1n, 100n, 1_000n),
    adminFee: fc.constantFrom(0n, ONE / 2n),
  })
  .map(({ parts: { sizes, decimals, fee: charged }, rounding, amp, ampPrecision, adminFee }) => {
    const rates = decimals.map((count) => 10n ** BigInt(36 - count));
    const shape = { kind: 'stable-swap', id: 'stable', rounding, ampPrecision, amp: amp * ampPrecision } as const;
    const assets = NAMES.slice(0, sizes.length);
    const reserves = sizes.map((size, place) => (size * ONE) / (rates[place] ?? ONE));
    return { ...shape, assets, reserves, rates, fee: charged, adminFee };
  });

type Many = Weighted.Weighted | StableSwap.StableSwap;
const market: fc.Arbitrary<Many> = fc.oneof(weighted, stable);
const pair = market.filter(({ assets }) => assets.length === 2);
const many = market.filter(({ assets }) => assets.length > 2);
const asset = fc.constantFrom('A', 'B');
const other = (name: string): string => (name === 'A' ? 'B' : 'A');

/** From nothing to beyond what any contract holds; most are a share of the reserve. */
const input = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 1n << 112n, 1n << 128n).map((atoms) => () => atoms),
  fc.bigInt({ min: 0n, max: 1_000_000n }).map((ppm) => (reserve: bigint) => (reserve * ppm) / 3_000_000n),
);
const reserveOf = (pool: Many, name: string): bigint => pool.reserves[pool.assets.indexOf(name)] ?? 0n;

/** What a contract's own series and iterations may be off by, in atoms of one asset. */
function wobble(pool: Many, name: string): bigint {
  // Balancer's power is right to some units of its eighteenth digit.
  if (pool.kind === 'weighted') return (8n * reserveOf(pool, name)) / ONE + 1n;
  // The roots of the stable invariant are right to some units; Balancer's divides early, which Ann then multiplies.
  const count = BigInt(pool.assets.length);
  const units = pool.rounding === 'curve' ? 100n * count : 4n * count * StableCurve.total(pool) + 100n * count;
  return (units * ONE) / (pool.rates[pool.assets.indexOf(name)] ?? ONE) + 1n;
}

describe('a market of many assets', () => {
  test('takes no more than it is offered, pays no more than it has, and touches no third asset', () => {
    fc.assert(
      fc.property(market, asset, input, (pool, sell, size) => {
        const atoms = size(reserveOf(pool, sell));
        const { sold, bought, buy, fee: charged, feeIn, after } = Market.swap(pool, sell, atoms, other(sell));
        expect(sold >= 0n && sold <= atoms && bought >= 0n && bought <= reserveOf(pool, buy)).toBe(true);
        expect(charged >= 0n && [sell, buy].includes(feeIn)).toBe(true);
        expect((after as Many).reserves.slice(2)).toEqual(pool.reserves.slice(2));
        expect(reserveOf(after as Many, sell)).toBe(reserveOf(pool, sell) + sold);
        expect(reserveOf(after as Many, buy) <= reserveOf(pool, buy) - bought).toBe(true);
      }),
    );
  });

  test('pays no better than its spot price', () => {
    fc.assert(
      fc.property(market, asset, input, (pool, sell, size) => {
        const buy = other(sell);
        const { sold, bought } = Market.swap(pool, sell, size(reserveOf(pool, sell)), buy);
        const spot = Market.spot(pool, sell, buy);
        const slack = pool.kind === 'weighted' ? 0n : wobble(pool, buy);
        expect((bought - slack) * spot.sold <= sold * spot.bought).toBe(true);
        const impact = Market.impact(pool, sell, sold, buy);
        expect(impact >= 0 && impact <= 1).toBe(true);
      }),
    );
  });

  test('pays at least as much for more, and no more when its fee rises', () => {
    fc.assert(
      fc.property(market, asset, input, input, fc.bigInt({ min: 1n, max: ONE / 10n }), (pool, sell, one, two, more) => {
        const buy = other(sell);
        const sizes = [one, two].map((size) => size(reserveOf(pool, sell)));
        const [less = 0n, larger = 0n] = sizes.toSorted((a, b) => (a < b ? -1 : 1));
        const whole = Market.swap(pool, sell, larger, buy);
        expect(Market.swap(pool, sell, less, buy).bought <= whole.bought + wobble(pool, buy)).toBe(true);
        const dearer = Market.swap({ ...pool, fee: pool.fee + more }, sell, whole.sold, buy);
        expect(dearer.bought <= whole.bought + wobble(pool, buy)).toBe(true);
      }),
    );
  });

  test('two halves never beat one whole, unless a fee stays in a stable pool and moves its curve', () => {
    fc.assert(
      fc.property(market, asset, input, input, (any, sell, one, two) => {
        const buy = other(sell);
        // What is held back of the first half can make the second cheaper there: it deepens the reserve that is bought
        // from, or bends the curve. So here nothing stays: Curve's fee is paid away and Balancer's is zero.
        const left = any.kind === 'stable-swap' && any.rounding === 'balancer' ? 0n : any.fee;
        const pool = any.kind === 'stable-swap' ? { ...any, adminFee: ONE, fee: left } : any;
        const first = Market.swap(pool, sell, one(reserveOf(pool, sell)) / 2n, buy);
        fc.pre(isUsable(pool, first.after as Many));
        const second = Market.swap(first.after, sell, two(reserveOf(pool, sell)) / 2n, buy);
        const whole = Market.swap(pool, sell, first.sold + second.sold, buy);
        fc.pre(whole.sold === first.sold + second.sold);
        expect(first.bought + second.bought <= whole.bought + 2n * wobble(pool, buy)).toBe(true);
      }),
    );
  });

  test('never pays a profit for a round trip', () => {
    fc.assert(
      fc.property(market, asset, input, (pool, sell, size) => {
        const there = Market.swap(pool, sell, size(reserveOf(pool, sell)), other(sell));
        fc.pre(isUsable(pool, there.after as Many));
        const back = Market.swap(there.after, there.buy, there.bought, sell);
        expect(back.bought <= there.sold).toBe(true);
      }),
    );
  });

  test('asks at least as much for an exact output as that output is worth, and pays exactly that', () => {
    fc.assert(
      fc.property(market, asset, input, (pool, sell, size) => {
        const buy = other(sell);
        const wanted = size(reserveOf(pool, buy)) / 2n;
        const swapped = Market.swapOut(pool, sell, wanted, buy);
        fc.pre(swapped.bought === wanted && isUsable(pool, swapped.after as Many));
        const back = Market.swap(swapped.after, buy, swapped.bought, sell);
        // The roots are right to some units, and the least input leaves none to spare.
        expect(back.bought <= swapped.sold + (pool.kind === 'weighted' ? 0n : wobble(pool, sell))).toBe(true);
        // The other way round the same amounts come out, up to what the contracts keep back for themselves.
        const again = Market.swap(pool, sell, swapped.sold, buy);
        fc.pre(again.sold === swapped.sold);
        const margin = reserveOf(pool, buy) / 10n ** 12n + 2n * wobble(pool, buy);
        expect(again.bought >= wanted - margin).toBe(true);
      }),
    );
  });

  test('gives the same answer whatever the order of its assets', () => {
    fc.assert(
      fc.property(market, input, (pool, size) => {
        const turned = turn(pool);
        const atoms = size(reserveOf(pool, 'A'));
        const [one, two] = [pool, turned].map((each) => Market.swap(each, 'A', atoms, 'B'));
        const grain = pool.kind === 'weighted' ? 0n : wobble(pool, 'B');
        const gap = (one?.bought ?? 0n) - (two?.bought ?? 0n);
        expect(gap <= grain && gap >= -grain).toBe(true);
        // A swap too small to pay anything may be refused in one order and taken for nothing in the other.
        expect(one?.sold === two?.sold || one?.bought === 0n || two?.bought === 0n).toBe(true);
      }),
    );
  });

  test('refuses assets it does not trade, and negative amounts', () => {
    fc.assert(
      fc.property(market, (pool) => {
        expect(() => Market.spot(pool, 'Z', 'A')).toThrow(NotTraded);
        expect(() => Market.swap(pool, 'A', 1n, 'A')).toThrow(NotTraded);
        expect(() => Market.swap(pool, 'A', 1n, '__proto__')).toThrow(NotTraded);
        expect(() => Market.swap(pool, 'A', -1n, 'B')).toThrow(BadInput);
        expect(() => Market.swapOut(pool, 'A', -1n, 'B')).toThrow(BadInput);
      }),
    );
  });
});

describe('what is bought', () => {
  test('may be left open between two assets', () => {
    fc.assert(
      fc.property(pair, (pool) => {
        expect(Market.swap(pool, 'A', 1_000n)).toEqual(Market.swap(pool, 'A', 1_000n, 'B'));
        expect(Market.spot(pool, 'B')).toEqual(Market.spot(pool, 'B', 'A'));
      }),
    );
  });

  test('must be named among more', () => {
    fc.assert(
      fc.property(many, (pool) => {
        expect(() => Market.swap(pool, 'A', 1n)).toThrow(BuyUnnamed);
        expect(() => Market.spot(pool, 'A')).toThrow(BuyUnnamed);
      }),
    );
  });
});

describe('weighted', () => {
  test('the weighted product of its reserves never falls', () => {
    fc.assert(
      fc.property(weighted, asset, input, (pool, sell, size) => {
        const { sold, bought, buy } = Weighted.swap(pool, sell, size(reserveOf(pool, sell)), other(sell));
        const grows = (name: string, by: bigint) =>
          (Number(pool.weights[pool.assets.indexOf(name)]) / 1e18) *
          Math.log1p(Number(by) / Number(reserveOf(pool, name)));
        expect(grows(sell, sold) + grows(buy, -bought)).toBeGreaterThanOrEqual(-1e-15);
      }),
    );
  });

  test('puts in and takes out at most three tenths of a reserve', () => {
    fc.assert(
      fc.property(weighted, asset, (pool, sell) => {
        const room = (1n << 112n) - 1n - reserveOf(pool, sell);
        const { sold, fee: charged } = Weighted.swap(pool, sell, 1n << 128n, other(sell));
        expect((sold - charged) * 10n <= reserveOf(pool, sell) * 3n).toBe(true);
        expect(sold === room || (sold + 2n) * (ONE - pool.fee) * 10n > reserveOf(pool, sell) * 3n * ONE).toBe(true);
        const { bought } = Weighted.swapOut(pool, sell, 1n << 128n, other(sell));
        expect(bought * 10n <= reserveOf(pool, other(sell)) * 3n).toBe(true);
      }),
    );
  });
});

describe('stable', () => {
  test('the invariant never falls', () => {
    fc.assert(
      fc.property(stable, asset, input, (pool, sell, size) => {
        const { after } = StableSwap.swap(pool, sell, size(reserveOf(pool, sell)), other(sell));
        fc.pre(isUsable(pool, after));
        const [before, now] = [pool, after].map((each) => StableCurve.invariant(each, StableSwap.scaledAll(each)));
        expect((now ?? 0n) + 2n >= (before ?? 0n)).toBe(true);
      }),
    );
  });

  test('takes as little as brings what is wanted, where the contract offers no exact output', () => {
    fc.assert(
      fc.property(stable, asset, fc.bigInt({ min: 1n, max: 500n }), (pool, sell, share) => {
        const curve = { ...pool, rounding: 'curve' } as const;
        const wanted = (reserveOf(pool, other(sell)) * share) / 1_000n;
        const { sold, bought } = StableSwap.swapOut(curve, sell, wanted, other(sell));
        fc.pre(wanted > 0n && bought >= wanted);
        expect(StableSwap.swap(curve, sell, sold - 1n, other(sell)).bought < wanted).toBe(true);
      }),
    );
  });
});

/** Whether a pool's reserves stayed within a factor of what they were: beyond, the contracts' iterations no longer settle. */
function isUsable(before: Many, after: Many): boolean {
  if (before.kind === 'weighted') return true;
  const isNear = (now: bigint, was = 0n) => now <= was * 20n && now * 20n >= was;
  return after.reserves.every((reserve, place) => isNear(reserve, before.reserves[place]));
}

/** The same pool with its last asset first. */
function turn(pool: Many): Many {
  const by = <Value>(list: readonly Value[]): readonly Value[] => [...list.slice(-1), ...list.slice(0, -1)];
  const [assets, reserves] = [by(pool.assets), by(pool.reserves)];
  return pool.kind === 'weighted'
    ? { ...pool, assets, reserves, weights: by(pool.weights), scales: by(pool.scales) }
    : { ...pool, assets, reserves, rates: by(pool.rates) };
}
