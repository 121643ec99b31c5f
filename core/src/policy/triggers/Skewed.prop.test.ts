import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import * as Sample from '../../Sample.ts';
import { due } from '../due.ts';
import { land } from '../land.ts';
import type { Trigger } from '../Trigger.ts';
import type { View } from '../View.ts';

const sample = Sample.snapshot();
const assets = ['weth', 'wbtc', 'usdc'];
const maxAge = 86_400;
const trigger: Trigger = { kind: 'skewed', riskAversion: 3, proportional: 30, cash: 'usdc', maxAge };

function viewOf(correlation: number, change: Partial<Snapshot> = {}): View {
  const shared = correlation * 0.8 * 0.7;
  const covariance = [
    [0.64, shared, 0],
    [shared, 0.49, 0],
    [0, 0, 0],
  ];
  const snapshot = { ...sample, outlook: { at: sample.at, assets, covariance }, ...change };
  return { snapshot, portfolio: Portfolio.of(snapshot) };
}

/** Hold this much too much of the two assets, against cash. */
function off(weth: number, wbtc: number): readonly Drift[] {
  return [
    ['weth', 0.4, weth],
    ['wbtc', 0.3, wbtc],
    ['usdc', 0.3, -weth - wbtc],
  ].map(([asset, target, absolute]) => ({
    asset: String(asset),
    value: 1n,
    weight: Number(target) + Number(absolute),
    target: Number(target),
    absolute: Number(absolute),
  }));
}

function landed(drift: readonly Drift[], view: View): readonly number[] {
  const found = due(trigger, drift, view);
  if (found.kind !== 'due') throw new Error(found.kind);
  const ends = land({ ...Sample.STRATEGY, landing: 'inner' }, drift, found, view);
  if (ends.kind === 'blind') throw new Error(ends.was);
  return drift.map(({ asset }) => ends.weights[asset] ?? NaN);
}

const deviation = fc.double({ min: -0.25, max: 0.25, noNaN: true });
const correlation = fc.double({ min: -0.8, max: 0.8, noNaN: true });

describe('a skewed region', () => {
  test('waits longer where two assets that move together hedge each other than where both are over', () => {
    const at = (weth: number, wbtc: number) => due(trigger, off(weth, wbtc), viewOf(0.7)).kind;
    let [same, opposite] = [0, 0];
    while (at(same, same) === 'quiet') same += 0.001;
    while (at(opposite, -opposite) === 'quiet') opposite += 0.001;
    expect(opposite).toBeGreaterThan(1.3 * same);
  });

  test('once landed in is quiet; the landing keeps the sum and trades the assets against cash', () => {
    fc.assert(
      fc.property(correlation, deviation, deviation, (rho, weth, wbtc) => {
        const view = viewOf(rho);
        const drift = off(weth, wbtc);
        fc.pre(due(trigger, drift, view).kind === 'due');
        const ends = landed(drift, view);
        const [a = NaN, b = NaN, cash = NaN] = ends;
        expect(a + b + cash).toBeCloseTo(1, 12);
        expect(due(trigger, off(a - 0.4, b - 0.3), view).kind).toBe('quiet');
      }),
    );
  });

  test('is symmetric, and due farther out on every line on which it is due', () => {
    fc.assert(
      fc.property(
        correlation,
        deviation,
        deviation,
        fc.double({ min: 1, max: 3, noNaN: true }),
        (rho, weth, wbtc, far) => {
          const view = viewOf(rho);
          const { kind } = due(trigger, off(weth, wbtc), view);
          expect(due(trigger, off(-weth, -wbtc), view).kind).toBe(kind);
          fc.pre(kind === 'due');
          expect(due(trigger, off(far * weth, far * wbtc), view).kind).toBe('due');
        },
      ),
    );
  });

  test('does not depend on the order of the assets', () => {
    fc.assert(
      fc.property(
        correlation,
        deviation,
        deviation,
        fc.constantFrom([0, 2, 1], [1, 2, 0], [2, 1, 0]),
        (rho, weth, wbtc, order) => {
          const drift = off(weth, wbtc);
          const permuted = order.flatMap((index) => drift[index] ?? []);
          expect(due(trigger, permuted, viewOf(rho)).kind).toBe(due(trigger, drift, viewOf(rho)).kind);
        },
      ),
    );
  });

  test('of one asset is the band that it would have alone', () => {
    const at = (weth: number) =>
      due(
        trigger,
        off(weth, 0).filter(({ asset }) => asset !== 'wbtc'),
        viewOf(0),
      ).kind;
    const half = Math.cbrt((3 * 0.003 * (0.4 * 0.6) ** 2) / 6);
    expect(at(0.999 * half)).toBe('quiet');
    expect(at(1.001 * half)).toBe('due');
  });

  test('passes where it ends through the triggers that it is a part of', () => {
    const view = viewOf(0.5, { past: { peak: 0n, flows: [], soldToday: 0n, failures: 0 } });
    const ends = new Map(off(0.2, 0).map(({ asset }, index) => [asset, landed(off(0.2, 0), view)[index]]));
    const parts: readonly Trigger[] = [
      { kind: 'any', of: [trigger, { kind: 'band', absolute: 9_000 }] },
      { kind: 'all', of: [trigger, { kind: 'cooldown', seconds: 1 }] },
      { kind: 'hysteresis', outer: trigger, inner: trigger },
      { kind: 'spread', when: trigger, window: 60, slices: 2 },
    ];
    for (const part of parts) expect(due(part, off(0.2, 0), view)).toMatchObject({ kind: 'due', ends });
  });

  test('is blind without its cash, without an outlook, and where an asset does not move', () => {
    const { outlook: _, ...without } = sample;
    expect(due(trigger, off(0.1, 0), { ...viewOf(0), snapshot: without }).kind).toBe('blind');
    expect(due({ ...trigger, cash: 'dai' }, off(0.1, 0), viewOf(0)).kind).toBe('blind');
    expect(due({ ...trigger, cash: 'weth' }, off(0.1, 0), viewOf(0)).kind).toBe('blind');
  });
});
