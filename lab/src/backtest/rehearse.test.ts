import { expect, test } from 'vitest';
import type { Strategy } from '@trimtab/core';
import * as Random from '../Random.ts';
import { summarise } from '../report/summarise.ts';
import { basket } from '../scenarios/basket.ts';
import { simulate } from '../world/simulate.ts';
import type { Spec } from '../world/Spec.ts';
import { rehearse } from './rehearse.ts';
import type { Moment } from './rehearse.ts';

/** Walk one price by ±2 % an hour, driftless in the logarithm, until told to stop. */
function* walk(spec: Spec, steps: number): Generator<Moment> {
  const random = Random.stream(18, 'walk');
  const [start = 0n, dollar = 0n] = spec.prices;
  let x = 0;
  for (let k = 1; k <= steps; k++) {
    x += 0.02 * Random.normal(random);
    yield { at: spec.at + k * 3_600, fair: [BigInt(Math.round(Number(start) * Math.exp(x))), dollar] };
  }
}

test('the engine rebalances a band as often, and trades as much, as theory says', async () => {
  // Deep pools with the smallest fee and a feed that publishes every move: what is left is the policy itself.
  const { spec: plain, strategy: usual } = basket({ count: 2, seed: 3, depth: 10n ** 30n, feePpm: 100 });
  const spec: Spec = { ...plain, feeds: plain.feeds.map((habit) => ({ ...habit, deviation: 0 })) };
  const strategy: Strategy = { ...usual, when: { kind: 'band', absolute: 500 } };
  const steps = 12_000;
  const opening = { strategy, mode: 'SIMULATION', holder: 'lab', version: 'test', leaseSeconds: 1e9 } as const;
  const summary = summarise(await rehearse(simulate(spec), opening, walk(spec, steps)));
  // Exit time of a Brownian motion from ±u, with the barrier moved out for looking once a step (Broadie, Glasserman and
  // Kou, 1997); its relative variance is 2/3.
  const reach = Math.log(0.55 / 0.45) + 0.5826 * 0.02;
  const expected = steps / (reach / 0.02) ** 2;
  expect(Math.abs(summary.rebalances / expected - 1)).toBeLessThan(3 * Math.sqrt(2 / 3 / expected));
  const sold = 1 / (1 + Math.exp(-reach)) - 0.5;
  expect(summary.turnover / summary.rebalances / sold).toBeGreaterThan(0.97);
  expect(summary.turnover / summary.rebalances / sold).toBeLessThan(1.03);
  expect(summary.drift.max).toBeGreaterThan(0.05);
  expect(summary.withinBands).toBe(true);
});
