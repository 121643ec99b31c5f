import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Ellipsoid from './Ellipsoid.ts';
import * as Frequency from './Frequency.ts';
import * as NoTrade from './NoTrade.ts';

const log = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const settings = fc.record({
  variance: log(1e-5, 1),
  curvature: log(1e-3, 100),
  proportional: log(1e-6, 0.05),
  fixed: log(1e-9, 1e-2),
});
const WAYS = ['periodic', 'band-to-target', 'band-to-edge'] as const;

describe('the best schedule and the best band to target', () => {
  test('no other interval costs less', () => {
    fc.assert(
      fc.property(settings, log(0.3, 3), (setting, x) => {
        const { variance: c, curvature: q, proportional: k, fixed } = setting;
        const cost = (interval: number) =>
          fixed / interval + k * Math.sqrt((2 * c) / Math.PI / interval) + (q * c * interval) / 4;
        const best = Frequency.schedule(setting);
        expect(best.cost / cost(best.interval)).toBeCloseTo(1, 9);
        expect(cost(best.interval * x)).toBeGreaterThanOrEqual(best.cost * (1 - 1e-9));
      }),
    );
  });

  test('no other band that lands on target costs less', () => {
    fc.assert(
      fc.property(settings, log(0.3, 3), (setting, x) => {
        const best = Frequency.bandToTarget(setting);
        const other = NoTrade.rate(setting, { trigger: best.trigger * x, landing: 0 });
        expect(other.cost).toBeGreaterThanOrEqual(best.cost * (1 - 1e-9));
      }),
    );
  });

  test('a band beats a schedule, and the best landing beats the target', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const [schedule, target, best] = [
          Frequency.schedule(setting),
          Frequency.bandToTarget(setting),
          NoTrade.of(setting),
        ];
        expect(best.cost).toBeLessThanOrEqual(target.cost * (1 + 1e-12));
        expect(target.cost).toBeLessThan(schedule.cost);
        expect(best.trigger).toBeLessThanOrEqual(target.trigger * (1 + 1e-12));
      }),
    );
  });

  test('with gas alone a band costs 1/√3 of a schedule', () => {
    fc.assert(
      fc.property(settings, (any) => {
        const setting = { ...any, proportional: 0 };
        const [schedule, band] = [Frequency.schedule(setting), Frequency.bandToTarget(setting)];
        expect((band.cost / schedule.cost) * Math.sqrt(3)).toBeCloseTo(1, 9);
        expect(schedule.cost / Math.sqrt(setting.curvature * setting.variance * setting.fixed)).toBeCloseTo(1, 9);
        expect(band.trigger).toBeCloseTo(NoTrade.of(setting).trigger, 9);
      }),
    );
  });

  test('without a cost there is nothing to wait for', () => {
    const free = { variance: 0.04, curvature: 1, proportional: 0, fixed: 0 };
    expect(Frequency.schedule(free)).toEqual({ interval: 0, cost: 0 });
    expect(Frequency.bandToTarget(free)).toEqual({ trigger: 0, landing: 0, cost: 0 });
  });
});

describe('what no aversion to risk changes', () => {
  test('is what bands come to: trades times squared error, turnover times error', () => {
    fc.assert(
      fc.property(log(0.001, 0.2), log(0.1, 2), (trigger, volatility) => {
        const variance = NoTrade.varianceOf(0.5, volatility);
        // A cost of one a unit of turnover and a penalty of twice TE² make the rates those two.
        const setting = { variance, curvature: 2 * volatility ** 2, fixed: 0, proportional: 0.5 };
        const a = 0.25;
        const [target, edge] = [0, trigger].map((landing) => NoTrade.rate(setting, { trigger, landing }));
        const [toTarget, toEdge] = [Frequency.pareto('band-to-target'), Frequency.pareto('band-to-edge')];
        const turnover = (rate?: NoTrade.Rate) =>
          (2 * Number(rate?.trading) * Math.sqrt(Number(rate?.penalty))) / a ** 2 / volatility ** 3;
        expect(turnover(target)).toBeCloseTo(toTarget.turnover, 9);
        expect(turnover(edge)).toBeCloseTo(toEdge.turnover, 9);
        const trades = (Number(target?.trades) * Number(target?.penalty)) / a ** 2 / volatility ** 4;
        expect(trades).toBeCloseTo(toTarget.trades, 9);
      }),
    );
  });

  test('saves nothing against itself, and loses what the other gains', () => {
    for (const way of WAYS) {
      expect(Frequency.turnoverSaved(way, way)).toBe(0);
      for (const other of WAYS) {
        const [one, two] = [Frequency.turnoverSaved(way, other), Frequency.turnoverSaved(other, way)];
        expect((1 - one) * (1 - two)).toBeCloseTo(1, 12);
      }
    }
  });
});

