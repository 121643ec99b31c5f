// Laws of the triggers that are made of others, and of those that remember.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Sample from '../../Sample.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import type { Past } from '../../portfolio/Past.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import { blind } from '../Blind.ts';
import { due } from '../due.ts';
import * as Region from '../Region.ts';
import type { Trigger } from '../Trigger.ts';
import type { View } from '../View.ts';
import * as AllOf from './AllOf.ts';
import * as AnyOf from './AnyOf.ts';
import type { Finding } from './Finding.ts';
import * as Hysteresis from './Hysteresis.ts';
import * as Not from './Not.ts';

const sample = Sample.snapshot();
const portfolio = Portfolio.of(sample);
const nothing: Past = { peak: 0n, flows: [], soldToday: 0n, failures: 0 };

function viewOf(change: Partial<Snapshot>): View {
  return { snapshot: { ...sample, past: nothing, ...change }, portfolio };
}

/** Put an asset this far from its target, and another as far on the other side. */
function off(deviation: number): readonly Drift[] {
  return [
    { asset: 'weth', value: 1n, weight: 0.5 + deviation, target: 0.5, absolute: deviation },
    { asset: 'usdc', value: 1n, weight: 0.5 - deviation, target: 0.5, absolute: -deviation },
  ];
}

function told(found: Finding) {
  if (found.kind === 'blind') throw new Error(found.was);
  return found;
}

const half = fc.double({ min: 0.001, max: 0.5, noNaN: true });
const region = fc
  .dictionary(fc.constantFrom('weth', 'wbtc', 'usdc'), half)
  .map(
    (halves): Region.Region =>
      new Map(Object.entries(halves).map(([asset, width]) => [asset, { trigger: width, landing: width }])),
  );
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const seeing: fc.Arbitrary<Finding> = fc.oneof(
  fc.record({ kind: fc.constant('due' as const), why: fc.string(), region, share }),
  fc.record({ kind: fc.constant('quiet' as const), why: fc.string(), region }),
);
const findings = fc.array(seeing, { minLength: 1, maxLength: 5 });

describe('several triggers', () => {
  test('any is due when one is, all when each is, and not when its part is not', () => {
    fc.assert(
      fc.property(findings, (list) => {
        expect(AnyOf.join(list).kind).toBe(list.some(({ kind }) => kind === 'due') ? 'due' : 'quiet');
        expect(AllOf.join(list).kind).toBe(list.every(({ kind }) => kind === 'due') ? 'due' : 'quiet');
        for (const one of list) expect(Not.turn(one).kind).toBe(one.kind === 'due' ? 'quiet' : 'due');
      }),
    );
  });

  test('all is not any of nots, and any is not all of nots', () => {
    fc.assert(
      fc.property(findings, (list) => {
        expect(AllOf.join(list).kind).toBe(Not.turn(AnyOf.join(list.map(Not.turn))).kind);
        expect(AnyOf.join(list).kind).toBe(Not.turn(AllOf.join(list.map(Not.turn))).kind);
      }),
    );
  });

  test('are blind as soon as one part is, wherever it stands and whatever the others say', () => {
    fc.assert(
      fc.property(findings, fc.nat(5), (list, place) => {
        const unseen = blind('nothing', 'something', 'look');
        const mixed = list.toSpliced(place % (list.length + 1), 0, unseen);
        expect(AnyOf.join(mixed)).toBe(unseen);
        expect(AllOf.join(mixed)).toBe(unseen);
        expect(Not.turn(unseen)).toBe(unseen);
      }),
    );
  });

  test('go as far as the farthest under any, and no farther than the nearest under all', () => {
    fc.assert(
      fc.property(findings, (list) => {
        const shares = list.flatMap((one) => (one.kind === 'due' ? [one.share ?? 1] : []));
        const shareOf = (found: Finding) => (found.kind === 'due' ? (found.share ?? 1) : undefined);
        expect(shareOf(AnyOf.join(list))).toBe(shares.length === 0 ? undefined : Math.max(...shares));
        expect(shareOf(AllOf.join(list))).toBe(shares.length < list.length ? undefined : Math.min(...shares));
      }),
    );
  });

  test('wait in the narrowest region under any, in the widest under all', () => {
    fc.assert(
      fc.property(findings, (list) => {
        const widths = (asset: string) => list.flatMap((one) => told(one).region?.get(asset)?.trigger ?? []);
        for (const asset of ['weth', 'wbtc', 'usdc']) {
          const all = widths(asset);
          expect(told(AnyOf.join(list)).region?.get(asset)?.trigger).toBe(
            all.length === 0 ? undefined : Math.min(...all),
          );
          expect(told(AllOf.join(list)).region?.get(asset)?.trigger).toBe(
            all.length === 0 ? undefined : Math.max(...all),
          );
        }
      }),
    );
  });
});

