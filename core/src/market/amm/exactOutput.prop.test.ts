import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Market from '../Market.ts';
import * as Concentrated from './Concentrated.ts';
import * as ConstantProduct from './ConstantProduct.ts';
import * as Liquidity from './Liquidity.ts';
import { BadInput, NotTraded } from './Pair.ts';
import * as SqrtPrice from './SqrtPrice.ts';

const PAIR = { id: 'pool', assets: ['A', 'B'] } as const;
const MAX_RESERVE = (1n << 112n) - 1n;
const feePpm = fc.constantFrom(0, 100, 500, 3_000, 10_000);
const asset = fc.constantFrom('A', 'B');

const product: fc.Arbitrary<ConstantProduct.ConstantProduct> = fc
  .record({ x: fc.bigInt({ min: 1n, max: MAX_RESERVE }), y: fc.bigInt({ min: 1n, max: MAX_RESERVE }), feePpm })
  .map(({ x, y, feePpm: fee }) => ({ ...PAIR, kind: 'constant-product', reserves: [x, y], feePpm: fee }));

/** Two positions, one inside the other, with the price in both. */
const concentrated: fc.Arbitrary<Concentrated.Concentrated> = fc
  .record({
    tick: fc.integer({ min: -200_000, max: 200_000 }),
    inner: fc.integer({ min: 1, max: 20 }),
    outer: fc.integer({ min: 21, max: 300 }),
    liquidity: fc.tuple(fc.bigInt({ min: 1n << 40n, max: 1n << 100n }), fc.bigInt({ min: 1n, max: 1n << 100n })),
    feePpm,
  })
  .map(({ tick, inner, outer, liquidity: [wide, narrow], feePpm: fee }) => {
    const spacing = 60;
    const centre = Math.floor(tick / spacing);
    const ticks = [
      { index: (centre - outer) * spacing, liquidityNet: wide },
      { index: (centre - inner) * spacing, liquidityNet: narrow },
      { index: (centre + inner) * spacing, liquidityNet: -narrow },
      { index: (centre + outer) * spacing, liquidityNet: -wide },
    ];
    return {
      ...PAIR,
      kind: 'concentrated',
      sqrtPriceX96: SqrtPrice.atTick(tick),
      tick,
      liquidity: wide + narrow,
      feePpm: fee,
      tickSpacing: spacing,
      ticks,
      known: [(centre - outer) * spacing, (centre + outer) * spacing],
      feeGrowth: [0n, (1n << 256n) - 1n],
    };
  });

const pool: fc.Arbitrary<Market.Pool> = fc.oneof(product, concentrated);
const wanted = fc.oneof(fc.constantFrom(0n, 1n, 1n << 112n, 1n << 128n), fc.bigInt({ min: 0n, max: 1n << 100n }));

