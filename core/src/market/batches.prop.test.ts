import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Batch from './Batch.ts';
import type { Rate } from './Market.ts';
import { MarketError } from './Terms.ts';
import * as Twamm from './Twamm.ts';

const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
/** Spread evenly, or in logarithms where zero is out: `fc.double` from zero on is nearly always next to nothing. */
const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => {
    const part = step / 1_000_000;
    return min > 0 ? min * (max / min) ** part : min + (max - min) * part;
  });
const apart = (one: number, other: number) => Math.abs(one / other - 1);

const batch: fc.Arbitrary<Batch.Batch> = fc
  .tuple(big(10n ** 6n, 1n << 90n), big(10n ** 6n, 1n << 90n))
  .map((reserves) => ({ kind: 'batch', id: 'batch', assets: ['A', 'B'] as const, reserves, net: 0n }));

/** Orders around the pool's price, some of them with the very same limit. */
const orders = fc.array(
  fc.record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    share: fc.integer({ min: 0, max: 3_000 }),
    off: fc.integer({ min: 8, max: 12 }),
  }),
  { maxLength: 10 },
);
type Sketch = { readonly side: 'buy' | 'sell'; readonly share: number; readonly off: number };
const drawn = ({ reserves: [x, y] }: Batch.Batch, sketches: readonly Sketch[]): readonly Batch.Order[] =>
  sketches.map(({ side, share, off }) => ({
    side,
    base: (x * BigInt(share)) / 10_000n,
    limit: { bought: y * BigInt(off), sold: x * 10n },
  }));
const compare = (one: Rate, other: Rate) => one.bought * other.sold - other.bought * one.sold;

describe('a batch', () => {
  test('clears every order at one price, none against its limit, and all that are better in full', () => {
    fc.assert(
      fc.property(batch, orders, (pool, sketches) => {
        const all = drawn(pool, sketches);
        const { price, fills } = Batch.clear(pool, all);
        for (const [index, { side, base, limit }] of all.entries()) {
          const filled = fills[index]?.base ?? -1n;
          const better = compare(limit, price) * (side === 'buy' ? 1n : -1n);
          expect(filled >= 0n && filled <= base).toBe(true);
          const [least, most] = better > 0n ? [base, base] : [0n, better < 0n ? 0n : base];
          expect(filled >= least && filled <= most).toBe(true);
        }
      }),
    );
  });

  test('conserves both assets: what the pool pays is what the orders get, and it keeps the atoms', () => {
    fc.assert(
      fc.property(batch, orders, (pool, sketches) => {
        const all = drawn(pool, sketches);
        const { price, net, fills } = Batch.clear(pool, all);
        let [base, quote] = [0n, 0n];
        for (const [index, { side }] of all.entries()) {
          const fill = fills[index] ?? { base: 0n, quote: 0n };
          base += side === 'buy' ? fill.base : -fill.base;
          quote += side === 'buy' ? fill.quote : -fill.quote;
        }
        expect(base).toBe(net);
        // What the pool receives is at least the price of what it gives.
        expect(quote * price.sold >= net * price.bought).toBe(true);
        const [x, y] = pool.reserves;
        expect((x - net) * (y + quote) >= x * y).toBe(true);
      }),
    );
  });

  test('sells what makes the product of reserves highest at its own price', () => {
    fc.assert(
      fc.property(batch, real(-0.4, 0.4), real(0.5, 2), (pool, share, times) => {
        const [x, y] = pool.reserves.map(Number);
        if (x === undefined || y === undefined) throw new Error('a pool has two reserves');
        const net = BigInt(Math.trunc(x * share));
        const { bought, sold } = Batch.priceAt(pool, net);
        const price = Number(bought) / Number(sold);
        const product = (traded: number) => (1 - traded / x) * (1 + (traded * price) / y);
        expect(product(Number(net) * times)).toBeLessThanOrEqual(product(Number(net)) * (1 + 1e-12));
      }),
    );
  });

  test('clears the same price whatever the order of the orders', () => {
    fc.assert(
      fc.property(batch, orders, (pool, sketches) => {
        const all = drawn(pool, sketches);
        const [one, other] = [Batch.clear(pool, all), Batch.clear(pool, all.toReversed())];
        expect(compare(one.price, other.price)).toBe(0n);
        expect(one.net).toBe(other.net);
      }),
    );
  });

  test('leaves the pool alone where orders cancel, and does not run in front of anybody', () => {
    const pool: Batch.Batch = { kind: 'batch', id: 'batch', assets: ['A', 'B'], reserves: [1_000n, 4_000n], net: 0n };
    const any = { buy: { bought: 100n, sold: 1n }, sell: { bought: 1n, sold: 100n } };
    const crossing = (['buy', 'sell'] as const).map((side) => ({ side, base: 700n, limit: any[side] }));
    expect(Batch.clear(pool, crossing)).toEqual({
      price: { bought: 4_000n, sold: 1_000n },
      net: 0n,
      fills: [
        { base: 700n, quote: 2_800n },
        { base: 700n, quote: 2_800n },
      ],
    });
  });

  test('is refused where it would sell half of its reserve, and where an order is none', () => {
    const pool: Batch.Batch = { kind: 'batch', id: 'batch', assets: ['A', 'B'], reserves: [1_000n, 4_000n], net: 0n };
    expect(() => Batch.priceAt(pool, 500n)).toThrow('net');
    expect(() => Batch.priceAt({ ...pool, reserves: [0n, 1n] }, 0n)).toThrow(MarketError);
    expect(() => Batch.clear(pool, [{ side: 'buy', base: -1n, limit: { bought: 1n, sold: 1n } }])).toThrow('base');
    expect(() => Batch.clear(pool, [{ side: 'buy', base: 1n, limit: { bought: 0n, sold: 1n } }])).toThrow('limit');
  });
});

