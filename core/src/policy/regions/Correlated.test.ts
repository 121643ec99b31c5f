import { describe, expect, test } from 'vitest';
import * as Correlated from './Correlated.ts';
import * as NoTrade from './NoTrade.ts';

type Two = readonly [number, number];
const NODES = 41;
const setting: Correlated.Setting = {
  covariance: [
    [0.0254592, -0.0088416],
    [-0.0088416, 0.0105768],
  ],
  curvature: [
    [1.28, 0.576],
    [0.576, 0.72],
  ],
  proportional: [0.003, 0.003],
};
const alone = NoTrade.perAsset(setting.covariance, setting.curvature, setting.proportional, 0);
const widths: Two = [alone[0]?.trigger ?? 0, alone[1]?.trigger ?? 0];

describe('the best region of two assets', () => {
  const best = Correlated.of(setting, NODES);

  test('costs less than boxes of any size', () => {
    for (const wide of [0.8, 0.9, 1, 1.1, 1.2, 1.4]) {
      const box: Two = [widths[0] * wide, widths[1] * wide];
      expect(Correlated.costOfBox(setting, box, NODES)).toBeGreaterThan(best.cost * 1.04);
    }
  });

  test('is the same in both directions, and leans the way in which the assets hedge each other', () => {
    const { waits } = best;
    expect(waits.toReversed().map((row) => row.toReversed())).toEqual(waits);
    const middle = (NODES - 1) / 2;
    const reach = (dx: number, dy: number) => {
      let steps = 0;
      while (waits[middle + dx * (steps + 1)]?.[middle + dy * (steps + 1)] === true) steps += 1;
      return steps;
    };
    expect(reach(1, -1)).toBe(reach(-1, 1));
    expect(reach(1, -1)).toBeGreaterThan(reach(1, 1));
  });

  test('keeps clear of the rim of the grid, so that the grid does not decide it', () => {
    const rim = best.waits.flatMap((row, x) => row.filter((_, y) => Math.min(x, y) < 3 || Math.max(x, y) > NODES - 4));
    expect(rim).toHaveLength(NODES ** 2 - (NODES - 6) ** 2);
    expect(rim.includes(true)).toBe(false);
  });

  test('of assets that have nothing to do with each other costs what they cost alone', () => {
    const apart: Correlated.Setting = {
      covariance: [
        [0.0254592, 0],
        [0, 0.0105768],
      ],
      curvature: [
        [1.28, 0],
        [0, 0.72],
      ],
      proportional: [0.003, 0.001],
    };
    const each = NoTrade.perAsset(apart.covariance, apart.curvature, apart.proportional, 0);
    const together = each.reduce((total, { cost }) => total + cost, 0);
    expect(Correlated.of(apart, NODES).cost / together).toBeCloseTo(1, 2);
    const box: Two = [each[0]?.trigger ?? 0, each[1]?.trigger ?? 0];
    expect(Correlated.costOfBox(apart, box, NODES) / together).toBeCloseTo(1, 2);
  });

  test('does not know the order of the assets', () => {
    const [[a, b], [, d]] = setting.covariance;
    const [[e, f], [, h]] = setting.curvature;
    const turned: Correlated.Setting = {
      covariance: [
        [d, b],
        [b, a],
      ],
      curvature: [
        [h, f],
        [f, e],
      ],
      proportional: [0.001, 0.003],
    };
    const straight = Correlated.of({ ...setting, proportional: [0.003, 0.001] }, NODES);
    const other = Correlated.of(turned, NODES);
    expect(other.cost / straight.cost).toBeCloseTo(1, 9);
    expect(other.steps).toEqual(straight.steps.toReversed());
  });

  test('goes with the two thirds power of the cost', () => {
    const dear = Correlated.of({ ...setting, proportional: [0.024, 0.024] }, NODES);
    expect(dear.cost / best.cost).toBeCloseTo(4, 6);
    expect(dear.waits).toEqual(best.waits);
  });
});

describe('what is refused', () => {
  test.each<[string, () => unknown]>([
    ['nodes', () => Correlated.of(setting, 40)],
    ['nodes', () => Correlated.of(setting, NaN)],
    ['nodes', () => Correlated.costOfBox(setting, widths, 203)],
    [
      'variance',
      () =>
        Correlated.of(
          {
            ...setting,
            covariance: [
              [NaN, 0],
              [0, 1],
            ],
          },
          NODES,
        ),
    ],
    [
      'curvature',
      () =>
        Correlated.of(
          {
            ...setting,
            curvature: [
              [0, 0],
              [0, 1],
            ],
          },
          NODES,
        ),
    ],
    ['proportional[1]', () => Correlated.of({ ...setting, proportional: [0.003, 0] }, NODES)],
    [
      'correlation',
      () =>
        Correlated.of(
          {
            ...setting,
            covariance: [
              [1, 1],
              [1, 1],
            ],
          },
          NODES,
        ),
    ],
    [
      'correlation',
      () =>
        Correlated.of(
          {
            ...setting,
            covariance: [
              [1, NaN],
              [NaN, 1],
            ],
          },
          NODES,
        ),
    ],
    ['widths[0]', () => Correlated.costOfBox(setting, [0, 0.1], NODES)],
    ['widths', () => Correlated.costOfBox(setting, [0.001, 0.1], NODES)],
  ])('at %s', (path, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ForecastError', path }));
  });
});
