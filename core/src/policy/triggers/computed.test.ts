// What the bands that are computed from the outlook come to.

import { describe, expect, test } from 'vitest';
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

const maxAge = 86_400;

describe('a band that follows volatility', () => {
  const still = (volatility: number): Covariance => [
    [volatility ** 2, 0, 0],
    [0, volatility ** 2, 0],
    [0, 0, volatility ** 2],
  ];
  const width = (exponent: number, volatility: number): number => {
    const trigger: Trigger = {
      kind: 'volatility-band',
      absolute: 300,
      reference: 0.6,
      exponent,
      floor: 50,
      cap: 900,
      maxAge,
    };
    const third = [1 / 3, 1 / 3, 1 / 3];
    const scale = againstRest(still(1), third)[0] ?? NaN;
    return regionOf(due(trigger, driftOf(third, third), viewOf(still(volatility / scale)))).get('weth')?.trigger ?? NaN;
  };

  test.each([-1, 0, 0.5, 2 / 3, 1])('scales by the power %d of volatility', (exponent) => {
    expect(width(exponent, 0.6)).toBeCloseTo(0.03, 9);
    expect(width(exponent, 0.9) / width(exponent, 0.6)).toBeCloseTo(1.5 ** exponent, 9);
  });

  test('keeps to its floor and its cap', () => {
    expect(width(1, 0.01)).toBeCloseTo(0.005, 12);
    expect(width(1, 10)).toBeCloseTo(0.09, 12);
    expect(width(-1, 0.0001)).toBeCloseTo(0.09, 12);
  });
});

describe('a cost-optimal trigger', () => {
  const sigma: Covariance = [
    [0.64, 0.3, 0],
    [0.3, 0.49, 0],
    [0, 0, 0],
  ];
  const targets = [0.6, 0.3, 0.1];
  const halves = (trigger: Trigger, change: Partial<Snapshot> = {}): readonly Region.Half[] => {
    const region = regionOf(due(trigger, driftOf(targets, targets), viewOf(sigma, change)));
    return assets.map((asset) => region.get(asset) ?? { trigger: NaN, landing: NaN });
  };
  const costly = (proportional: number, riskAversion = 3): Trigger => ({
    kind: 'cost-optimal',
    riskAversion,
    proportional,
    maxAge,
  });
  const free = { ...sample.gas, price: 0n };

  test('without gas lands at its edge, (3ka²/2γ)^⅓ from target', () => {
    halves(costly(30), { gas: free }).forEach((half, index) => {
      const weight = targets[index] ?? NaN;
      expect(half.trigger).toBeCloseTo(Math.cbrt((3 * 0.003 * (weight * (1 - weight)) ** 2) / 6), 9);
      expect(half.landing).toBeCloseTo(half.trigger, 9);
    });
  });

  test('grows with every cost and shrinks as risk is feared more; with gas it lands inside', () => {
    const dear = { ...sample.gas, price: sample.gas.price * 50n };
    halves(costly(30)).forEach((half, index) => {
      expect(half.landing).toBeLessThan(half.trigger);
      expect(half.landing).toBeGreaterThan(0);
      expect(halves(costly(60))[index]?.trigger).toBeGreaterThan(half.trigger);
      expect(halves(costly(30), { gas: dear })[index]?.trigger).toBeGreaterThan(half.trigger);
      expect(halves(costly(30, 6))[index]?.trigger).toBeLessThan(half.trigger);
    });
  });

  test('counts the data of a rollup as gas: of an authorisation and of every fill', () => {
    const { price, authorise, swap } = sample.gas;
    // What the work of both transactions costs, half of it a time.
    const data = (price * (authorise + swap)) / 2n;
    const twice = { ...sample.gas, price: 2n * price };
    expect(halves(costly(30), { gas: { ...sample.gas, data } })).toEqual(halves(costly(30), { gas: twice }));
    const found = (gas: typeof sample.gas) =>
      due(costly(0), driftOf([0.63, 0.28, 0.09], targets), viewOf(sigma, { gas }));
    const basket = price * (authorise + swap * 2n);
    expect(found({ ...sample.gas, data: basket / 3n })).toEqual(found(twice));
  });

  test('for gas alone measures a deviation by the inverse square root of gas', () => {
    const drift = driftOf([0.63, 0.28, 0.09], targets);
    const measured = (times: bigint): number => {
      const found = due(costly(0), drift, viewOf(sigma, { gas: { ...sample.gas, price: sample.gas.price * times } }));
      return found.kind === 'blind' ? NaN : Number(/measures ([\d.]+) %/.exec(found.why)?.[1]);
    };
    expect(measured(1n) / measured(16n)).toBeCloseTo(4, 1);
  });

  test('estimates what trading costs from the best pool: its fee and half the impact of 1 % of the portfolio', () => {
    const found = halves({ kind: 'cost-optimal', riskAversion: 3, maxAge });
    const low = halves(costly(5));
    const high = halves(costly(10));
    found.forEach((half, index) => {
      expect(half.trigger).toBeGreaterThan(low[index]?.trigger ?? NaN);
      expect(half.trigger).toBeLessThan(high[index]?.trigger ?? NaN);
    });
  });

  test('has nothing to say of a portfolio in which nothing moves', () => {
    const zero = sigma.map((row) => row.map(() => 0));
    const found = due(costly(30), driftOf(targets, targets), viewOf(zero));
    expect(found).toMatchObject({ kind: 'quiet', why: 'no asset moves against the rest' });
    expect(due(costly(0), driftOf([1, 0, 0], [1, 0, 0]), viewOf(sigma)).kind).toBe('quiet');
  });

  test('with nothing to pay trades at every deviation', () => {
    const drift = driftOf([0.6001, 0.2999, 0.1], targets);
    expect(due(costly(0), drift, viewOf(sigma, { gas: free })).kind).toBe('due');
  });
});

describe('an extreme portfolio', () => {
  const sigma: Covariance = [
    [0.64, 0.3, 0],
    [0.3, 0.49, 0],
    [0, 0, 1e-18],
  ];
  const weights = [1e-12, 1e-9, 1e-6, 1e-3].flatMap((small) => [
    [1 - small, small, 0],
    [1 - small - small ** 2, small, small ** 2],
    [small, small, 1 - 2 * small],
  ]);

  test.each(weights)('of %d, %d and %d is judged or not seen, and nothing is thrown', (...targets) => {
    for (const trigger of [
      { kind: 'cost-optimal', riskAversion: 3, proportional: 0, maxAge },
      { kind: 'cost-optimal', riskAversion: 3, proportional: 30, maxAge },
      { kind: 'skewed', riskAversion: 3, proportional: 30, cash: 'usdc', maxAge },
      { kind: 'volatility-band', absolute: 100, reference: 0.5, exponent: -2, floor: 10, cap: 500, maxAge },
    ] as const) {
      expect(due(trigger, driftOf(targets, targets), viewOf(sigma)).kind).not.toBe('due');
    }
  });
});
