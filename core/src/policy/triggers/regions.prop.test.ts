// Laws of the triggers that look at where the portfolio is.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import * as Sample from '../../Sample.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import { due } from '../due.ts';
import * as Region from '../Region.ts';
import type { Trigger } from '../Trigger.ts';
import type { View } from '../View.ts';
import { againstRest } from './againstRest.ts';
import type { Finding } from './Finding.ts';

const assets = ['weth', 'wbtc', 'usdc'];
const sample = Sample.snapshot();

type Covariance = readonly (readonly number[])[];

function viewOf(covariance: Covariance, change: Partial<Snapshot> = {}): View {
  const snapshot = { ...sample, outlook: { at: sample.at, assets, covariance }, ...change };
  return { snapshot, portfolio: Portfolio.of(snapshot) };
}

function driftOf(weights: readonly number[], targets: readonly number[], names = assets): readonly Drift[] {
  return names.map((asset, index) => {
    const [weight, target] = [weights[index] ?? NaN, targets[index] ?? NaN];
    return { asset, value: 1n, weight, target, absolute: weight - target };
  });
}

function regionOf(found: Finding): Region.Region {
  if (found.kind === 'blind') throw new Error(found.was);
  return found.region ?? Region.NONE;
}

/** Make covariances of full rank: a loading on one common factor, and noise of each asset's own. */
const covariance: fc.Arbitrary<Covariance> = fc
  .array(fc.tuple(fc.double({ min: -0.8, max: 0.8, noNaN: true }), fc.double({ min: 0.05, max: 0.9, noNaN: true })), {
    minLength: 3,
    maxLength: 3,
  })
  .map((rows) => rows.map(([beta, own], i) => rows.map(([other], j) => beta * other + (i === j ? own ** 2 : 0))));

