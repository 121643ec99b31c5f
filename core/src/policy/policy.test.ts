import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Sample from '../Sample.ts';
import type { Drift } from '../portfolio/Drift.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import { due } from './due.ts';
import { land } from './land.ts';
import type { Landing } from './Landing.ts';
import * as Region from './Region.ts';
import { draws, type Trigger } from './Trigger.ts';
import type { Finding } from './triggers/Finding.ts';

const snapshot = Sample.snapshot();
const view = { snapshot, portfolio: Portfolio.of(snapshot) };

/** Describe assets by weight and target alone. */
function drifting(weights: Record<string, readonly [weight: number, target: number]>): readonly Drift[] {
  return Object.entries(weights).map(([asset, [weight, target]]) => ({
    asset,
    value: 1n,
    weight,
    target,
    absolute: weight - target,
  }));
}

function said(found: Finding): string {
  return found.kind === 'blind' ? found.was : found.why;
}

/** Find the bands that a trigger draws around targets. */
function bandsOf(trigger: Trigger, targets: Record<string, number>): Record<string, Drift['band']> {
  const drift = drifting(
    Object.fromEntries(Object.entries(targets).map(([asset, target]) => [asset, [target, target]])),
  );
  const found = due(trigger, drift, view);
  if (found.kind === 'blind') throw new Error(found.was);
  const marked = Region.mark(drift, found.region ?? Region.NONE).filter(({ band }) => band !== undefined);
  return Object.fromEntries(marked.map(({ asset, band }) => [asset, band]));
}

/** Let a trigger that is due choose where to land; each asset's weight at the end, in order. */
function landed(trigger: Trigger, landing: Landing, drift: readonly Drift[]): readonly number[] {
  const found = due(trigger, drift, view);
  if (found.kind !== 'due') throw new Error(found.kind);
  const marked = Region.mark(drift, found.region ?? Region.NONE);
  const ends = land({ ...Sample.STRATEGY, landing }, marked, found, view);
  if (ends.kind === 'blind') throw new Error(ends.was);
  return drift.map(({ asset }) => ends.weights[asset] ?? NaN);
}

describe('bands', () => {
  const targets = { weth: 0.6, wbtc: 0.3, usdc: 0.1 };

  test('are as wide as asked, the narrower of absolute and relative', () => {
    const bands = bandsOf({ kind: 'band', absolute: 500, relative: 1_000 }, targets);
    expect(bands['weth']?.[0]).toBeCloseTo(0.55, 12);
    expect(bands['wbtc']?.[0]).toBeCloseTo(0.27, 12);
    expect(bands['usdc']?.[1]).toBeCloseTo(0.11, 12);
  });

  test('an asset of its own overrides both', () => {
    const bands = bandsOf({ kind: 'band', relative: 100, perAsset: { usdc: { absolute: 300 } } }, targets);
    expect(bands['usdc']?.[0]).toBeCloseTo(0.07, 12);
    expect(bands['weth']?.[0]).toBeCloseTo(0.594, 12);
    expect(bandsOf({ kind: 'band', absolute: 100, perAsset: { usdc: {} } }, targets)).not.toHaveProperty('usdc');
  });

  test('stay inside what a weight can be', () => {
    expect(bandsOf({ kind: 'band', absolute: 2_000 }, { a: 0.95, b: 0.05 })).toEqual({ a: [0.75, 1], b: [0, 0.25] });
  });

  test('a share of a target of zero is no band', () => {
    expect(bandsOf({ kind: 'band', relative: 2_500 }, { a: 1, b: 0 })).not.toHaveProperty('b');
    expect(bandsOf({ kind: 'band', absolute: 50 }, { a: 1, b: 0 })['b']).toEqual([0, 0.005]);
  });

  test('of several triggers the narrowest counts; a calendar has none', () => {
    const wide = { kind: 'band', absolute: 500 } as const;
    const narrow = { kind: 'band', absolute: 200 } as const;
    const clock = { kind: 'calendar', every: 60, from: 0 } as const;
    expect(bandsOf({ kind: 'any', of: [wide, clock, narrow] }, targets)).toEqual(bandsOf(narrow, targets));
    expect(bandsOf({ kind: 'any', of: [narrow, wide] }, targets)).toEqual(bandsOf(narrow, targets));
    expect(draws(clock)).toBe(false);
  });

  test('a name on the prototype of every object is not a band', () => {
    const bands = bandsOf({ kind: 'band', perAsset: {} }, { constructor: 1 });
    expect(Object.keys(bands)).toEqual([]);
  });
});

describe('a band trigger', () => {
  const trigger: Trigger = { kind: 'band', absolute: 200 };

  test('is due outside and says where', () => {
    const drift = drifting({ weth: [0.571, 0.6], wbtc: [0.31, 0.3], usdc: [0.119, 0.1] });
    expect(due(trigger, drift, view)).toMatchObject({
      kind: 'due',
      why: 'WETH is 57.1 % against 60.0 % ± 2.0 pp: below its band',
    });
  });

  test('is quiet inside and names what is nearest to its edge', () => {
    const drift = drifting({ weth: [0.588, 0.6], wbtc: [0.31, 0.3], usdc: [0.102, 0.1] });
    const found = due(trigger, drift, view);
    expect(found).toMatchObject({ kind: 'quiet', why: "nearest to its band's edge: WETH at 58.8 %, 0.8 pp away" });
  });

  test('fires exactly when some weight is outside', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 5_000 }),
        (weight, absolute) => {
          const own = { kind: 'band', absolute } as const;
          const drift = drifting({ weth: [weight, 0.5], usdc: [1 - weight, 0.5] });
          const [low, high] = Region.band(0.5, absolute / 10_000);
          const out = drift.some(({ weight: one }) => one < low || one > high);
          expect(due(own, drift, view).kind).toBe(out ? 'due' : 'quiet');
        },
      ),
    );
  });

  test('without a band it has nothing to say', () => {
    const empty: Trigger = { kind: 'band' };
    expect(due(empty, drifting({ weth: [1, 1] }), view)).toMatchObject({
      kind: 'quiet',
      why: 'no asset has a band',
    });
  });
});