describe('a band of the wrong width', () => {
  test.each(['proportional', 'fixed'] as const)('costs what the table says: %s', (cost) => {
    fc.assert(
      fc.property(settings, log(0.2, 5), (any, x) => {
        const setting = { ...any, [cost === 'fixed' ? 'proportional' : 'fixed']: 0 };
        const best = NoTrade.of(setting);
        const other = NoTrade.rate(setting, { trigger: best.trigger * x, landing: best.landing * x });
        expect(other.cost / best.cost / Frequency.costOfWidth(x, cost)).toBeCloseTo(1, 9);
      }),
    );
  });

  test.each(['proportional', 'fixed'] as const)(
    'is cheaper too wide than too narrow by as many percent: %s',
    (cost) => {
      fc.assert(
        fc.property(log(0.001, 0.9), (x) => {
          expect(Frequency.costOfWidth(1 + x, cost)).toBeLessThan(Frequency.costOfWidth(1 - x, cost));
          expect(Frequency.costOfWidth(1 + x, cost)).toBeGreaterThan(1);
        }),
      );
    },
  );
});

describe('the volatility in a width', () => {
  test.each(['proportional', 'fixed'] as const)('has the power that the best bands have: %s', (cost) => {
    fc.assert(
      fc.property(settings, log(1.1, 5), (any, louder) => {
        const calm = { ...any, [cost === 'fixed' ? 'proportional' : 'fixed']: 0 };
        const wild = { ...calm, variance: calm.variance * louder ** 2 };
        const width = (setting: NoTrade.Setting) => NoTrade.of(setting).trigger;
        const found = (objective: Frequency.Objective) => louder ** Frequency.exponent(objective, cost);
        expect(width(wild) / width(calm)).toBeCloseTo(found('deviation-penalty'), 9);
        const averse = { ...wild, curvature: wild.curvature * louder ** 2 };
        expect(width(averse) / width(calm)).toBeCloseTo(found('risk-aversion'), 9);
      }),
    );
  });
});

describe('gas of the moment', () => {
  test('moves the threshold as a region made for it would', () => {
    fc.assert(
      fc.property(log(1e-6, 1e-3), log(1e-6, 1e-3), (now, usual) => {
        const basket = {
          covariance: [
            [0.04, 0.01],
            [0.01, 0.02],
          ],
          curvature: [
            [1.2, 0.2],
            [0.2, 0.7],
          ],
        };
        const delta = [0.03, -0.02];
        const made = Ellipsoid.measure(Ellipsoid.of({ ...basket, fixed: now }).matrix, delta);
        const shared = Ellipsoid.measure(Ellipsoid.of({ ...basket, fixed: usual }).matrix, delta);
        expect(shared / Frequency.thresholdAtGas(now, usual) / made).toBeCloseTo(1, 9);
      }),
    );
  });

  test('that doubles widens a band by 19 %', () => {
    expect(Math.sqrt(Frequency.thresholdAtGas(2e-4, 1e-4))).toBeCloseTo(1.189, 3);
  });
});

describe('what is refused', () => {
  const good = { variance: 0.04, curvature: 1, proportional: 0.003, fixed: 1e-5 };
  test.each<[string, () => unknown]>([
    ['variance', () => Frequency.schedule({ ...good, variance: NaN })],
    ['fixed', () => Frequency.bandToTarget({ ...good, fixed: -1 })],
    ['x', () => Frequency.costOfWidth(0, 'fixed')],
    ['x', () => Frequency.costOfWidth(NaN, 'proportional')],
    ['now', () => Frequency.thresholdAtGas(0, 1)],
    ['usual', () => Frequency.thresholdAtGas(1, Infinity)],
  ])('at %s', (path, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ForecastError', path }));
  });
});