const reserves = fc.tuple(real(1, 1e9), real(1, 1e9));
const shares = fc.tuple(fc.oneof(fc.constant(0), real(1e-6, 5)), fc.oneof(fc.constant(0), real(1e-6, 5)));

describe('long orders', () => {
  test('keep the product, give what they take, and come to the same in two steps as in one', () => {
    fc.assert(
      fc.property(reserves, shares, ([x, y], [a, b]) => {
        const sold = [a * x, b * y] as const;
        const whole = Twamm.course([x, y], sold);
        expect(apart(whole.reserves[0] * whole.reserves[1], x * y)).toBeLessThan(1e-9);
        expect(apart(whole.reserves[0] + whole.bought[0], x + sold[0])).toBeLessThan(1e-9);
        expect(apart(whole.reserves[1] + whole.bought[1], y + sold[1])).toBeLessThan(1e-9);
        const half = Twamm.course([x, y], [sold[0] / 2, sold[1] / 2]);
        const rest = Twamm.course(half.reserves, [sold[0] / 2, sold[1] / 2]);
        expect(apart(rest.reserves[0], whole.reserves[0])).toBeLessThan(1e-9);
        expect(apart(rest.reserves[1], whole.reserves[1])).toBeLessThan(1e-9);
      }),
    );
  });

  test('that are far larger than the pool meet each other: their price is the ratio of their streams', () => {
    const { bought } = Twamm.course([1, 1], [1e6, 3e6]);
    expect(apart(bought[0], 1e6)).toBeLessThan(1e-5);
    expect(apart(bought[1], 3e6)).toBeLessThan(1e-5);
    expect(Twamm.course([1e9, 1], [1e30, 1e30]).reserves.every((left) => left > 0 && left < Infinity)).toBe(true);
  });

  test('are refused where a pool or a stream is none', () => {
    expect(() => Twamm.course([0, 1], [1, 1])).toThrow('reserves[0]');
    expect(() => Twamm.course([1, NaN], [1, 1])).toThrow(MarketError);
    expect(() => Twamm.course([1, 1], [-1, 1])).toThrow('sold[0]');
  });
});
