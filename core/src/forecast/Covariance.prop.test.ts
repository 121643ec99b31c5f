import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Covariance from './Covariance.ts';
import { eigenvalues } from './eigenvalues.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Returns of some assets over the same steps, none of them still. */
const panel = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 25 }))
  .chain(([assets, steps]) =>
    fc.array(fc.array(real(-1, 1), { minLength: steps, maxLength: steps }), { minLength: assets, maxLength: assets }),
  )
  .filter((lists) => lists.every((list) => Math.max(...list) - Math.min(...list) > 1e-3));

/** Measure an error relative to what is wanted, and absolute where that is nearly nothing. */
const apart = (found: number, wanted: number) => Math.abs(found - wanted) / (Math.abs(wanted) + 1e-4);

describe('covariance', () => {
  const estimates = Object.entries({
    sample: Covariance.sample,
    ledoitWolf: (lists: readonly (readonly number[])[]) => Covariance.ledoitWolf(lists).covariance,
    ewma: (lists: readonly (readonly number[])[]) =>
      Covariance.ewma(
        lists,
        0.94,
        lists.map((_, i) => lists.map((__, j) => (i === j ? 1 : 0))),
      ),
  });

  test.each(estimates)('%s: permuting the assets permutes the matrix', (_, estimate) => {
    fc.assert(
      fc.property(panel, fc.infiniteStream(fc.nat(5)), (lists, turns) => {
        const order = lists.map((__, index) => index);
        for (let index = order.length - 1; index > 0; index--) {
          const other = turns.next().value % (index + 1);
          [order[index], order[other]] = [order[other]!, order[index]!];
        }
        const straight = estimate(lists);
        const turned = estimate(order.map((index) => lists[index]!));
        for (const [i, from] of order.entries()) {
          for (const [j, to] of order.entries())
            expect(apart(turned[i]![j]!, straight[from]![to]!)).toBeLessThanOrEqual(1e-8);
        }
      }),
    );
  });

  test.each(estimates)('%s: no portfolio has a variance below zero', (_, estimate) => {
    fc.assert(
      fc.property(panel, (lists) => {
        expect(Covariance.isPositiveSemidefinite(estimate(lists))).toBe(true);
      }),
    );
  });

  test('returns scaled by c have c² times the covariance, shrunk as much', () => {
    fc.assert(
      fc.property(panel, real(0.01, 100), (lists, c) => {
        const larger = lists.map((list) => list.map((value) => c * value));
        const [one, other] = [Covariance.ledoitWolf(lists), Covariance.ledoitWolf(larger)];
        for (const [i, row] of one.covariance.entries()) {
          for (const [j, value] of row.entries())
            expect(apart(other.covariance[i]![j]! / c ** 2, value)).toBeLessThanOrEqual(1e-8);
        }
        expect(one.intensity).toBeGreaterThanOrEqual(0);
        expect(one.intensity).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('shrinking keeps every variance and the mean correlation', () => {
    fc.assert(
      fc.property(panel, (lists) => {
        const [{ covariance, correlation }, sample] = [Covariance.ledoitWolf(lists), Covariance.sample(lists)];
        const [steps, assets] = [lists[0]!.length, lists.length];
        for (const [i, row] of covariance.entries())
          expect(apart(row[i]!, (sample[i]![i]! * (steps - 1)) / steps)).toBeLessThanOrEqual(1e-8);
        const total = Covariance.correlation(covariance)
          .flat()
          .reduce((sum, value) => sum + value, 0);
        expect(
          apart((total - assets) / Math.max(1, assets * (assets - 1)), assets === 1 ? 0 : correlation),
        ).toBeLessThanOrEqual(1e-8);
      }),
    );
  });

  test('a matrix that is none is found out by its eigenvalues', () => {
    expect(
      Covariance.isPositiveSemidefinite([
        [1, 0.9, -0.9],
        [0.9, 1, 0.9],
        [-0.9, 0.9, 1],
      ]),
    ).toBe(false);
    expect(
      eigenvalues([
        [2, 1],
        [1, 2],
      ]).toSorted((a, b) => a - b),
    ).toEqual([1, 3].map((value) => expect.closeTo(value, 14)));
    fc.assert(
      fc.property(panel, (lists) => {
        const sample = Covariance.sample(lists);
        const trace = sample.reduce((sum, row, index) => sum + row[index]!, 0);
        const squares = sample.flat().reduce((sum, value) => sum + value ** 2, 0);
        const values = eigenvalues(sample);
        expect(
          apart(
            values.reduce((sum, value) => sum + value, 0),
            trace,
          ),
        ).toBeLessThanOrEqual(1e-12);
        expect(
          apart(
            values.reduce((sum, value) => sum + value ** 2, 0),
            squares,
          ),
        ).toBeLessThanOrEqual(1e-12);
      }),
    );
  });
});
