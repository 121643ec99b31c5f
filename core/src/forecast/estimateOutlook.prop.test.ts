import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { YEAR } from '../money/Time.ts';
import * as Covariance from './Covariance.ts';
import { estimateOutlook, type Method } from './estimateOutlook.ts';
import * as Matrix from './Matrix.ts';
import { at, ForecastError } from './Numbers.ts';
import * as Returns from './Returns.ts';
import type { Series } from './Series.ts';

const DAY = 86_400;
const METHODS: readonly Method[] = [{ kind: 'sample' }, { kind: 'ledoit-wolf' }, { kind: 'ewma', lambda: 0.94 }];
const move = fc.double({ min: -0.2, max: 0.2, noNaN: true });
/** Moves that are no two alike, so that every asset has a variance. */
const moves = fc
  .array(fc.tuple(move, move, move), { minLength: 5, maxLength: 40 })
  .map((rows) =>
    [0, 1, 2].map((asset) => rows.map((row, step) => (row[asset] ?? 0) + 0.01 * ((step * (asset + 2)) % 5))),
  );

function walk(steps: readonly number[], seconds: number): Series {
  let price = 100;
  const values = [price, ...steps.map((step) => (price *= Math.exp(step)))];
  return { times: values.map((_, index) => index * seconds), values };
}

const assets = ['a', 'b', 'c'];

describe('an outlook', () => {
  test.each(METHODS)('by $kind is dated, is a covariance, and follows the order of its assets', (method) => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 60, max: 30 * DAY }), (all, step) => {
        const prices = all.map((steps) => walk(steps, DAY));
        const found = estimateOutlook(assets, prices, step, method);
        expect(found.at).toBe(at(at(prices, 0).times, at(all, 0).length));
        expect(Covariance.isPositiveSemidefinite(found.covariance)).toBe(true);
        const other = estimateOutlook(assets.toReversed(), prices.toReversed(), step, method);
        for (const i of [0, 1, 2]) {
          for (const j of [0, 1, 2]) {
            const [one, mirrored] = [
              Matrix.entry(found.covariance, i, j),
              Matrix.entry(other.covariance, 2 - i, 2 - j),
            ];
            expect(mirrored).toBeCloseTo(one, 8);
          }
        }
      }),
    );
  });

  test('does not depend on the step it is worked out in, and agrees with the sample of equal steps', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 60, max: 30 * DAY }), (all, step) => {
        const prices = all.map((steps) => walk(steps, DAY));
        const found = estimateOutlook(assets, prices, step, { kind: 'sample' }).covariance.flat();
        const plain = Covariance.sample(prices.map((series) => Returns.log(series).values)).flat();
        for (const [index, value] of found.entries()) expect(value).toBeCloseTo((at(plain, index) * YEAR) / DAY, 6);
      }),
    );
  });

  test('leaves out, for all, a moment that one of them lacks', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const prices = all.map((steps) => walk(steps, DAY));
        const without = (series: Series): Series => ({
          times: series.times.filter((_, index) => index !== 2),
          values: series.values.filter((_, index) => index !== 2),
        });
        const holed = prices.map((series, index) => (index === 1 ? without(series) : series));
        const found = estimateOutlook(assets, holed, DAY, { kind: 'sample' });
        expect(found).toEqual(estimateOutlook(assets, prices.map(without), DAY, { kind: 'sample' }));
      }),
    );
  });

  const one = walk([0.1, -0.1, 0.05], DAY);
  test.each([
    ['a series too few', () => estimateOutlook(assets, [one], DAY, { kind: 'sample' })],
    ['no asset', () => estimateOutlook([], [], DAY, { kind: 'sample' })],
    ['no step', () => estimateOutlook(['a'], [one], 0, { kind: 'sample' })],
    [
      'a price of zero',
      () => estimateOutlook(['a'], [{ times: [0, 1, 2], values: [1, 0, 2] }], DAY, { kind: 'sample' }),
    ],
    ['a price that stands still', () => estimateOutlook(['a'], [walk([0, 0, 0], DAY)], DAY, { kind: 'sample' })],
    ['a λ of one', () => estimateOutlook(['a'], [one], DAY, { kind: 'ewma', lambda: 1 })],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});
