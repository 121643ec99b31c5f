// Laws of every plan: its swaps bring what they say, it sells only what may be sold, and nothing depends on the order in which the world
// is told or on what money is counted in.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../guard/judge.ts';
import { approximate } from '../money/approximate.ts';
import { ONE, pow10 } from '../money/Fixed.ts';
import type { Trading } from '../policy/Strategy.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import * as Sample from '../Sample.ts';
import { compose } from './compose.ts';
import type { Plan } from './Plan.ts';
import * as Trial from '../Trial.ts';

const trading = Sample.STRATEGY.trading;
const RUNS = { numRuns: 30 };

const parts = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 })
  .filter((list) => list.some((part) => part > 0));
const world = fc
  .record({
    held: parts,
    wanted: parts,
    skews: fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 4, maxLength: 4 }),
    depth: fc.constantFrom(200_000n, 2_000_000n, 50_000_000n),
    gwei: fc.constantFrom(0n, 1n, 30n),
    room: fc.constantFrom(10n ** 40n, 20_000n * ONE, 500n * ONE),
  })
  .map(Trial.of);

function planFor({ snapshot, weights }: Trial.World, how: Trading = trading): Plan {
  return compose(snapshot, Portfolio.of(snapshot), weights, how);
}

describe('a plan', () => {
  test('brings what its swaps and routes say, to the atom, each through markets that take all of it', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const state = Trial.start(drawn.snapshot);
        for (const swap of Trial.swapsOf(planFor(drawn))) {
          const before = new Map(state.held);
          expect(Trial.make(state, swap)).toEqual(swap.routes.map(({ expected }) => expected));
          before.set(swap.sell, (before.get(swap.sell) ?? 0n) - swap.sold);
          before.set(swap.buy, (before.get(swap.buy) ?? 0n) + swap.expected);
          expect(state.held).toEqual(before);
        }
      }),
      RUNS,
    );
  });

  test('passes the guard by its own arithmetic and by what custody permits', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const { snapshot, weights: targets } = drawn;
        const plan = planFor(drawn);
        expect(judge({ snapshot, portfolio: Portfolio.of(snapshot), targets, plan }, [])).toEqual({ kind: 'pass' });
      }),
      RUNS,
    );
  });

  test('sells only what is held above its target, and nothing that it buys', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const swaps = Trial.swapsOf(planFor(drawn));
        for (const { id } of drawn.snapshot.assets) {
          const spare = Trial.spare(drawn, id);
          const sold = swaps.reduce((sum, swap) => (swap.sell === id ? sum + swap.sold : sum), 0n);
          // A weight is a float: what it is a share of is known to a few parts in 10^16 of the whole.
          expect(sold <= spare + spare / 10n ** 9n + 10n ** 9n).toBe(true);
          expect(sold > 0n && swaps.some(({ buy }) => buy === id)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  test('keeps to the room of custody and to the minimum of its owner', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 2_000 }), (drawn, least) => {
        const minNotional = BigInt(least) * ONE;
        const plan = planFor(drawn, { ...trading, minNotional });
        expect(plan.turnover <= drawn.snapshot.custody.turnoverRoom).toBe(true);
        const { positions } = Portfolio.of(drawn.snapshot);
        for (const { sell, sold } of Trial.swapsOf(plan)) {
          const one = positions.find(({ asset }) => asset.id === sell);
          expect(sold * (one?.price ?? 0n) >= minNotional * pow10(one?.asset.decimals ?? 0)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  const shuffled = (length: number) => {
    const all = Array.from({ length }, (_, index) => index);
    return fc.shuffledSubarray(all, { minLength: length });
  };

  test('is the same in whatever order assets and markets are told', () => {
    fc.assert(
      fc.property(world, shuffled(4), shuffled(8), ({ snapshot, weights }, places, pools) => {
        const turned = <T>(list: readonly T[], by: readonly number[]) => by.flatMap((at) => list[at] ?? []);
        const other = {
          ...snapshot,
          assets: turned(snapshot.assets, places),
          holdings: turned(snapshot.holdings, places),
          prices: turned(snapshot.prices, places),
          markets: turned(snapshot.markets, pools),
        };
        expect(other.markets).toHaveLength(snapshot.markets.length);
        const [one, two] = [planFor({ snapshot, weights }), planFor({ snapshot: other, weights })];
        // What is listed for each asset of the portfolio is listed in its order.
        expect({ ...two, steps: Trial.swapsOf(two), skips: new Set(two.skips) }).toEqual({
          ...one,
          steps: Trial.swapsOf(one),
          skips: new Set(one.skips),
        });
      }),
      RUNS,
    );
  });

  test('counts for as many times more as there is more money, deeper markets and dearer gas', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 2, max: 1_000 }), (drawn, factor) => {
        const small = planFor(drawn);
        const minNotional = trading.minNotional * BigInt(factor);
        const large = planFor(Trial.scale(drawn, BigInt(factor)), { ...trading, minNotional });
        // Amounts are certain to about a millionth, and being far off target counts for many times the portfolio; rounding may tip which of
        // two plans is taken, but neither is further from the best than its gap.
        const sure = 1e-6 * (approximate(small.value, ONE) + Math.abs(small.proof.idle));
        const slack = sure + Math.max(small.proof.gap, large.proof.gap / factor);
        for (const figure of ['idle', 'bound', 'objective'] as const) {
          expect(Math.abs(large.proof[figure] / factor - small.proof[figure])).toBeLessThanOrEqual(slack);
        }
      }),
      RUNS,
    );
  });
});