describe('a calendar trigger', () => {
  const daily: Trigger = { kind: 'calendar', every: 86_400, from: 1_000 };
  const at = (now: number, last?: number) =>
    due(daily, [], {
      ...view,
      snapshot: { ...snapshot, at: now, ...(last === undefined ? {} : { lastRebalanceAt: last }) },
    });

  test('waits for its first period', () => {
    expect(at(999)).toEqual({ kind: 'quiet', why: 'the next period of 24 h begins in 1 s' });
    expect(at(1_000).kind).toBe('due');
  });

  test('fires once in a period', () => {
    expect(at(1_000 + 86_399, 1_500).kind).toBe('quiet');
    expect(at(1_000 + 86_400, 1_500).kind).toBe('due');
  });

  test('periods missed while away count as one', () => {
    const now = 1_000 + 10 * 86_400 + 180;
    expect(at(now, 1_500)).toEqual({ kind: 'due', why: 'a period of 24 h began 3 min ago; the last one 10 d ago' });
    expect(at(now + 60, now).kind).toBe('quiet');
  });

  test('a rebalance from before its start does not count', () => {
    expect(at(1_001, 5).kind).toBe('due');
    expect(at(999, 1_000 - 10 * 86_400).kind).toBe('quiet');
  });

  test('is due exactly once in each period, however often it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 * 86_400 }), { maxLength: 50 }), (moments) => {
        let last: number | undefined;
        const fired: number[] = [];
        for (const now of moments.toSorted((a, b) => a - b)) {
          if (at(now, last).kind !== 'due') continue;
          fired.push(Math.floor((now - 1_000) / 86_400));
          last = now;
        }
        const periods = new Set(moments.filter((now) => now >= 1_000).map((now) => Math.floor((now - 1_000) / 86_400)));
        expect(fired).toEqual([...periods].toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('any of several triggers', () => {
  const band: Trigger = { kind: 'band', absolute: 200 };
  const never: Trigger = { kind: 'calendar', every: 60, from: snapshot.at + 30 };
  const any: Trigger = { kind: 'any', of: [band, never] };

  test('is due when one is, and only that one speaks', () => {
    const drift = drifting({ weth: [0.7, 0.6], usdc: [0.3, 0.4] });
    expect(due(any, drift, view)).toEqual(due(band, drift, view));
  });

  test('is quiet when all are, and all say what they wait for', () => {
    const drift = drifting({ weth: [0.6, 0.6], usdc: [0.4, 0.4] });
    const why = [band, never].map((part) => said(due(part, drift, view))).join('; ');
    expect(due(any, drift, view)).toMatchObject({ kind: 'quiet', why });
  });
});

describe('landing', () => {
  const weightsAndTargets = fc
    .array(fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })), {
      minLength: 2,
      maxLength: 8,
    })
    .map((pairs) => {
      const sums = pairs.reduce(([a, b], [weight, target]) => [a + weight, b + target], [0, 0] as [number, number]);
      return Object.fromEntries(pairs.map(([w, t], index) => [`asset${index}`, [w / sums[0], t / sums[1]] as const]));
    });

  test('on target is the target', () => {
    const drift = drifting({ a: [0.7, 0.6], b: [0.3, 0.4] });
    expect(landed({ kind: 'band', absolute: 100 }, 'target', drift)).toEqual([0.6, 0.4]);
  });

  test('at the edge ends inside every band, moves nothing past its target, and sums to one', () => {
    fc.assert(
      fc.property(weightsAndTargets, fc.integer({ min: 10, max: 2_000 }), (weights, absolute) => {
        const drift = drifting(weights);
        const trigger: Trigger = { kind: 'band', absolute };
        fc.pre(due(trigger, drift, view).kind === 'due');
        const ends = landed(trigger, 'edge', drift);
        expect(ends.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        drift.forEach(({ weight, target }, index) => {
          const end = ends[index] ?? NaN;
          const [low, high] = Region.band(target, absolute / 10_000);
          expect(end).toBeGreaterThanOrEqual(low - 1e-12);
          expect(end).toBeLessThanOrEqual(high + 1e-12);
          expect(end).toBeGreaterThanOrEqual(Math.min(weight, target) - 1e-12);
          expect(end).toBeLessThanOrEqual(Math.max(weight, target) + 1e-12);
        });
      }),
    );
  });

  test('at the edge trades less than on target', () => {
    const trigger: Trigger = { kind: 'band', absolute: 200 };
    const drift = drifting({ a: [0.65, 0.6], b: [0.2, 0.25], c: [0.15, 0.15] });
    const moved = (landing: 'edge' | 'target'): number =>
      landed(trigger, landing, drift).reduce(
        (sum, end, index) => sum + Math.abs(end - (drift[index]?.weight ?? NaN)),
        0,
      );
    expect(moved('edge')).toBeLessThan(moved('target'));
    expect(landed(trigger, 'edge', drift)[0]).toBeCloseTo(0.62 - 0.1 * 0.02, 12);
  });
});
