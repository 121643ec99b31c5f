import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pool } from '../market/Market.ts';
import { ONE } from '../money/Fixed.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import * as Mesh from './Mesh.ts';
import { net, type Change, type Trade } from './net.ts';
import { sequence } from './sequence.ts';
import { shrink } from './shrink.ts';

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const LEAST = 2n * ONE;

function pool(one: string, other: string): Pool {
  return { kind: 'constant-product', id: one + other, assets: [one, other], reserves: [ONE, ONE], feePpm: 0 };
}

/** Hold `held` dollars' worth of an asset at $1. */
function position(id: string, held = 1_000n * ONE): Position {
  return { asset: { id, symbol: id, decimals: 18 }, held, arriving: 0n, staked: 0n, price: ONE, value: held };
}

const pairs = NAMES.flatMap((one, at) => NAMES.slice(at + 1).map((other) => pool(one, other)));
const meshes = fc.subarray(pairs).map(Mesh.of);
// Few values, so that many are the same.
const changes = fc
  .tuple(...NAMES.map(() => fc.integer({ min: -5, max: 5 })))
  .map((list) => list.map((by, at): Change => ({ position: position(NAMES[at] ?? ''), by: BigInt(by) * ONE })));

/** Pair each list with another order of itself. */
const shuffled = <Item>(lists: fc.Arbitrary<readonly Item[]>) =>
  lists.chain((list) =>
    fc
      .shuffledSubarray([...list], { minLength: list.length, maxLength: list.length })
      .map((other) => [list, other] as const),
  );

const told = (trades: readonly Trade[]) => trades.map(({ sell, buy, value }) => [sell.asset.id, buy.asset.id, value]);

const joined = (mesh: Mesh.Mesh, sell: string, buy: string) => Mesh.paths(mesh, sell, buy).length > 0;

describe('netting', () => {
  test('does not depend on the order in which changes are listed', () => {
    fc.assert(
      fc.property(meshes, shuffled(changes), (mesh, [one, other]) => {
        const [first, second] = [net(mesh, one, LEAST), net(mesh, other, LEAST)];
        expect(told(first.trades)).toEqual(told(second.trades));
        expect(Object.fromEntries(first.reasons)).toEqual(Object.fromEntries(second.reasons));
      }),
    );
  });

  test('sells and buys no more than is wanted, in trades of at least the minimum, until none is left to make', () => {
    fc.assert(
      fc.property(meshes, changes, (mesh, list) => {
        const { trades, reasons } = net(mesh, list, LEAST);
        const left = new Map(list.map((change) => [change.position.asset.id, change.by]));
        for (const { sell, buy, value } of trades) {
          expect(value >= LEAST && joined(mesh, sell.asset.id, buy.asset.id)).toBe(true);
          left.set(sell.asset.id, (left.get(sell.asset.id) ?? 0n) + value);
          left.set(buy.asset.id, (left.get(buy.asset.id) ?? 0n) - value);
        }
        const open = [...left];
        for (const { position: of, by } of list) {
          const rest = left.get(of.asset.id) ?? 0n;
          expect(by < 0n ? rest >= by && rest <= 0n : rest >= 0n && rest <= by).toBe(true);
        }
        const possible = open.filter(
          ([sell, over]) => -over >= LEAST && open.some(([buy, short]) => short >= LEAST && joined(mesh, sell, buy)),
        );
        expect(possible).toEqual([]);
        const traded = new Set(trades.flatMap(({ sell, buy }) => [sell.asset.id, buy.asset.id]));
        const still = list.filter(({ position: { asset }, by }) => by !== 0n && !traded.has(asset.id));
        expect([...reasons.keys()].toSorted()).toEqual(still.map(({ position: { asset } }) => asset.id));
      }),
    );
  });

  test('lets the largest sale go to who lacks most, and to the first by name among equals', () => {
    const list = (...by: readonly bigint[]) =>
      by.map((one, at): Change => ({ position: position(NAMES[at] ?? ''), by: one * ONE }));
    const all = Mesh.of(pairs);
    const of = (...by: readonly bigint[]) =>
      net(all, list(...by), LEAST).trades.map(
        ({ sell, buy, value }) => `${sell.asset.id}>${buy.asset.id} ${value / ONE}`,
      );
    expect(of(-5n, -7n, 6n, 6n)).toEqual(['B>C 6', 'A>D 5']);
    expect(of(-6n, -6n, 9n, 3n)).toEqual(['A>C 6', 'B>C 3', 'B>D 3']);
    expect(of(-6n, 2n, 4n)).toEqual(['A>C 4', 'A>B 2']);
    expect(of(-2n, 2n)).toEqual(['A>B 2']);
  });

  test('sells what is in hand, not what has yet to arrive', () => {
    const list = [
      { position: position('A', 3n * ONE), by: -5n * ONE },
      { position: position('B'), by: 5n * ONE },
    ];
    expect(told(net(Mesh.of(pairs), list, LEAST).trades)).toEqual([['A', 'B', 3n * ONE]]);
  });

  test('gives the reason of each that is left', () => {
    const list = [
      { position: position('A'), by: -5n * ONE },
      { position: position('B'), by: 5n * ONE },
      { position: position('C'), by: -ONE },
    ];
    const reasons = (...pools: readonly Pool[]) => Object.fromEntries(net(Mesh.of(pools), list, LEAST).reasons);
    const small = { C: 'worth $1.00, below the $2.00 minimum' };
    const apart = 'no pool, and no two in a row, trade it against what is left on the other side';
    expect(reasons(pool('A', 'B'))).toEqual(small);
    const untraded = 'no constant-product or concentrated pool trades it, and a plan goes through no other market';
    expect(reasons(pool('A', 'D'))).toEqual({ ...small, A: apart, B: untraded });
    expect(reasons(pool('A', 'D'), pool('B', 'E'))).toEqual({ ...small, A: apart, B: apart });
  });

  test('makes no trade of nothing, even without a minimum', () => {
    fc.assert(
      fc.property(meshes, changes, (mesh, list) => {
        expect(net(mesh, list, 0n).trades.every(({ value }) => value > 0n)).toBe(true);
      }),
    );
  });
});

