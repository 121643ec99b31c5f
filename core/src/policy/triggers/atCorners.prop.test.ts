// What every trigger that draws regions must see although no region can be computed for it: targets of nothing, of the
// whole and beyond, such as a floor that was reached or a debt that grew.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../decide.ts';
import { ONE } from '../../money/Fixed.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import * as Sample from '../../Sample.ts';
import { due } from '../due.ts';
import type { Trigger } from '../Trigger.ts';
import type { View } from '../View.ts';

const assets = ['weth', 'wbtc', 'usdc'];
const sample = Sample.snapshot();
const maxAge = 86_400;

type Covariance = readonly (readonly number[])[];

function seen(covariance: Covariance): Snapshot {
  return { ...sample, outlook: { at: sample.at, assets, covariance } };
}

function viewOf(covariance: Covariance): View {
  const snapshot = seen(covariance);
  return { snapshot, portfolio: Portfolio.of(snapshot) };
}

function driftOf(weights: readonly number[], targets: readonly number[]): readonly Drift[] {
  return assets.map((asset, index) => {
    const [weight, target] = [weights[index] ?? NaN, targets[index] ?? NaN];
    return { asset, value: 1n, weight, target, absolute: weight - target };
  });
}

/** Make covariances of full rank: a loading on one common factor, and noise of each asset's own. */
const covariance: fc.Arbitrary<Covariance> = fc
  .array(fc.tuple(fc.double({ min: -0.8, max: 0.8, noNaN: true }), fc.double({ min: 0.05, max: 0.9, noNaN: true })), {
    minLength: 3,
    maxLength: 3,
  })
  .map((rows) => rows.map(([beta, own], i) => rows.map(([other], j) => beta * other + (i === j ? own ** 2 : 0))));

const split = fc.tuple(fc.double({ min: 0.02, max: 1, noNaN: true }), fc.double({ min: 0.02, max: 1, noNaN: true }));

const drawing: readonly (readonly [string, Trigger])[] = [
  ['band', { kind: 'band', absolute: 300, relative: 2_000 }],
  [
    'volatility-band',
    { kind: 'volatility-band', absolute: 300, reference: 0.6, exponent: 1, floor: 20, cap: 3_000, maxAge },
  ],
  ['cost-optimal 30', { kind: 'cost-optimal', riskAversion: 3, proportional: 30, maxAge }],
  ['cost-optimal estimated', { kind: 'cost-optimal', riskAversion: 3, maxAge }],
  ['cost-optimal 0', { kind: 'cost-optimal', riskAversion: 3, proportional: 0, maxAge }],
  ['skewed', { kind: 'skewed', riskAversion: 3, proportional: 30, cash: 'usdc', maxAge }],
];

describe.each(drawing)('%s, where a target is nothing, the whole or beyond', (_, trigger) => {
  const share = fc.double({ min: 0.35, max: 1, noNaN: true });

  test('is due while what should be safe is at risk, and quiet once it is safe', () => {
    fc.assert(
      fc.property(covariance, split, share, (sigma, [one, other], risky) => {
        const [weth, wbtc] = [(risky * one) / (one + other), (risky * other) / (one + other)];
        const safe = [0, 0, 1];
        expect(due(trigger, driftOf([weth, wbtc, 1 - risky], safe), viewOf(sigma)).kind).toBe('due');
        expect(due(trigger, driftOf(safe, safe), viewOf(sigma)).kind).toBe('quiet');
        expect(due(trigger, driftOf([1e-6, 0, 1 - 1e-6], safe), viewOf(sigma)).kind).toBe('quiet');
      }),
    );
  });

  test('is due while all should be one risky asset and is not', () => {
    fc.assert(
      fc.property(covariance, share, (sigma, astray) => {
        expect(due(trigger, driftOf([1 - astray, 0, astray], [1, 0, 0]), viewOf(sigma)).kind).toBe('due');
      }),
    );
  });

  test('is due where a debt has outgrown its target', () => {
    fc.assert(
      fc.property(covariance, (sigma) => {
        // A loan-to-value of two thirds, where a quarter is wanted.
        expect(due(trigger, driftOf([3, 0, -2], [4 / 3, 0, -1 / 3]), viewOf(sigma)).kind).toBe('due');
      }),
    );
  });
});

test.each(drawing)('%s sells what is risky when a floor is reached', (_, when) => {
  const snapshot = seen([
    [0.64, 0.3, 0],
    [0.3, 0.49, 0],
    [0, 0, 0.0001],
  ]);
  // A share is worth $100, 90 % of it at risk.
  const decision = decide(snapshot, {
    ...Sample.STRATEGY,
    when,
    toward: {
      kind: 'cppi',
      floor: 120n * ONE,
      multiplier: 3,
      cap: 1,
      risky: { weth: 0.5, wbtc: 0.5 },
      safe: { usdc: 1 },
    },
    within: [],
  });
  expect(decision.kind).toBe('act');
  const wanted = decision.intent.kind === 'move' ? decision.intent.weights : {};
  expect(wanted['usdc']).toBeCloseTo(1, 9);
});
