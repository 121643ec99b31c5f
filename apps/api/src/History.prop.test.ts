import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from './contract.ts';
import * as History from './History.ts';

const moments = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 4_000 }), weight: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    minLength: 1,
    maxLength: 3_000,
    size: 'max',
  })
  .map((steps) => {
    let at = 0;
    return steps.map(({ gap, weight }): Point => {
      at += gap;
      return { at, weights: [weight, 1 - weight], targets: [0.5, 0.5], bands: [[0.4, 0.6], null] };
    });
  });

test('history is bounded, in order, ends with the latest moment and keeps the worst one', () => {
  fc.assert(
    fc.property(moments, (points) => {
      const history = points.reduce(History.add, History.EMPTY);
      const times = history.points.map((point) => point.at);
      const worst = (all: readonly Point[]): number => Math.max(...all.map((p) => Math.abs((p.weights[0] ?? 0) - 0.5)));
      expect(history.points.length).toBeLessThanOrEqual(History.CAPACITY);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(history.points.at(-1)).toBe(points.at(-1));
      expect(worst(history.points)).toBe(worst(points));
    }),
    { numRuns: 30 },
  );
});

test('a look at or before the last one replaces what it contradicts', () => {
  const point = (at: number): Point => ({ at, weights: [0.5], targets: [0.5], bands: [null] });
  const history = [10, 20, 30, 20].map(point).reduce(History.add, History.EMPTY);
  expect(history.points.map((one) => one.at)).toEqual([10, 20]);
});