describe('an exact output', () => {
  test('is paid in full where the pool has it, and never in more', () => {
    fc.assert(
      fc.property(pool, asset, wanted, (before, sell, out) => {
        const { sold, bought, fee, feeIn } = Market.swapOut(before, sell, out);
        expect(bought <= out && bought >= 0n && fee <= sold && feeIn === sell).toBe(true);
        expect(fee * 1_000_000n >= sold * BigInt(before.feePpm) || bought === 0n).toBe(true);
      }),
    );
  });

  test('takes enough: the same input sold exactly brings at least as much', () => {
    fc.assert(
      fc.property(pool, asset, wanted, (before, sell, out) => {
        const { sold, bought } = Market.swapOut(before, sell, out);
        expect(Market.swap(before, sell, sold).bought >= bought).toBe(true);
      }),
    );
  });

  test('takes no more than it must from a constant product: an atom less brings too little', () => {
    fc.assert(
      fc.property(product, asset, wanted, (before, sell, out) => {
        const { sold, bought } = ConstantProduct.swapOut(before, sell, out);
        fc.pre(bought === out && out > 0n);
        // The contract adds an atom to be sure, also where the division left nothing over.
        expect(ConstantProduct.swap(before, sell, sold - 2n < 0n ? 0n : sold - 2n).bought < out).toBe(true);
      }),
    );
  });

  test('leaves a state that a trip back does not profit from', () => {
    fc.assert(
      fc.property(pool, asset, wanted, (before, sell, out) => {
        const there = Market.swapOut(before, sell, out);
        const back = Market.swap(there.after, there.buy, there.bought);
        expect(back.bought <= there.sold).toBe(true);
      }),
    );
  });

  test('costs more when more is wanted, and when the fee rises', () => {
    fc.assert(
      fc.property(pool, asset, wanted, wanted, (before, sell, one, two) => {
        const [less, more] = one < two ? [one, two] : [two, one];
        const dear = Market.swapOut(before, sell, more);
        expect(Market.swapOut(before, sell, less).sold <= dear.sold).toBe(true);
        const dearer = Market.swapOut({ ...before, feePpm: before.feePpm + 100 }, sell, more);
        expect(dearer.sold >= dear.sold || dearer.bought < dear.bought).toBe(true);
      }),
    );
  });

  test('of a concentrated pool ends short only at the end of what is known', () => {
    fc.assert(
      fc.property(concentrated, asset, wanted, (before, sell, out) => {
        const { bought, after } = Concentrated.swapOut(before, sell, out);
        const end = SqrtPrice.atTick(before.known[sell === 'A' ? 0 : 1]);
        expect(bought === out || after.sqrtPriceX96 === end).toBe(true);
        const active = before.ticks.reduce((sum, t) => (t.index <= after.tick ? sum + t.liquidityNet : sum), 0n);
        expect(after.liquidity).toBe(active);
      }),
    );
  });

  test('is refused below zero and for assets that are not traded', () => {
    fc.assert(
      fc.property(pool, (before) => {
        expect(() => Market.swapOut(before, 'A', -1n)).toThrow(BadInput);
        expect(() => Market.swapOut(before, 'Z', 1n)).toThrow(NotTraded);
        expect(() => Market.swap(before, 'A', 1n, 'Z')).toThrow(NotTraded);
        expect(() => Market.spot(before, 'A', 'A')).toThrow(NotTraded);
        expect(Market.swap(before, 'A', 1n, 'B')).toEqual(Market.swap(before, 'A', 1n));
      }),
    );
  });

  test('of a constant product never empties it and never overfills it', () => {
    fc.assert(
      fc.property(product, asset, wanted, (before, sell, out) => {
        const { after } = ConstantProduct.swapOut(before, sell, out);
        expect(after.reserves.every((reserve) => reserve > 0n && reserve <= MAX_RESERVE)).toBe(true);
        expect(after.reserves[0] * after.reserves[1] >= before.reserves[0] * before.reserves[1]).toBe(true);
      }),
    );
  });
});

describe('what a concentrated pool owes its providers', () => {
  /** All that the two positions would be paid, fees not counted. */
  const owed = (at: Concentrated.Concentrated): readonly [bigint, bigint] => {
    const [a, b, c, d] = at.ticks;
    if (a === undefined || b === undefined || c === undefined || d === undefined) return [0n, 0n];
    const wide = Liquidity.rangeDown(at, { lower: a.index, upper: d.index, liquidity: a.liquidityNet });
    const narrow = Liquidity.rangeDown(at, { lower: b.index, upper: c.index, liquidity: b.liquidityNet });
    return [wide[0].atoms + narrow[0].atoms, wide[1].atoms + narrow[1].atoms];
  };

  test('changes by what was swapped, fee apart, and by no more than the dust of its roundings', () => {
    fc.assert(
      fc.property(concentrated, asset, wanted, (before, sell, atoms) => {
        const { sold, bought, fee, after } = Concentrated.swap(before, sell, atoms);
        const [one, two] = [owed(before), owed(after)];
        const [input, output] = sell === 'A' ? ([0, 1] as const) : ([1, 0] as const);
        // Rounded steps and payouts: at most some atoms each, and always for the pool.
        expect(two[input] - one[input] <= sold - fee + 2n).toBe(true);
        expect(one[output] - two[output] >= bought - 2n).toBe(true);
        expect(two[input] - one[input] >= sold - fee - 100n).toBe(true);
        expect(one[output] - two[output] <= bought + 100n).toBe(true);
      }),
    );
  });

  test('grows by the whole fee per unit of liquidity while one position is in range', () => {
    fc.assert(
      fc.property(concentrated, asset, fc.bigInt({ min: 1n, max: 1n << 90n }), (before, sell, atoms) => {
        const ends = [before.ticks[0], before.ticks[3]].flatMap((tick) => tick ?? []);
        const liquidity = ends[0]?.liquidityNet ?? 0n;
        const alone = { ...before, ticks: ends, liquidity };
        const { fee, after } = Concentrated.swap(alone, sell, atoms);
        const side = sell === 'A' ? 0 : 1;
        const earned = Liquidity.feesDown(liquidity, alone.feeGrowth?.[side] ?? 0n, after.feeGrowth?.[side] ?? 0n);
        // One rounding a step, and at most as many steps as the range has words.
        expect(earned <= fee && earned >= fee - 200n).toBe(true);
        expect(after.feeGrowth?.[1 - side]).toBe(alone.feeGrowth?.[1 - side]);
      }),
    );
  });
});
