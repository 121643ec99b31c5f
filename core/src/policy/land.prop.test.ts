// Laws of where a rebalance ends.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mulDivDown, ONE } from '../money/Fixed.ts';
import type { Drift } from '../portfolio/Drift.ts';
import type { Past } from '../portfolio/Past.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import { land } from './land.ts';
import type { Landing } from './Landing.ts';
import { level } from './landings/flowFirst.ts';
import * as Region from './Region.ts';
import type { Due } from './triggers/Finding.ts';

// Four assets at a dollar each, a thousand dollars in all: a weight of 0.1 is a hundred tokens.
const sample = Sample.snapshot(
  ['A', 'B', 'C', 'D'].map((symbol) => ({ symbol, decimals: 18, price: '1', tokens: '250' })),
);
const assets = sample.holdings.map(({ asset }) => asset);
const nothing: Past = { peak: 0n, flows: [], soldToday: 0n, failures: 0 };

function driftOf(weights: readonly number[], targets: readonly number[]): readonly Drift[] {
  return assets.map((asset, index) => {
    const [weight, target] = [weights[index] ?? NaN, targets[index] ?? NaN];
    return { asset, value: 1n, weight, target, absolute: weight - target };
  });
}

/** Say what came in of each asset, in weights of the whole. */
function flowed(flows: readonly number[]): Past {
  const atoms = (flow: number) => mulDivDown(BigInt(Math.round(flow * 1e9)), 1_000n * ONE, 10n ** 9n);
  return { ...nothing, flows: flows.map((flow, index) => ({ asset: assets[index] ?? '', atoms: atoms(flow) })) };
}

type Told = { readonly region?: Region.Region; readonly share?: number; readonly change?: Partial<Snapshot> };

function ends(landing: Landing, drift: readonly Drift[], { region, share, change }: Told = {}): readonly number[] {
  const snapshot = { ...sample, past: nothing, ...change };
  const due: Due = {
    kind: 'due',
    why: '',
    ...(region === undefined ? {} : { region }),
    ...(share === undefined ? {} : { share }),
  };
  const marked = Region.mark(drift, region ?? Region.NONE);
  const landed = land({ ...Sample.STRATEGY, landing }, marked, due, { snapshot, portfolio: Portfolio.of(snapshot) });
  if (landed.kind === 'blind') throw new Error(landed.was);
  return drift.map(({ asset }) => landed.weights[asset] ?? NaN);
}

