import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as NoTrade from './NoTrade.ts';

const log = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const costs = {
  proportional: fc.record({ proportional: log(1e-6, 0.05), fixed: fc.constant(0) }),
  fixed: fc.record({ proportional: fc.constant(0), fixed: log(1e-9, 1e-2) }),
  both: fc.record({ proportional: log(1e-6, 0.05), fixed: log(1e-9, 1e-2) }),
};
const motion = fc.record({ variance: log(1e-5, 1), curvature: log(1e-3, 100) });
const settings = (cost: keyof typeof costs) =>
  fc.tuple(motion, costs[cost]).map(([one, other]): NoTrade.Setting => ({ ...one, ...other }));
const apart = (found: number, wanted: number) => Math.abs(found - wanted) / Math.abs(wanted);

describe('the region of least cost', () => {
  test('no other region costs less', () => {
    fc.assert(
      fc.property(settings('both'), log(0.5, 2), log(0.5, 2), (setting, wide, deep) => {
        const best = NoTrade.of(setting);
        const trigger = best.trigger * wide;
        const landing = Math.min(best.landing * deep, trigger * (1 - 1e-9));
        expect(NoTrade.rate(setting, { trigger, landing }).cost).toBeGreaterThanOrEqual(best.cost * (1 - 1e-9));
      }),
    );
  });

  test.each(['proportional', 'fixed', 'both'] as const)('it costs what it says it costs: %s', (cost) => {
    fc.assert(
      fc.property(settings(cost), (setting) => {
        const best = NoTrade.of(setting);
        expect(best.landing).toBeLessThanOrEqual(best.trigger);
        expect(apart(NoTrade.rate(setting, best).cost, best.cost)).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  test('a proportional cost is paid two to one against the penalty, a fixed cost one to one', () => {
    fc.assert(
      fc.property(settings('proportional'), settings('fixed'), (proportional, fixed) => {
        const edge = NoTrade.rate(proportional, NoTrade.of(proportional));
        expect(apart(edge.trading / edge.penalty, 2)).toBeLessThanOrEqual(1e-9);
        const target = NoTrade.rate(fixed, NoTrade.of(fixed));
        expect(apart(target.trading / target.penalty, 1)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  test('the closed forms are its limits', () => {
    fc.assert(
      fc.property(settings('proportional'), settings('fixed'), (proportional, fixed) => {
        const { trigger, landing } = NoTrade.of(proportional);
        expect(
          apart(
            trigger,
            Math.cbrt((3 * proportional.proportional * proportional.variance) / 2 / proportional.curvature),
          ),
        ).toBeLessThanOrEqual(1e-12);
        expect(landing).toBe(trigger);
        const alone = NoTrade.of(fixed);
        expect(
          apart(alone.trigger, ((12 * fixed.fixed * fixed.variance) / fixed.curvature) ** 0.25),
        ).toBeLessThanOrEqual(1e-12);
        expect(alone.landing).toBe(0);
        expect(apart(NoTrade.of({ ...proportional, fixed: 1e-30 }).trigger, trigger)).toBeLessThanOrEqual(1e-6);
        expect(apart(NoTrade.of({ ...fixed, proportional: 1e-30 }).trigger, alone.trigger)).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  test('without a cost every deviation is worth a trade', () => {
    const free = { variance: 0.04, curvature: 1, proportional: 0, fixed: 0 };
    expect(NoTrade.of(free)).toEqual({ trigger: 0, landing: 0, cost: 0 });
  });

  test('a dearer trade widens it, whichever cost rises; a fixed cost pulls the landing in', () => {
    fc.assert(
      fc.property(settings('both'), log(1.01, 10), (setting, up) => {
        const best = NoTrade.of(setting);
        const gas = NoTrade.of({ ...setting, fixed: setting.fixed * up });
        const fee = NoTrade.of({ ...setting, proportional: Math.min(0.9, setting.proportional * up) });
        expect(gas.trigger).toBeGreaterThan(best.trigger);
        expect(gas.landing).toBeLessThan(best.landing);
        expect(gas.cost).toBeGreaterThan(best.cost);
        expect(fee.trigger).toBeGreaterThan(best.trigger);
        expect(fee.landing).toBeGreaterThan(best.landing);
        expect(fee.cost).toBeGreaterThan(best.cost);
      }),
    );
  });

  test('it knows no unit: in units c times smaller every figure of length is c times as large, and money times as dear', () => {
    fc.assert(
      fc.property(settings('both'), log(0.01, 1e5), (setting, c) => {
        const { variance, curvature, fixed } = setting;
        const scaled = NoTrade.of({
          ...setting,
          variance: variance * c ** 2,
          curvature: curvature / c,
          fixed: fixed * c,
        });
        const best = NoTrade.of(setting);
        expect(apart(scaled.trigger, best.trigger * c)).toBeLessThanOrEqual(1e-9);
        expect(apart(scaled.landing, best.landing * c)).toBeLessThanOrEqual(1e-9);
        expect(apart(scaled.cost, best.cost * c)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });
});

describe('any region', () => {
  test('where it only trims the edge, a fixed cost is paid without end', () => {
    const setting = { variance: 0.04, curvature: 1, proportional: 0.003, fixed: 1e-6 };
    expect(NoTrade.rate(setting, { trigger: 0.1, landing: 0.1 }).cost).toBe(Infinity);
    expect(NoTrade.rate({ ...setting, fixed: 0 }, { trigger: 0.1, landing: 0.1 }).trading).toBeCloseTo(0.0006, 12);
  });
});

describe('one region for each asset', () => {
  test('each is the one of its own diagonal, whatever the order', () => {
    const covariance = [
      [0.0254592, -0.0088416],
      [-0.0088416, 0.0105768],
    ];
    const curvature = [
      [1.28, 0.576],
      [0.576, 0.72],
    ];
    const turned = (matrix: readonly (readonly number[])[]) => matrix.toReversed().map((row) => row.toReversed());
    const regions = NoTrade.perAsset(covariance, curvature, [0.003, 0.001], 1e-5);
    expect(NoTrade.perAsset(turned(covariance), turned(curvature), [0.001, 0.003], 1e-5)).toEqual(regions.toReversed());
    expect(regions[1]).toEqual(NoTrade.of({ variance: 0.0105768, curvature: 0.72, proportional: 0.001, fixed: 1e-5 }));
  });
});

describe('what is refused', () => {
  const good = { variance: 0.04, curvature: 1, proportional: 0.003, fixed: 1e-5 };
  test.each([
    ['variance', { variance: NaN }],
    ['variance', { variance: 0 }],
    ['curvature', { curvature: -1 }],
    ['curvature', { curvature: Infinity }],
    ['proportional', { proportional: -0.001 }],
    ['proportional', { proportional: 1 }],
    ['proportional', { proportional: NaN }],
    ['fixed', { fixed: -1e-9 }],
    ['fixed', { fixed: NaN }],
  ])('%s of %o', (path, bad) => {
    expect(() => NoTrade.of({ ...good, ...bad })).toThrow(expect.objectContaining({ name: 'ForecastError', path }));
    expect(() => NoTrade.rate({ ...good, ...bad }, { trigger: 0.1, landing: 0 })).toThrow(`forecast at ${path}`);
  });

  test.each([
    [{ trigger: 0, landing: 0 }, 'trigger'],
    [{ trigger: 0.1, landing: 0.2 }, 'landing'],
    [{ trigger: 0.1, landing: -0.1 }, 'landing'],
    [{ trigger: 0.1, landing: NaN }, 'landing'],
  ])('a region of %o', (region, path) => {
    expect(() => NoTrade.rate(good, region)).toThrow(expect.objectContaining({ path }));
  });

  test('weights outside (0, 1), and lists of different length', () => {
    expect(() => NoTrade.varianceOf(0, 0.8)).toThrow('weight');
    expect(() => NoTrade.varianceOf(1, 0.8)).toThrow('weight');
    expect(() => NoTrade.varianceOf(0.5, NaN)).toThrow('volatility');
    expect(() => NoTrade.perAsset([[1]], [[1]], [0.1, 0.1], 0)).toThrow('proportional');
    expect(() => NoTrade.perAsset([[1]], [], [0.1], 0)).toThrow('curvature');
  });
});
