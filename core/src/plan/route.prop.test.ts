import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Gas from '../market/Gas.ts';
import type { Pool } from '../market/Market.ts';
import { ONE } from '../money/Fixed.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import { charge } from './charge.ts';
import * as Mesh from './Mesh.ts';
import * as Quote from './Quote.ts';
import { route } from './route.ts';

const free = { price: 0n, native: ONE, authorise: 0n, swap: 0n, hop: 0n };
const tokens = fc.bigInt({ min: 10n ** 20n, max: 10n ** 26n });
const fees = fc.constantFrom(100, 500, 3_000, 10_000);
const size = fc.bigInt({ min: 10n ** 15n, max: 10n ** 25n });

function pool(id: string, assets: readonly [string, string], x: bigint, y: bigint, feePpm: number): Pool {
  return { kind: 'constant-product', id, assets, reserves: [x, y], feePpm };
}

function position(id: string): Position {
  return { asset: { id, symbol: id, decimals: 18 }, held: 0n, arriving: 0n, staked: 0n, price: ONE, value: 0n };
}

function bought(lanes: readonly { readonly quote: Quote.Quote }[]): bigint {
  return lanes.reduce((sum, { quote }) => sum + quote.bought, 0n);
}

test('gas is valued up: a cost is never understated', () => {
  expect(Gas.costUp({ ...free, price: 1n, native: 1n }, 1n)).toBe(1n);
  expect(Gas.costUp({ ...free, price: 3n, native: 2n * ONE }, 5n)).toBe(30n);
});

describe('a route', () => {
  test('through two pools beats either alone and every other share of the two', () => {
    fc.assert(
      fc.property(
        tokens,
        tokens,
        tokens,
        fees,
        fees,
        size,
        fc.integer({ min: 1, max: 99 }),
        (x, y, z, f, g, sold, percent) => {
          const [one, two] = [pool('1', ['A', 'B'], x, y, f), pool('2', ['A', 'B'], z, (z * y) / x, g)] as const;
          const lanes = route(Mesh.of([one, two]), free, 'A', position('B'), sold);
          expect(lanes.reduce((sum, { quote }) => sum + quote.sold, 0n)).toBe(sold);
          const part = (sold * BigInt(percent)) / 100n;
          const alone = [one, two].map((market) => Quote.of([market], 'A', sold)?.bought ?? 0n);
          const shared = (Quote.of([one], 'A', part)?.bought ?? 0n) + (Quote.of([two], 'A', sold - part)?.bought ?? 0n);
          // Marginal prices meet to a millionth; near the best share, what that loses is of second order.
          const best = bought(lanes);
          const tolerated = best / 10n ** 9n + 2n;
          for (const other of [...alone, shared]) expect(best + tolerated >= other).toBe(true);
        },
      ),
    );
  });

  test('leaves both pools at the same marginal price', () => {
    const pools = [
      pool('1', ['A', 'B'], 10n ** 24n, 2n * 10n ** 24n, 3_000),
      pool('2', ['A', 'B'], 10n ** 23n, 2n * 10n ** 23n, 500),
    ];
    const lanes = route(Mesh.of(pools), free, 'A', position('B'), 10n ** 23n);
    const [one, two] = lanes.map(({ quote }) => Quote.marginal(quote.after, 'A'));
    expect(lanes).toHaveLength(2);
    expect((one ?? NaN) / (two ?? NaN)).toBeCloseTo(1, 5);
  });

  test('leaves no path better than another: those it uses end alike, and the rest start no better', () => {
    fc.assert(
      fc.property(tokens, tokens, tokens, tokens, fees, fees, size, (x, y, z, w, f, g, sold) => {
        const pools = [pool('1', ['A', 'B'], x, y, f), pool('2', ['A', 'B'], z, w, g)];
        const lanes = route(Mesh.of(pools), free, 'A', position('B'), sold);
        const ends = lanes.map(({ quote }) => Quote.marginal(quote.after, 'A'));
        const [least, most] = [Math.min(...ends), Math.max(...ends)];
        expect(most / least).toBeLessThan(1 + 1e-5);
        const used = new Set(lanes.flatMap(({ path }) => path.map(({ id }) => id)));
        for (const other of pools.filter(({ id }) => !used.has(id)))
          expect(Quote.marginal([other], 'A') / most).toBeLessThan(1 + 1e-5);
      }),
    );
  });

  test('gives a pool that cannot take all of it what it takes, and the rest to the other', () => {
    const liquidity = 10n ** 24n;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), tokens, fees, fees, size, (reach, depth, f, g, sold) => {
        const narrow: Pool = {
          kind: 'concentrated',
          id: 'narrow',
          assets: ['A', 'B'],
          sqrtPriceX96: 1n << 96n,
          tick: 0,
          liquidity,
          feePpm: f,
          tickSpacing: 10,
          ticks: [],
          known: [-10 * reach, 10 * reach],
        };
        const deep = pool('deep', ['A', 'B'], depth, depth, g);
        for (const order of [
          [narrow, deep],
          [deep, narrow],
        ]) {
          const lanes = route(Mesh.of(order), free, 'A', position('B'), sold);
          // At the edge of what it takes there is no slope to follow: each look halves what is left to search.
          const left = sold >> 23n;
          expect(lanes.reduce((sum, { quote }) => sum + quote.sold, 0n) >= sold - left).toBe(true);
          for (let share = 0n; share <= 20n; share++) {
            const part = (sold * share) / 20n;
            const first = Quote.of([narrow], 'A', part);
            const other = Quote.of([deep], 'A', sold - (first?.sold ?? 0n));
            const brought = (first?.bought ?? 0n) + (other?.bought ?? 0n);
            expect(brought <= bought(lanes) + bought(lanes) / 10n ** 9n + left + 2n).toBe(true);
          }
        }
      }),
    );
  });

  test('takes the first of equals, and one that brings less than its gas where there is no better', () => {
    const equal = ['1', '2', '3'].map((id) => pool(id, ['A', 'B'], 10n ** 24n, 10n ** 24n, 3_000));
    const dear = { ...free, price: 1n, hop: 10n ** 30n };
    const lanes = route(Mesh.of(equal), dear, 'A', position('B'), 10n ** 21n);
    expect(lanes.map(({ path }) => path.map(({ id }) => id))).toEqual([['1']]);
  });

  test('does not split where the gas of a second pool is more than it brings', () => {
    const pools = [
      pool('1', ['A', 'B'], 10n ** 24n, 10n ** 24n, 3_000),
      pool('2', ['A', 'B'], 10n ** 24n, 10n ** 24n, 3_000),
    ];
    const sold = 10n ** 21n; // the split is worth 0.5 token
    expect(route(Mesh.of(pools), { ...free, price: 1n, hop: ONE / 4n }, 'A', position('B'), sold)).toHaveLength(2);
    expect(route(Mesh.of(pools), { ...free, price: 1n, hop: ONE }, 'A', position('B'), sold)).toHaveLength(1);
  });

  test('goes through a common asset where that pays more, or no market is direct', () => {
    const hop = [
      pool('ah', ['A', 'H'], 10n ** 26n, 10n ** 26n, 100),
      pool('hb', ['B', 'H'], 10n ** 26n, 10n ** 26n, 100),
    ];
    const [lane] = route(Mesh.of(hop), free, 'A', position('B'), 10n ** 20n);
    expect(lane?.path.map(({ id }) => id)).toEqual(['ah', 'hb']);
    const dear = pool('ab', ['A', 'B'], 10n ** 21n, 10n ** 21n, 10_000);
    const lanes = route(Mesh.of([dear, ...hop]), free, 'A', position('B'), 10n ** 20n);
    expect(lanes.map(({ path }) => path.length)).toEqual([2]);
  });

  test('finds none where there is none', () => {
    expect(route(Mesh.of([pool('1', ['A', 'C'], ONE, ONE, 0)]), free, 'A', position('B'), ONE)).toEqual([]);
    expect(route(Mesh.of([pool('1', ['A', 'B'], 0n, 0n, 0)]), free, 'A', position('B'), ONE)).toEqual([]);
  });
});