describe('a cooldown', () => {
  const trigger: Trigger = { kind: 'cooldown', seconds: 3_600 };

  test('is open once its time has passed since the last rebalance, and says how long that takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (since) => {
        const found = due(trigger, [], viewOf({ lastRebalanceAt: sample.at - since }));
        expect(found.kind).toBe(since >= 3_600 ? 'due' : 'quiet');
      }),
    );
    expect(due(trigger, [], viewOf({})).kind).toBe('due');
    expect(due(trigger, [], viewOf({ lastRebalanceAt: sample.at - 1_800 }))).toEqual({
      kind: 'quiet',
      why: 'the last rebalance closed 30 min ago; the cooldown of 60 min ends in 30 min',
    });
  });
});

describe('hysteresis', () => {
  const trigger: Trigger = {
    kind: 'hysteresis',
    outer: { kind: 'band', absolute: 500 },
    inner: { kind: 'band', absolute: 200 },
  };

  /** Walk a path of deviations, each look told what the one before asked to be told of. */
  function walk(path: readonly number[]): readonly boolean[] {
    let past: Past = nothing;
    return path.map((deviation, index) => {
      const found = told(due(trigger, off(deviation), viewOf({ at: sample.at + index, past })));
      past = { ...nothing, ...found.keep };
      return found.kind === 'due';
    });
  }

  test('starts outside the outer region only, ends inside the inner one only, and so never chatters', () => {
    const path = fc.array(fc.double({ min: -0.08, max: 0.08, noNaN: true }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(path, (deviations) => {
        const fired = walk(deviations);
        // Half a band and its target are not exact in binary; judge by the same band.
        const [inner, outer] = [0.02, 0.05].map((width) => Region.band(0.5, width)) as [Drift['band'], Drift['band']];
        const beyond = (deviation: number, [low, high]: readonly [number, number] = [0, 0]) =>
          off(deviation).some(({ weight }) => weight < low || weight > high);
        let on = false;
        for (const [index, deviation] of deviations.entries()) {
          on = beyond(deviation, outer) || (on && beyond(deviation, inner));
          expect(fired[index]).toBe(on);
        }
      }),
    );
  });

  test('waits in the outer region and, once begun, returns to the inner one', () => {
    const width = (deviation: number, past: Past) =>
      told(due(trigger, off(deviation), viewOf({ past }))).region?.get('weth')?.trigger;
    expect(width(0.03, nothing)).toBe(0.05);
    expect(width(0.06, nothing)).toBe(0.02);
    expect(width(0.03, { ...nothing, outsideSince: sample.at - 60 })).toBe(0.02);
  });

  test('passes on how far its parts go and what they ask to be told of', () => {
    const past = { ...nothing, outsideSince: sample.at - 60 };
    const part = (kind: 'due' | 'quiet', share: number, spreadSince: number): Finding =>
      kind === 'due' ? { kind, why: '', share, keep: { spreadSince } } : { kind, why: '', keep: { spreadSince } };
    const joined = (outer: 'due' | 'quiet', inner: 'due' | 'quiet') =>
      Hysteresis.join(part(outer, 0.5, 1), part(inner, 0.25, 2), viewOf({ past }));
    expect(joined('due', 'due')).toMatchObject({
      share: 0.5,
      keep: { spreadSince: 2, outsideSince: past.outsideSince },
    });
    expect(joined('quiet', 'due')).toMatchObject({
      share: 0.25,
      keep: { spreadSince: 2, outsideSince: past.outsideSince },
    });
    expect(joined('quiet', 'quiet')).toMatchObject({ kind: 'quiet', keep: { spreadSince: 2 } });
  });

  test('says since when it goes on, and is blind without a past', () => {
    const found = due(trigger, off(0.03), viewOf({ past: { ...nothing, outsideSince: sample.at - 600 } }));
    expect(told(found).why).toBe(
      'begun 10 min ago and not yet back inside: WETH is 53.0 % against 50.0 % ± 2.0 pp: above its band; ' +
        'USDC is 47.0 % against 50.0 % ± 2.0 pp: below its band',
    );
    expect(due(trigger, off(0.03), { snapshot: sample, portfolio }).kind).toBe('blind');
  });
});

describe('a rebalance spread over time', () => {
  const [window, slices] = [3_600, 6];
  const trigger: Trigger = { kind: 'spread', when: { kind: 'band', absolute: 200 }, window, slices };

  /** Look at these moments {s after the first}; each due slice is traded and closes at once, unless it fails. */
  function walk(start: number, moments: readonly number[], fails: (look: number) => boolean = () => false) {
    let deviation = start;
    let past: Past = nothing;
    let last: number | undefined;
    const done: number[] = [];
    for (const [look, after] of moments.entries()) {
      const at = sample.at + after;
      const view = viewOf({ at, past, ...(last === undefined ? {} : { lastRebalanceAt: last }) });
      const found = told(due(trigger, off(deviation), view));
      past = { ...nothing, ...found.keep };
      if (found.kind !== 'due' || fails(look)) continue;
      const share = found.share ?? 1;
      done.push(share * deviation);
      deviation -= share * deviation;
      last = at;
    }
    return { done, left: deviation };
  }

  const everyMinute = Array.from({ length: 120 }, (_, minute) => minute * 60);

  test('goes in equal slices, one in each part of the window, to the end', () => {
    const { done, left } = walk(0.06, everyMinute);
    expect(done).toHaveLength(slices);
    for (const slice of done) expect(slice).toBeCloseTo(0.01, 12);
    expect(left).toBeCloseTo(0, 12);
  });

  test('whenever it is looked at, trades at most once a slice and never past the target', () => {
    const moments = fc
      .uniqueArray(fc.integer({ min: 0, max: window - 1 }), { minLength: 1, maxLength: 60 })
      .map((list) => [0, ...list].toSorted((a, b) => a - b));
    fc.assert(
      fc.property(moments, fc.double({ min: 0.03, max: 0.4, noNaN: true }), (times, start) => {
        const { done, left } = walk(start, times);
        const visited = new Set(times.map((time) => Math.floor((time * slices) / window)));
        expect(done).toHaveLength(visited.size);
        expect(done.every((slice) => slice > 0)).toBe(true);
        expect(left).toBeGreaterThanOrEqual(-1e-12);
        // What is left is what the last slices, if they were missed, would have taken.
        const last = Math.max(...visited);
        expect(Math.abs(left) < 1e-12).toBe(last === slices - 1);
      }),
    );
  });

  test('begins with the slice that first closes: one that failed starts the window anew', () => {
    const { done, left } = walk(0.06, everyMinute, (look) => look < 30);
    expect(done).toHaveLength(slices);
    for (const slice of done) expect(slice).toBeCloseTo(0.01, 12);
    expect(left).toBeCloseTo(0, 12);
  });

  test('does not begin again before its window has passed', () => {
    const running: Past = { ...nothing, spreadSince: sample.at - 3_500 };
    const found = told(due(trigger, off(0.06), viewOf({ past: running, lastRebalanceAt: sample.at - 100 })));
    expect(found).toMatchObject({ kind: 'quiet', why: 'slice 6 of 6 is done; another rebalance may begin in 100 s' });
    const passed = told(
      due(
        trigger,
        off(0.06),
        viewOf({ past: { ...nothing, spreadSince: sample.at - 3_600 }, lastRebalanceAt: sample.at - 100 }),
      ),
    );
    expect(passed).toMatchObject({ kind: 'due', keep: { spreadSince: sample.at } });
  });

  test('is quiet while its trigger is, goes on though its trigger is quiet again, and is blind without a past', () => {
    expect(told(due(trigger, off(0.01), viewOf({}))).kind).toBe('quiet');
    const past: Past = { ...nothing, spreadSince: sample.at - 700 };
    const found = told(due(trigger, off(0.01), viewOf({ past, lastRebalanceAt: sample.at - 650 })));
    expect(found).toMatchObject({ kind: 'due', share: 0.2 });
    expect(due(trigger, off(0.06), { snapshot: sample, portfolio }).kind).toBe('blind');
  });
});