const split = fc
  .array(fc.double({ min: 0.02, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map((parts) => parts.map((part) => part / parts.reduce((sum, one) => sum + one, 0)));

const maxAge = 86_400;
const waiting: readonly Trigger[] = [
  { kind: 'band', absolute: 300, relative: 2_000 },
  { kind: 'volatility-band', absolute: 300, reference: 0.6, exponent: 1, floor: 20, cap: 3_000, maxAge },
  { kind: 'cost-optimal', riskAversion: 3, proportional: 30, maxAge },
  { kind: 'cost-optimal', riskAversion: 3, maxAge },
  { kind: 'cost-optimal', riskAversion: 3, proportional: 0, maxAge },
  { kind: 'norm', measure: 'l1', max: 600 },
  { kind: 'norm', measure: 'l2', max: 400 },
  { kind: 'norm', measure: 'max', max: 300 },
  { kind: 'norm', measure: 'tracking-error', max: 200, maxAge },
];
const named = waiting.map((trigger) => {
  const { kind } = trigger;
  const sort =
    kind === 'norm' ? trigger.measure : kind === 'cost-optimal' ? `${trigger.proportional ?? 'estimated'}` : '';
  return [`${kind} ${sort}`.trim(), trigger] as const;
});

describe.each(named)('%s', (_, trigger) => {
  test('is quiet on target and due far from it', () => {
    fc.assert(
      fc.property(covariance, split, (sigma, targets) => {
        const view = viewOf(sigma);
        expect(due(trigger, driftOf(targets, targets), view).kind).toBe('quiet');
        const least = targets.indexOf(Math.min(...targets));
        const astray = targets.map((_target, index) => (index === least ? 1 : 0));
        expect(due(trigger, driftOf(astray, targets), view).kind).toBe('due');
      }),
    );
  });

  test('once due stays due farther out on the same line', () => {
    fc.assert(
      fc.property(
        covariance,
        split,
        split,
        fc.double({ min: 1, max: 3, noNaN: true }),
        (sigma, weights, targets, far) => {
          const view = viewOf(sigma);
          fc.pre(due(trigger, driftOf(weights, targets), view).kind === 'due');
          const out = weights.map((weight, index) => (targets[index] ?? 0) + far * (weight - (targets[index] ?? 0)));
          expect(due(trigger, driftOf(out, targets), view).kind).toBe('due');
        },
      ),
    );
  });

  test('does not depend on the order of the assets, and its regions go with their assets', () => {
    fc.assert(
      fc.property(
        covariance,
        split,
        split,
        fc.constantFrom([0, 2, 1], [1, 2, 0], [2, 1, 0]),
        (sigma, weights, targets, order) => {
          const pick = <T>(list: readonly T[]): readonly T[] => order.flatMap((index) => list[index] ?? []);
          const one = due(trigger, driftOf(weights, targets), viewOf(sigma));
          const other = due(trigger, driftOf(pick(weights), pick(targets), [...pick(assets)]), viewOf(sigma));
          expect(other.kind).toBe(one.kind);
          for (const asset of assets) {
            const [half, same] = [regionOf(one).get(asset), regionOf(other).get(asset)];
            expect(same?.trigger ?? -1).toBeCloseTo(half?.trigger ?? -1, 9);
            expect(same?.landing ?? -1).toBeCloseTo(half?.landing ?? -1, 9);
          }
        },
      ),
    );
  });

  test('does not depend on how much money there is, where its pools and its gas grow with it', () => {
    fc.assert(
      fc.property(covariance, split, split, fc.integer({ min: 2, max: 1_000 }), (sigma, weights, targets, times) => {
        const lines = Sample.LINES.map((line) => ({ ...line, tokens: String(Number(line.tokens) * times) }));
        const big = Sample.snapshot(lines, 10_000_000n * BigInt(times) * ONE);
        const gas = { ...big.gas, price: big.gas.price * BigInt(times) };
        const drift = driftOf(weights, targets);
        const one = due(trigger, drift, viewOf(sigma));
        const other = due(trigger, drift, viewOf(sigma, { ...big, gas }));
        expect(other.kind).toBe(one.kind);
        for (const [asset, half] of regionOf(one)) {
          expect(regionOf(other).get(asset)?.trigger).toBeCloseTo(half.trigger, 5);
        }
      }),
    );
  });
});

describe('a region', () => {
  test.each(named.slice(0, 4))('%s: is due exactly where a weight is outside it', (_, trigger) => {
    fc.assert(
      fc.property(covariance, split, split, (sigma, weights, targets) => {
        const drift = driftOf(weights, targets);
        const found = due(trigger, drift, viewOf(sigma));
        const outside = drift.some(({ asset, weight, target }) => {
          const half = regionOf(found).get(asset);
          if (half === undefined) return false;
          const [low, high] = Region.band(target, half.trigger);
          return weight < low || weight > high;
        });
        expect(found.kind).toBe(outside ? 'due' : 'quiet');
      }),
    );
  });

  test('that is twice as wide never trades more often on the same path', () => {
    const path = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 50, maxLength: 200 });
    fc.assert(
      fc.property(path, fc.integer({ min: 20, max: 500 }), (steps, absolute) => {
        const trades = (width: number): number => {
          let [ratio, count] = [0, 0];
          for (const step of steps) {
            ratio += step;
            const weight = 1 / (1 + Math.exp(-ratio));
            const drift = driftOf([weight, 1 - weight], [0.5, 0.5], ['weth', 'usdc']);
            if (due({ kind: 'band', absolute: width }, drift, viewOf([])).kind !== 'due') continue;
            ratio = 0;
            count += 1;
          }
          return count;
        };
        expect(trades(2 * absolute)).toBeLessThanOrEqual(trades(absolute));
      }),
    );
  });

  test('that is wider is never left where a narrower one is not', () => {
    fc.assert(
      fc.property(split, split, fc.nat(2_000), fc.nat(2_000), (weights, targets, one, more) => {
        const drift = driftOf(weights, targets);
        const at = (absolute: number) => due({ kind: 'band', absolute }, drift, viewOf([])).kind;
        fc.pre(at(one + more + 1) === 'due');
        expect(at(one + 1)).toBe('due');
      }),
    );
  });
});

describe('the volatility of an asset against the rest', () => {
  test('is the volatility of its price in the other, for two assets', () => {
    const [one, other, between] = [0.8, 0.5, 0.3];
    const sigma = [
      [one ** 2, between * one * other],
      [between * one * other, other ** 2],
    ];
    const expected = Math.sqrt(one ** 2 + other ** 2 - 2 * between * one * other);
    for (const volatility of againstRest(sigma, [0.37, 0.63])) expect(volatility).toBeCloseTo(expected, 12);
  });

  test('gives each weight the variance that leaving all alone gives it', () => {
    fc.assert(
      fc.property(covariance, split, (sigma, weights) => {
        const against = againstRest(sigma, weights);
        const returns = (i: number) => weights.map((_, j) => (i === j ? 1 : 0) - (weights[j] ?? 0));
        weights.forEach((weight, i) => {
          // A weight moves by w(r_i − r_p).
          const own = returns(i);
          const variance = own.reduce(
            (sum, a, j) => sum + own.reduce((part, b, k) => part + a * b * (sigma[j]?.[k] ?? NaN), 0),
            0,
          );
          expect((against[i] ?? NaN) * (1 - weight)).toBeCloseTo(Math.sqrt(variance), 9);
        });
      }),
    );
  });
});

describe('without an outlook that can be used', () => {
  const outlook = {
    at: sample.at,
    assets,
    covariance: [
      [0.5, 0, 0],
      [0, 0.5, 0],
      [0, 0, 0.5],
    ],
  };
  const targets = [0.6, 0.3, 0.1];
  const needing = named.filter(([, trigger]) => 'maxAge' in trigger);
  test.each(
    needing.flatMap(
      ([name, trigger]) =>
        [
          [name, 'none', trigger, {}],
          [name, 'too old', trigger, { outlook: { ...outlook, at: sample.at - maxAge - 1 } }],
          [name, 'from the future', trigger, { outlook: { ...outlook, at: sample.at + 1 } }],
          [name, 'without an asset', trigger, { outlook: { ...outlook, assets: ['weth', 'wbtc', 'dai'] } }],
          [
            name,
            'with a NaN',
            trigger,
            {
              outlook: {
                ...outlook,
                covariance: [
                  [NaN, 0, 0],
                  [0, 1, 0],
                  [0, 0, 1],
                ],
              },
            },
          ],
          [
            name,
            'of negative variance',
            trigger,
            {
              outlook: {
                ...outlook,
                covariance: [
                  [1, 2, 0],
                  [2, 1, 0],
                  [0, 0, 1],
                ],
              },
            },
          ],
          [
            name,
            'not symmetric',
            trigger,
            {
              outlook: {
                ...outlook,
                covariance: [
                  [1, 0.1, 0],
                  [0.2, 1, 0],
                  [0, 0, 1],
                ],
              },
            },
          ],
        ] as const,
    ),
  )('%s is blind: %s', (_name, _why, trigger, change) => {
    const snapshot = { ...sample, ...change };
    const found = due(trigger, driftOf(targets, targets), { snapshot, portfolio: Portfolio.of(snapshot) });
    expect(found).toMatchObject({ kind: 'blind' });
  });

  test('a cost that must be estimated is not, where no pool takes the asset', () => {
    const snapshot = { ...sample, outlook, markets: sample.markets.filter(({ id }) => !id.includes('wbtc')) };
    const view = { snapshot, portfolio: Portfolio.of(snapshot) };
    const found = due({ kind: 'cost-optimal', riskAversion: 3, maxAge }, driftOf(targets, targets), view);
    expect(found).toMatchObject({ kind: 'blind', was: 'no pool that takes $1,000 of WBTC' });
  });
});