describe('a mesh', () => {
  test('counts the markets on the shortest way, also where a longer one leads to the same asset', () => {
    const triangle = [
      pool('ab', ['A', 'B'], ONE, ONE, 0),
      pool('ah', ['A', 'H'], ONE, ONE, 0),
      pool('hb', ['H', 'B'], ONE, ONE, 0),
    ];
    const mesh = Mesh.of([...triangle, pool('hc', ['H', 'C'], ONE, ONE, 0), pool('cd', ['C', 'D'], ONE, ONE, 0)]);
    expect(Object.fromEntries(Mesh.reach(mesh, 'A'))).toEqual({ B: 1, H: 1, C: 2 });
    expect(Mesh.reach(mesh, 'X').size).toBe(0);
  });
});

describe('a quote', () => {
  test('and its cost add up to the spot price: fee, impact and what is received', () => {
    fc.assert(
      fc.property(tokens, tokens, tokens, fees, fees, size, (x, h, y, f, g, sold) => {
        const path = [pool('ah', ['A', 'H'], x, h, f), pool('bh', ['B', 'H'], y, h, g)];
        const quote = Quote.of(path, 'A', sold);
        if (quote === undefined) throw new Error('pools this deep take any of these sizes');
        const { fee, impact, gas } = charge([{ path, quote }], Mesh.of(path), 'A', position('B'), free);
        const spot = Quote.spot(path, 'A');
        const short = (sold * spot.bought) / spot.sold - quote.bought - fee - impact;
        // Each market rounds by an atom of its own; one of H can be worth many of B.
        expect(short <= 0n && short >= -3n - 2n * (y / h + 1n)).toBe(true);
        expect(fee > 0n && impact >= 0n && gas === 0n).toBe(true);
      }),
    );
  });

  test('counts as impact what an earlier trade has done to its price', () => {
    const before = pool('1', ['A', 'B'], 10n ** 24n, 10n ** 24n, 0);
    const [first] = route(Mesh.of([before]), free, 'A', position('B'), 10n ** 22n);
    const moved = first?.quote.after ?? [];
    const second = route(Mesh.of(moved), free, 'A', position('B'), 10n ** 22n);
    const late = charge(second, Mesh.of([before]), 'A', position('B'), free).impact;
    const alone = charge(second, Mesh.of(moved), 'A', position('B'), free).impact;
    expect(late).toBeGreaterThan(2n * alone);
  });

  test('is refused where a later market cannot take what an earlier one pays', () => {
    const full = pool('hb', ['H', 'B'], (1n << 112n) - 5n, (1n << 112n) - 5n, 0);
    expect(Quote.of([full], 'H', ONE)).toMatchObject({ sold: 4n, bought: 3n });
    expect(Quote.of([pool('ah', ['A', 'H'], ONE, ONE, 0), full], 'A', ONE)).toBeUndefined();
  });
});