const split = fc
  .array(fc.double({ min: 0.02, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((parts) => parts.map((part) => part / parts.reduce((sum, one) => sum + one, 0)));
const width = fc.double({ min: 0.001, max: 0.2, noNaN: true });
const inner = fc.double({ min: 0, max: 1, noNaN: true });
const outlook = {
  at: sample.at,
  assets,
  covariance: assets.map((_, i) => assets.map((__, j) => (i === j ? 0.36 : 0.1))),
};
const partial: readonly Landing[] = [
  { kind: 'partial', rate: 2_500 },
  { kind: 'impact', riskAversion: 3, depth: 100_000n * ONE, every: 86_400, maxAge: 600 },
  { kind: 'garleanu-pedersen', aversion: 1, impact: 4, discount: 0.01 },
];

describe('every landing', () => {
  const all = [...(['target', 'edge', 'inner', 'flow-first'] as const), ...partial].map(
    (landing) => [typeof landing === 'string' ? landing : landing.kind, landing] as const,
  );

  test.each(all)('%s keeps the sum, and carries nothing past its target', (_, landing) => {
    fc.assert(
      fc.property(split, split, width, inner, split, (weights, targets, trigger, share, flows) => {
        const region: Region.Region = new Map(assets.map((asset) => [asset, { trigger, landing: share * trigger }]));
        const past = flowed(flows.map((flow) => flow - 0.25));
        const landed = ends(landing, driftOf(weights, targets), { region, change: { past, outlook } });
        expect(landed.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
        landed.forEach((end, index) => {
          const [weight, target] = [weights[index] ?? NaN, targets[index] ?? NaN];
          expect(end).toBeGreaterThanOrEqual(Math.min(weight, target) - 1e-9);
          expect(end).toBeLessThanOrEqual(Math.max(weight, target) + 1e-9);
        });
      }),
    );
  });

  test.each(all)('%s goes as much less far as the trigger’s share says', (_, landing) => {
    fc.assert(
      fc.property(
        split,
        split,
        width,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (weights, targets, trigger, share) => {
          const region: Region.Region = new Map(assets.map((asset) => [asset, { trigger, landing: trigger / 2 }]));
          const drift = driftOf(weights, targets);
          const change = { outlook };
          const whole = ends(landing, drift, { region, change });
          ends(landing, drift, { region, share, change }).forEach((end, index) => {
            const weight = weights[index] ?? NaN;
            expect(end - weight).toBeCloseTo(share * ((whole[index] ?? NaN) - weight), 12);
          });
        },
      ),
    );
  });
});

describe('landing at an edge', () => {
  test.each(['edge', 'inner'] as const)(
    'goes to target (%s) where what is due is due for another reason',
    (landing) => {
      fc.assert(
        fc.property(split, split, (weights, targets) => {
          const region: Region.Region = new Map(assets.map((asset) => [asset, { trigger: 1, landing: 1 }]));
          expect(ends(landing, driftOf(weights, targets), { region })).toEqual(targets);
          expect(ends(landing, driftOf(weights, targets))).toEqual(targets);
        }),
      );
    },
  );
});

describe('landing at the inner point', () => {
  test('ends no farther out than it, nor than the edge, and nearer the longer the way is', () => {
    fc.assert(
      fc.property(split, split, width, inner, (weights, targets, trigger, part) => {
        const landing = part * trigger;
        const region: Region.Region = new Map(assets.map((asset) => [asset, { trigger, landing }]));
        const drift = driftOf(weights, targets);
        ends('inner', drift, { region }).forEach((end, index) => {
          const [weight, target] = [weights[index] ?? NaN, targets[index] ?? NaN];
          const [low, high] = Region.band(target, trigger);
          const gap = Math.abs(end - target);
          const out = weight < low || weight > high;
          // What was inside may be carried nearer its target by what the others sell or buy.
          expect(gap).toBeLessThanOrEqual((out ? Math.min(landing, 0.9 * trigger) : trigger) + 1e-9);
        });
      }),
    );
  });
});

describe('a part of the way', () => {
  test.each([
    [{ kind: 'partial', rate: 2_500 }, 0.25],
    [{ kind: 'partial', rate: 10_000 }, 1],
    // −γ(1−ρ) − λρ + √… over 2(1 − ρ)λ, for γ = 1, λ = 4, ρ = 0.
    [{ kind: 'garleanu-pedersen', aversion: 1, impact: 4, discount: 0 }, (Math.sqrt(1 + 16) - 1) / 8],
  ] as const)('%j is %d of it', (landing, share) => {
    const [end = NaN] = ends(landing, driftOf([0.45, 0.15, 0.2, 0.2], [0.25, 0.25, 0.25, 0.25]));
    expect(end).toBeCloseTo(0.45 - share * 0.2, 12);
  });

  test('grows with risk aversion and with depth, from nothing to all', () => {
    const drift = driftOf([0.45, 0.15, 0.2, 0.2], [0.25, 0.25, 0.25, 0.25]);
    const share = (riskAversion: number, depth: bigint): number => {
      const landing: Landing = { kind: 'impact', riskAversion, depth, every: 86_400, maxAge: 600 };
      const [end = NaN] = ends(landing, drift, { change: { outlook } });
      return (0.45 - end) / 0.2;
    };
    expect(share(0.001, 1n * ONE)).toBeLessThan(0.01);
    expect(share(3, 10_000n * ONE)).toBeLessThan(share(6, 10_000n * ONE));
    expect(share(3, 10_000n * ONE)).toBeLessThan(share(3, 20_000n * ONE));
    expect(share(10_000, 10n ** 12n * ONE)).toBeGreaterThan(0.999);
  });

  test('is blind without an outlook where it needs one, and nothing where being off is no risk', () => {
    const drift = driftOf([0.45, 0.15, 0.2, 0.2], [0.25, 0.25, 0.25, 0.25]);
    const landing: Landing = { kind: 'impact', riskAversion: 3, depth: ONE, every: 86_400, maxAge: 600 };
    expect(() => ends(landing, drift)).toThrow('no outlook');
    const still = { ...outlook, covariance: outlook.covariance.map((row) => row.map(() => 0)) };
    expect(ends(landing, drift, { change: { outlook: still } })).toEqual([0.45, 0.15, 0.2, 0.2]);
  });
});

describe('landing by the flow first', () => {
  const flow = (
    weights: readonly number[],
    targets: readonly number[],
    flows: readonly number[],
    region?: Region.Region,
  ) =>
    ends('flow-first', driftOf(weights, targets), {
      change: { past: flowed(flows) },
      ...(region === undefined ? {} : { region }),
    });
  const targets = [0.25, 0.25, 0.25, 0.25];

  test('an inflow buys what is most under, down to one level, and nothing else is sold', () => {
    // 0.2 came in of D: 0.15 lifts C to B's level, and the rest lifts both.
    const [a, b, c, d] = flow([0.3, 0.15, 0.1, 0.45], targets, [0, 0, 0, 0.2]);
    expect(a).toBe(0.3);
    expect(b).toBeCloseTo(0.225, 9);
    expect(c).toBeCloseTo(0.225, 9);
    expect(d).toBeCloseTo(0.25, 9);
  });

  test('an outflow is refilled from what is most over, and nothing else is bought', () => {
    const [a, b, c, d] = flow([0.4, 0.32, 0.2, 0.08], targets, [0, 0, 0, -0.1]);
    expect(a).toBeCloseTo(0.31, 9);
    expect(b).toBeCloseTo(0.31, 9);
    expect(c).toBe(0.2);
    expect(d).toBeCloseTo(0.18, 9);
  });

  test('sells no more than came in of what is over, buys no more than went out of what is under', () => {
    fc.assert(
      fc.property(
        split,
        split,
        fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (weights, aims, flows) => {
          const landed = flow(weights, aims, flows);
          const net = flows.reduce((sum, one) => sum + one, 0);
          fc.pre(Math.abs(net) > 1e-6 && landed.some((end, index) => Math.abs(end - (aims[index] ?? NaN)) > 1e-6));
          landed.forEach((end, index) => {
            const move = end - (weights[index] ?? NaN);
            const own = flows[index] ?? NaN;
            expect(net > 0 ? -move : move).toBeLessThanOrEqual(Math.max(0, net > 0 ? own : -own) + 1e-8);
          });
        },
      ),
    );
  });

  test('goes all the way where the flow is nothing, too small, of no use, or leaves an asset outside its region', () => {
    expect(flow([0.4, 0.2, 0.2, 0.2], targets, [0, 0, 0, 0])).toEqual(targets);
    // The strategy of the sample trades no less than $50, of $1,000 here.
    expect(flow([0.4, 0.2, 0.2, 0.2], targets, [0.04, 0, 0, 0])).toEqual(targets);
    expect(flow([0.4, 0.2, 0.2, 0.2], targets, [0, 0, 0.2, 0])).toEqual(targets);
    const region: Region.Region = new Map([['a', { trigger: 0.05, landing: 0.05 }]]);
    expect(flow([0.4, 0.1, 0.25, 0.25], targets, [0.06, 0, 0, 0], region)).toEqual(targets);
    expect(flow([0.4, 0.1, 0.25, 0.25], targets, [0.11, 0, 0, 0], region)[0]).toBeCloseTo(0.29, 9);
    expect(() => ends('flow-first', driftOf(targets, targets), { change: { past: undefined } as never })).toThrow(
      'no past',
    );
  });

  test('its level is the nearest point to the target that its bounds allow', () => {
    const room = fc
      .tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      )
      .map(([target, one, other]) => ({ target, low: Math.min(one, other), high: Math.max(one, other) }));
    fc.assert(
      fc.property(fc.array(room, { minLength: 2, maxLength: 8 }), inner, (rooms, part) => {
        const [low, high] = [
          rooms.reduce((sum, one) => sum + one.low, 0),
          rooms.reduce((sum, one) => sum + one.high, 0),
        ];
        const sum = low + part * (high - low);
        const found = level(rooms, sum);
        expect(found.reduce((total, one) => total + one, 0)).toBeCloseTo(sum, 9);
        // No transfer of a little from one to another that the bounds allow brings it nearer.
        const gaps = found.map((one, index) => one - (rooms[index]?.target ?? NaN));
        const risers = gaps.filter((_, index) => (found[index] ?? NaN) < (rooms[index]?.high ?? NaN) - 1e-9);
        const fallers = gaps.filter((_, index) => (found[index] ?? NaN) > (rooms[index]?.low ?? NaN) + 1e-9);
        expect(Math.min(...risers, Infinity)).toBeGreaterThanOrEqual(Math.max(...fallers, -Infinity) - 1e-8);
      }),
    );
  });
});
