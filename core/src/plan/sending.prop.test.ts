// Plans whose swaps stand in public before they are done: cut into slices that add up, each with a floor that obeys its tolerance, and what
// an attacker could still take stated and counted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../guard/judge.ts';
import * as Bps from '../money/Bps.ts';
import { approximate } from '../money/approximate.ts';
import { ONE } from '../money/Fixed.ts';
import type { Trading } from '../policy/Strategy.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import * as Sample from '../Sample.ts';
import * as Trial from '../Trial.ts';
import { compose } from './compose.ts';
import type { Plan, Swap } from './Plan.ts';

const RUNS = { numRuns: 25 };

type Case = Trial.World & { readonly trading: Trading; readonly depth: bigint };

const share = fc.integer({ min: 0, max: 20 });
const cases: fc.Arbitrary<Case> = fc
  .record({
    wanted: fc.tuple(share, share, share).filter(([a, b, c]) => a + b + c > 0),
    depth: fc.constantFrom(400_000n, 2_000_000n, 20_000_000n),
    gwei: fc.constantFrom(1n, 10n, 50n),
    volatility: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined }),
    slippage: fc.integer({ min: 0, max: 200 }),
    lifetime: fc.constantFrom(12, 120, 600),
  })
  .map(({ wanted: [weth, wbtc, usdc], depth, gwei, volatility, slippage, lifetime }) => {
    const plain = Sample.snapshot(Sample.LINES, depth * ONE);
    const assets = plain.assets.map(({ id }) => id);
    const variance = (i: number, j: number) => (i === j && i < 2 ? (volatility ?? 0) ** 2 : 0);
    const covariance = assets.map((_, i) => assets.map((__, j) => variance(i, j)));
    const sum = weth + wbtc + usdc;
    return {
      snapshot: {
        ...plain,
        gas: { ...plain.gas, price: gwei * 10n ** 9n },
        ...(volatility === undefined ? {} : { outlook: { at: plain.at, assets, covariance } }),
      },
      weights: { weth: weth / sum, wbtc: wbtc / sum, usdc: usdc / sum },
      trading: { minNotional: 50n * ONE, slippage, lifetime },
      depth,
    };
  });

function planFor({ snapshot, weights, trading }: Omit<Case, 'depth'>, sending: 'public' | 'private' = 'public'): Plan {
  return compose(snapshot, Portfolio.of(snapshot), weights, { ...trading, sending });
}

/** Gather the slices of each trade, in their order. */
function tradesOf(plan: Plan): readonly (readonly Swap[])[] {
  return [...Map.groupBy(Trial.swapsOf(plan), ({ sell, buy }) => `${sell}>${buy}`).values()];
}

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);

describe('a plan that is sent in public', () => {
  test('is made in slices that follow each other and are even', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        for (const slices of tradesOf(planFor(drawn))) {
          const of = slices.length;
          expect(slices.map(({ guarded }) => [guarded?.slice, guarded?.of])).toEqual(
            slices.map((_, at) => [at + 1, of]),
          );
          const sizes = slices.map(({ sold }) => sold).toSorted((a, b) => (a < b ? -1 : 1));
          // Each route is cut by itself, into parts that differ by an atom at most.
          const routes = BigInt(Math.max(...slices.map((slice) => slice.routes.length)));
          expect((sizes.at(-1) ?? 0n) - (sizes[0] ?? 0n) <= routes).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('sells what the private plan sells, unless its last slices would be paid less than custody permits', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const plan = planFor(drawn);
        const secret = new Map(
          Trial.swapsOf(planFor(drawn, 'private')).map((swap) => [`${swap.sell}>${swap.buy}`, swap]),
        );
        for (const slices of tradesOf(plan)) {
          const sold = total(slices.map((slice) => slice.sold));
          const most = secret.get(`${slices[0]?.sell}>${slices[0]?.buy}`)?.sold ?? 0n;
          expect(sold <= most).toBe(true);
          // A market of $20,000,000 is moved by less than the 2 % that custody permits.
          expect(sold === most || drawn.depth < 20_000_000n).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('accepts no slice below its tolerance, which is never above its owner’s', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        for (const { expected, floor, guarded } of Trial.swapsOf(planFor(drawn))) {
          const tolerance = guarded?.tolerance ?? Bps.ONE;
          expect(tolerance).toBeLessThanOrEqual(drawn.trading.slippage);
          expect(floor >= Bps.shareUp(expected, Bps.ONE - tolerance) && floor <= expected).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('states what an attacker would earn, and counts what that takes as a cost', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const plan = planFor(drawn);
        const swaps = Trial.swapsOf(plan);
        expect(plan.cost.mev).toBe(total(swaps.map(({ cost }) => cost.mev)));
        for (const { cost, guarded } of swaps) {
          expect(cost.mev > 0n).toBe((guarded?.attacker ?? 0n) > 0n);
          expect(guarded?.why).not.toBe('');
        }
      }),
      RUNS,
    );
  });

  test('passes the guard, each slice for its own gas', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const { snapshot, weights: targets } = drawn;
        const plan = planFor(drawn);
        expect(judge({ snapshot, portfolio: Portfolio.of(snapshot), targets, plan }, [])).toEqual({ kind: 'pass' });
      }),
      RUNS,
    );
  });

  test('counts for what its slices come to one after another, with nobody bringing prices back, less their gas', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const plan = planFor(drawn);
        const state = Trial.start(drawn.snapshot);
        for (const swap of Trial.swapsOf(plan)) {
          expect(Trial.make(state, swap)).toEqual(swap.routes.map(({ expected }) => expected));
        }
        const { objective, idle } = plan.proof;
        const slack = 1e-9 * (approximate(plan.value, ONE) + Math.abs(idle));
        const worth = Trial.count(drawn, state) - approximate(plan.cost.gas, ONE);
        expect(Math.abs(worth - objective)).toBeLessThanOrEqual(slack);
        expect(objective).toBeGreaterThanOrEqual(idle - slack);
      }),
      RUNS,
    );
  });

  test('is not made where keeping it from attackers takes more gas than it gains, and says so', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const [plan, secret] = [planFor(drawn), planFor(drawn, 'private')];
        const dear = plan.skips.some(({ why }) => why.endsWith('send it privately'));
        expect(dear).toBe(plan.steps.length === 0 && secret.steps.length > 0);
      }),
      RUNS,
    );
  });

  test('says in words that it takes several pieces', () => {
    const snapshot = Sample.snapshot(Sample.LINES, 2_000_000n * ONE);
    const trading = { minNotional: 50n * ONE, slippage: 100, lifetime: 600 };
    const gas = { ...snapshot.gas, price: 10n ** 9n };
    const plan = planFor({ snapshot: { ...snapshot, gas }, weights: { weth: 0.3, wbtc: 0.3, usdc: 0.4 }, trading });
    const of = Trial.swapsOf(plan).length;
    expect(of).toBeGreaterThan(1);
    expect(plan.why.startsWith(`${of} times, one a block, sell `)).toBe(true);
    expect(plan.steps[0]?.why).toBe(`let custody settle ${of} trades and nothing beyond`);
  });
});

test('a plan that is sent in private is made in whole swaps, under nobody’s eyes', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const plan = planFor(drawn, 'private');
      expect(plan.cost.mev).toBe(0n);
      for (const slices of tradesOf(plan)) expect(slices.map(({ guarded }) => guarded)).toEqual([undefined]);
    }),
    RUNS,
  );
});
