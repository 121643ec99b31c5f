// The certificate of a plan, held against the definition: what it says the plan counts for is what replaying it comes to, and no other
// plan counts for more than it says.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Gas from '../market/Gas.ts';
import { approximate } from '../money/approximate.ts';
import { mulDivDown, ONE } from '../money/Fixed.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import { compose } from './compose.ts';
import type { Plan } from './Plan.ts';
import * as Trial from '../Trial.ts';

const RUNS = { numRuns: 30 };

const parts = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 })
  .filter((list) => list.some((part) => part > 0));
const drawn = fc.record({
  held: parts,
  wanted: parts,
  skews: fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 4, maxLength: 4 }),
  depth: fc.constantFrom(200_000n, 2_000_000n, 50_000_000n),
  gwei: fc.constantFrom(0n, 1n, 30n),
  room: fc.constantFrom(10n ** 40n, 20_000n * ONE, 500n * ONE),
});
const world = drawn.map(Trial.of);

function planFor({ snapshot, weights }: Trial.World): Plan {
  return compose(snapshot, Portfolio.of(snapshot), weights, Sample.STRATEGY.trading);
}

const dollars = (usd: bigint): number => approximate(usd, ONE);
const slackOf = ({ snapshot }: Trial.World): number => 1e-9 * dollars(Portfolio.of(snapshot).value);

describe('the proof of a plan', () => {
  test('states what the plan counts for when it is replayed, and what doing nothing does', () => {
    fc.assert(
      fc.property(world, (one) => {
        const plan = planFor(one);
        const state = Trial.start(one.snapshot);
        expect(Math.abs(Trial.count(one, state) - plan.proof.idle)).toBeLessThanOrEqual(slackOf(one));
        for (const swap of Trial.swapsOf(plan)) Trial.make(state, swap);
        const worth = Trial.count(one, state) - dollars(plan.cost.gas);
        expect(Math.abs(worth - plan.proof.objective)).toBeLessThanOrEqual(slackOf(one));
      }),
      RUNS,
    );
  });

  test('adds up', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { proof, value } = planFor(one);
        const { objective, bound, gap, gapBps } = proof;
        expect(gap).toBeGreaterThanOrEqual(0);
        expect(gap).toBe(bound - objective);
        expect(gapBps).toBeCloseTo((1e4 * gap) / dollars(value), 9);
      }),
      RUNS,
    );
  });

  test('shows that a plan that trades is worth more than none', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { proof, steps, value } = planFor(one);
        const gain = proof.objective - proof.idle;
        expect(steps.length > 0).toBe(gain > 1e-12 * dollars(value));
      }),
      RUNS,
    );
  });

  const move = fc.record({
    sell: fc.nat({ max: 3 }),
    buy: fc.nat({ max: 3 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    way: fc.nat({ max: 7 }),
  });

  test('bounds every other plan: any moves of what is over, by any market or any two', () => {
    const moves = fc.array(move, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(world, fc.array(moves, { maxLength: 20 }), (one, plans) => {
        const { bound } = planFor(one).proof;
        for (const plan of plans) expect(worthOf(one, plan)).toBeLessThanOrEqual(bound + slackOf(one));
      }),
      RUNS,
    );
  });

  test('bounds the best single way from any asset that is over to any other', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { bound } = planFor(one).proof;
        const places = [0, 1, 2, 3];
        const best = places.flatMap((sell) => places.map((buy) => bestSingle(one, sell, buy)));
        for (const worth of best) expect(worth).toBeLessThanOrEqual(bound + slackOf(one));
      }),
      { numRuns: 8 },
    );
  });

  test('bounds what the plan would count for without a minimum and without custody’s room', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(0n, 500n, 5_000n, 50_000n), (one, least) => {
        const { snapshot, weights } = one;
        const [portfolio, trading] = [Portfolio.of(snapshot), Sample.STRATEGY.trading];
        const { proof } = compose(snapshot, portfolio, weights, { ...trading, minNotional: least * ONE });
        const free = { ...snapshot, custody: { ...snapshot.custody, turnoverRoom: 10n ** 40n } };
        const best = compose(free, portfolio, weights, { ...trading, minNotional: 0n });
        expect(best.proof.objective).toBeLessThanOrEqual(proof.bound + slackOf(one));
      }),
      RUNS,
    );
  });

  test('is tight where only markets are in the way: to a hundredth of a percent of the portfolio', () => {
    fc.assert(
      fc.property(drawn, (from) => {
        const one = Trial.of({ ...from, skews: [], depth: 50_000_000n, gwei: 0n, room: 10n ** 40n });
        const { snapshot, weights } = one;
        const trading = { ...Sample.STRATEGY.trading, minNotional: 0n };
        const { proof } = compose(snapshot, Portfolio.of(snapshot), weights, trading);
        expect(proof.gapBps).toBeLessThan(1);
      }),
      RUNS,
    );
  });
});

type Move = { readonly sell: number; readonly buy: number; readonly part: number; readonly way: number };

/** Make a plan by hand, and count it: each move sells a part of what is still over; what is bought is kept. */
function worthOf(one: Trial.World, moves: readonly Move[]): number {
  const { snapshot } = one;
  const state = Trial.start(snapshot);
  const spare = new Map(snapshot.assets.map(({ id }) => [id, Trial.spare(one, id)]));
  let gas = Gas.costUp(snapshot.gas, snapshot.gas.authorise);
  for (const { sell, buy, part, way } of moves) {
    const [from, to] = [snapshot.assets[sell]?.id ?? '', snapshot.assets[buy]?.id ?? ''];
    const left = spare.get(from) ?? 0n;
    const sold = mulDivDown(left, BigInt(Math.floor(part * 1e6)), 1_000_000n);
    const path = from === to || sold === 0n ? undefined : waysFrom(snapshot, from, to)[way];
    if (path === undefined) continue;
    Trial.send(state, from, sold, path);
    spare.set(from, left - sold);
    gas += Gas.costUp(snapshot.gas, snapshot.gas.swap + snapshot.gas.hop * BigInt(path.length - 1));
  }
  return Trial.count(one, state) - dollars(gas);
}

/** Try a tenth, two tenths and so on of what is over along every way. */
function bestSingle(one: Trial.World, sell: number, buy: number): number {
  const sizes = Array.from({ length: 10 }, (_, index) => (index + 1) / 10);
  const ways = Array.from({ length: 8 }, (_, way) => way);
  return Math.max(...ways.flatMap((way) => sizes.map((part) => worthOf(one, [{ sell, buy, part, way }]))));
}

/** List the ways from one asset to another: markets of both, and pairs of markets by way of the settlement asset. */
function waysFrom({ markets }: Snapshot, from: string, to: string): readonly Trial.Way[] {
  const between = (a: string, b: string) => markets.filter(({ assets }) => assets.includes(a) && assets.includes(b));
  const direct = between(from, to).map(({ id }): Trial.Way => [[id, to]]);
  if (from === 'usdc' || to === 'usdc') return direct;
  const through = between(from, 'usdc').flatMap((first) =>
    between('usdc', to)
      .filter(({ id }) => id !== first.id)
      .map((second): Trial.Way => [
        [first.id, 'usdc'],
        [second.id, to],
      ]),
  );
  return [...direct, ...through];
}
