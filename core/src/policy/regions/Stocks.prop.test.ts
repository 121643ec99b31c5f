// Partial steps and inventories: small closed forms, each held against the problem that it solves.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Inventory from './Inventory.ts';
import * as PartialStep from './PartialStep.ts';

const log = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);

describe('a partial step', () => {
  const gaps = fc.record({
    curvature: log(0.01, 100),
    step: log(1e-4, 1),
    impact: log(1e-3, 100),
    variance: log(1e-6, 1),
  });

  test('costs no less with any other share', () => {
    fc.assert(
      fc.property(gaps, log(0.3, 3), (gap, x) => {
        const { share, cost } = PartialStep.stepwise(gap);
        // A share θ traded at every step leaves x² with mean V = Var/(1 − (1 − θ)²) before each trade.
        const costOf = (theta: number) =>
          ((gap.impact * theta ** 2 + ((gap.curvature * gap.step) / 2) * (1 - theta) ** 2) * gap.variance) /
          (1 - (1 - theta) ** 2);
        expect(costOf(share) / cost).toBeCloseTo(1, 9);
        expect(costOf(Math.min(1, share * x))).toBeGreaterThanOrEqual(cost * (1 - 1e-9));
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThan(1);
      }),
    );
  });

  test('comes to the continuous rate as the steps shorten', () => {
    fc.assert(
      fc.property(log(0.1, 10), log(1e-3, 0.1), log(1e-3, 1), (curvature, impact, variance) => {
        const { rate, cost } = PartialStep.continuous({ curvature, impact, variance });
        const step = 1e-6 / rate;
        // Λ·(u/Δ)²·Δ is (Λ/Δ)·u² a trade.
        const short = PartialStep.stepwise({ curvature, step, impact: impact / step, variance: variance * step });
        expect(short.share / step / rate).toBeCloseTo(1, 5);
        expect(short.cost / step / cost).toBeCloseTo(1, 5);
      }),
    );
  });

  test('pays as much for impact as for straying', () => {
    fc.assert(
      fc.property(log(0.1, 10), log(1e-3, 0.1), log(1e-3, 1), (curvature, impact, variance) => {
        const { rate, cost } = PartialStep.continuous({ curvature, impact, variance });
        const meanSquare = variance / (2 * rate);
        expect((impact * rate ** 2 * meanSquare) / cost).toBeCloseTo(0.5, 9);
        expect((curvature * meanSquare) / 2 / cost).toBeCloseTo(0.5, 9);
      }),
    );
  });
});

describe('a stock of cash', () => {
  const balances = fc.record({ fixed: log(0.1, 1000), holding: log(1e-4, 1), variance: log(1, 1e9) });

  test('costs no less between any other limits', () => {
    fc.assert(
      fc.property(balances, log(0.5, 2), log(0.5, 2), (balance, x, y) => {
        const { target, upper, average, cost } = Inventory.cashLimits(balance);
        const z = target * x;
        const top = z + (upper - target) * y;
        // From z the limits 0 and H are z(H − z)/σ² away in time, and the mean stock is (H + z)/3.
        const other = (balance.fixed * balance.variance) / (z * (top - z)) + (balance.holding * (top + z)) / 3;
        expect(other).toBeGreaterThanOrEqual(cost * (1 - 1e-12));
        expect(average / ((upper + target) / 3)).toBeCloseTo(1, 12);
      }),
    );
  });

  test('grows with the cube root of what a transfer costs', () => {
    fc.assert(
      fc.property(balances, (balance) => {
        const dear = Inventory.cashLimits({ ...balance, fixed: balance.fixed * 8 });
        expect(dear.target / Inventory.cashLimits(balance).target).toBeCloseTo(2, 9);
      }),
    );
  });
});

describe('a stock for the time a transfer takes', () => {
  const demands = fc.record({
    deviation: log(1, 1e6),
    latency: log(1e-4, 10),
    service: fc.double({ min: 0.51, max: 0.9999, noNaN: true }),
  });

  test('is larger for better service, and leaves less unmet', () => {
    fc.assert(
      fc.property(demands, (demand) => {
        const one = Inventory.safetyStock(demand);
        const better = Inventory.safetyStock({ ...demand, service: (1 + demand.service) / 2 });
        expect(better.buffer).toBeGreaterThan(one.buffer);
        expect(better.shortage).toBeLessThan(one.shortage);
        expect(better.shortage).toBeGreaterThan(0);
      }),
    );
  });

  test('sells what it lacks: the shortage falls by 1 − service for every unit more', () => {
    fc.assert(
      fc.property(demands, (demand) => {
        const next = { ...demand, service: demand.service + 1e-6 };
        const [one, more] = [Inventory.safetyStock(demand), Inventory.safetyStock(next)];
        const slope = (one.shortage - more.shortage) / (more.buffer - one.buffer);
        expect(Math.abs(slope - (1 - demand.service))).toBeLessThan(1e-5);
      }),
    );
  });

  test('goes with the root of the latency', () => {
    fc.assert(
      fc.property(demands, (demand) => {
        const late = Inventory.safetyStock({ ...demand, latency: demand.latency * 4 });
        expect(late.buffer / Inventory.safetyStock(demand).buffer).toBeCloseTo(2, 9);
      }),
    );
  });
});

describe('what is refused', () => {
  const gap = { curvature: 1, step: 0.1, impact: 1, variance: 1 };
  test.each<[string, () => unknown]>([
    ['curvature', () => PartialStep.stepwise({ ...gap, curvature: 0 })],
    ['step', () => PartialStep.stepwise({ ...gap, step: NaN })],
    ['impact', () => PartialStep.stepwise({ ...gap, impact: -1 })],
    ['variance', () => PartialStep.continuous({ ...gap, variance: Infinity })],
    ['fixed', () => Inventory.cashLimits({ fixed: 0, holding: 1, variance: 1 })],
    ['holding', () => Inventory.cashLimits({ fixed: 1, holding: NaN, variance: 1 })],
    ['variance', () => Inventory.cashLimits({ fixed: 1, holding: 1, variance: -1 })],
    ['deviation', () => Inventory.safetyStock({ deviation: 0, latency: 1, service: 0.9 })],
    ['latency', () => Inventory.safetyStock({ deviation: 1, latency: -1, service: 0.9 })],
    ['probability', () => Inventory.safetyStock({ deviation: 1, latency: 1, service: 1 })],
    ['latency', () => Inventory.latencyCost(1, 1, -1)],
    ['curvature', () => Inventory.latencyCost(NaN, 1, 1)],
  ])('at %s', (path, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ForecastError', path }));
  });

  test('but a transfer that arrives at once costs nothing more', () => {
    expect(Inventory.latencyCost(1, 1, 0)).toBe(0);
  });
});