const trades = fc.uniqueArray(
  fc
    .record({
      sell: fc.constantFrom(...NAMES),
      buy: fc.constantFrom(...NAMES),
      value: fc.integer({ min: 1, max: 4 }),
    })
    .filter(({ sell, buy }) => sell !== buy)
    .map(({ sell, buy, value }): Trade => ({ sell: position(sell), buy: position(buy), value: BigInt(value) * ONE })),
  { selector: ({ sell, buy }) => sell.asset.id + buy.asset.id, minLength: 1 },
);

describe('the sequence of trades', () => {
  test('does not depend on the order in which they are given', () => {
    fc.assert(
      fc.property(meshes, shuffled(trades), (mesh, [one, other]) => {
        expect(told(sequence(mesh, one))).toEqual(told(sequence(mesh, other)));
      }),
    );
  });

  test('is by settlement asset, then by size, then by name', () => {
    fc.assert(
      fc.property(meshes, trades, (mesh, list) => {
        const named = new Set(list.flatMap(({ sell, buy }) => [sell.asset.id, buy.asset.id]));
        const counts = [...named].toSorted().map((id) => [id, Mesh.at(mesh, id).length] as const);
        const most = Math.max(...counts.map(([, count]) => count));
        const settlement = most === 0 ? undefined : counts.find(([, count]) => count === most)?.[0];
        const ordered = sequence(mesh, list);
        for (const [at, next] of ordered.slice(1).entries()) {
          const before = ordered[at];
          if (before === undefined) throw new Error('each but the first has one before it');
          const keys = [before, next].map(({ sell, buy, value }) => {
            const rank = buy.asset.id === settlement ? 0 : sell.asset.id === settlement ? 2 : 1;
            return `${rank} ${9n - value / ONE} ${sell.asset.id}>${buy.asset.id}`;
          });
          expect(keys).toEqual(keys.toSorted());
        }
        expect(ordered).toHaveLength(list.length);
      }),
    );
  });
});

describe('trades shrunk to the room that custody has', () => {
  test('are all smaller by the same share, rounded down, and together leave a hundredth of it', () => {
    fc.assert(
      fc.property(
        trades,
        fc.bigInt({ min: 0n, max: 40n * ONE }),
        fc.bigInt({ min: 0n, max: ONE }),
        (list, room, least) => {
          const total = list.reduce((sum, { value }) => sum + value, 0n);
          const { trades: kept, reasons } = shrink(list, room, least);
          const usable = total <= room ? total : room - room / 100n;
          const sizes = list.map((trade) => ({ ...trade, value: (trade.value * usable) / total }));
          const small = ({ value }: Trade) => total > room && (value === 0n || value < least);
          expect(told(kept)).toEqual(told(sizes.filter((trade) => !small(trade))));
          const gone = sizes.filter(small);
          expect([...reasons.keys()].toSorted()).toEqual(
            [...new Set(gone.flatMap(({ sell, buy }) => [sell.asset.id, buy.asset.id]))].toSorted(),
          );
        },
      ),
    );
  });

  test('are gone where custody has overdrawn its room', () => {
    const trade = { sell: position('A'), buy: position('B'), value: ONE };
    const { trades: kept, reasons } = shrink([trade], -ONE, 0n);
    expect(kept).toEqual([]);
    expect(reasons.get('B')).toBe('custody has room to sell −$1.00 of the $1.00 wanted, too little for its share');
  });
});
