// The simulators themselves: what they count must be counted, and must be sure enough to tell one policy from another.

import type { Renewal } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import { describe, expect, test } from 'vitest';
import { controlled, controlledByAll } from './controlled.ts';
import { simulateWealth } from './discreteMix.ts';
import { simulateExit } from './exits.ts';
import { simulatePolicy } from './renewal.ts';
import { simulateTransit } from './transit.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('an exit', () => {
  const watched = { up: 0.3, down: 0.2, drift: 0, volatility: 0.8, step: 1 / 4_096 };
  const random = Random.stream(1, 'exits');
  const exits = Array.from({ length: 4_000 }, () => simulateExit(watched, random));

  test('is at a whole step, outside of the corridor, and hardly farther than one step goes', () => {
    const spread = watched.volatility * Math.sqrt(watched.step);
    for (const { steps, place } of exits) {
      expect(Number.isInteger(steps) && steps > 0).toBe(true);
      const over = place > 0 ? place - watched.up : -place - watched.down;
      expect(over).toBeGreaterThanOrEqual(0);
      expect(over).toBeLessThan(6 * spread);
    }
  });

  test('is counted as a walk that looks at every step counts it', () => {
    const again = Random.stream(2, 'exits');
    const slow = exits.map(() => {
      let [place, steps] = [0, 0];
      for (; place < watched.up && place > -watched.down; steps++)
        place += watched.volatility * Math.sqrt(watched.step) * Random.normal(again);
      return { steps, place };
    });
    const near = 3 * Math.sqrt(2 / exits.length);
    const steps = [exits, slow].map((all) => mean(all.map((exit) => exit.steps)));
    const ups = [exits, slow].map((all) => mean(all.map((exit) => (exit.place > 0 ? 1 : 0))));
    expect(Math.abs((steps[0] ?? NaN) / (steps[1] ?? NaN) - 1)).toBeLessThan(near);
    expect(Math.abs((ups[0] ?? NaN) - (ups[1] ?? NaN))).toBeLessThan(near / 2);
    // By the other road: a driftless motion has E(x²) = s²·E τ (Wald, 1944).
    const squares = mean(exits.map(({ place }) => place ** 2));
    expect(squares / (watched.volatility ** 2 * watched.step * (steps[0] ?? NaN))).toBeCloseTo(1, 1);
  });
});

describe('a band with costs', () => {
  const market: Renewal.Market = { drift: 0.32, volatility: 0.8, aversion: 1, proportional: 0.003, fixed: 1e-4 };
  const policy = { low: 0.42, high: 0.58, lowLanding: 0.45, highLanding: 0.55 };

  test('pays for what it has drifted: the rarer it is looked at, the more a trade costs', () => {
    const drags = [1 / 8_760, 1 / 365, 1 / 12].map(
      (step) => simulatePolicy(market, policy, step, 2_000, 3).dragPerTrade,
    );
    expect(drags).toEqual(drags.toSorted((one, other) => one - other));
    expect((drags[2] ?? NaN) / (drags[0] ?? NaN)).toBeGreaterThan(1.2);
  });

  test('costs its fixed part once a trade', () => {
    const free = simulatePolicy({ ...market, proportional: 0 }, policy, 1 / 365, 500, 4);
    expect(free.dragPerTrade).toBeCloseTo(-Math.log1p(-market.fixed), 12);
  });
});

describe('wealth of a mix', () => {
  const assets = {
    weights: [0.5, 0.3, 0.2],
    drifts: [0.3, 0.2, 0.03],
    volatilities: [0.8, 0.6, 0],
    correlation: 0.7,
  } as const;
  const years = (steps: number) => simulateWealth(assets, 1 / steps, steps, 6_000, 5);
  /** What is bought and held: a sum of lognormal values. */
  const shares = assets.weights.map((weight, i) => weight * Math.exp(assets.drifts[i] ?? NaN));
  const moved = (i: number, j: number) =>
    Math.expm1((i === j ? 1 : assets.correlation) * (assets.volatilities[i] ?? NaN) * (assets.volatilities[j] ?? NaN));
  const variance = shares.flatMap((one, i) => shares.map((other, j) => one * other * moved(i, j)));
  const held = {
    mean: shares.reduce((sum, share) => sum + share, 0),
    deviation: Math.sqrt(variance.reduce((sum, part) => sum + part, 0)),
  };

  test.each([12, 365])('rebalanced %i times is told from what is held, in mean and in deviation', (steps) => {
    const mix = years(steps);
    for (const which of ['mean', 'deviation'] as const)
      expect(Math.abs(mix[which].value - held[which])).toBeGreaterThan(6 * mix[which].standardError);
  });

  test('that is never rebalanced is what is held', () => {
    const mix = years(1);
    for (const which of ['mean', 'deviation'] as const)
      expect(Math.abs(mix[which].value - held[which])).toBeLessThan(3 * mix[which].standardError);
  });
});

test('a control takes out what chance does to both, and leaves the mean where it is', () => {
  const random = Random.stream(6, 'control');
  const common = Float64Array.from({ length: 4_000 }, () => Random.normal(random));
  const values = common.map((value) => 7 + 3 * value + 0.01 * Random.normal(random));
  const { value, standardError } = controlled(values, common, 0);
  expect(standardError).toBeLessThan(2e-4);
  expect(Math.abs(value - 7)).toBeLessThan(4 * standardError);
});

test('several controls take out what each of them does, also where they move together', () => {
  const random = Random.stream(8, 'controls');
  const one = Float64Array.from({ length: 4_000 }, () => Random.normal(random));
  const other = one.map((value) => value + Random.normal(random));
  const values = one.map((value, index) => 7 + 3 * value - 2 * (other[index] ?? NaN) + 0.01 * Random.normal(random));
  for (const controls of [
    [one, other],
    [other, one],
    [one, other, one],
  ]) {
    const { value, standardError } = controlledByAll(values, controls);
    expect(standardError).toBeLessThan(2e-4);
    expect(Math.abs(value - 7)).toBeLessThan(4 * standardError);
  }
});

test('what is under way adds the variance of its time to what is there, within standard errors', () => {
  const [short, long] = [0.01, 0.02].map((latency) =>
    simulateTransit({ deviation: 1_000, latency, trigger: 200 }, 20_000, 7),
  );
  for (const [estimate, truth] of [
    [short, 10_000],
    [long, 20_000],
  ] as const) {
    expect(Math.abs((estimate?.value ?? NaN) - truth)).toBeLessThan(3 * (estimate?.standardError ?? 0));
  }
});
