import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Brownian from '../../forecast/Brownian.ts';
import { ForecastError } from '../../forecast/Numbers.ts';
import * as LeverageRisk from './LeverageRisk.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const believing = fc.record({ drift: between(-0.5, 0.5), volatility: between(0.05, 1.5), rate: between(0, 0.2) });
const belief = { drift: 0.1, volatility: 0.6, rate: 0.05 };

describe('leverage', () => {
  test('multiple, health and the fall that is left agree with one another', () => {
    fc.assert(
      fc.property(between(0.01, 0.7), between(0.71, 0.95), (loanToValue, threshold) => {
        const health = LeverageRisk.health(loanToValue, threshold);
        const collateral = LeverageRisk.multiple(loanToValue);
        const left = collateral * (1 - LeverageRisk.fallToLiquidation(health));
        expect((collateral - 1) / left).toBeCloseTo(threshold, 9);
      }),
    );
    expect(LeverageRisk.health(0, 0.8)).toBe(Infinity);
    expect(LeverageRisk.multiple(0)).toBe(1);
  });

  test('liquidation grows with time and volatility, shrinks with health, and is a probability', () => {
    fc.assert(
      fc.property(between(1.01, 4), believing, between(0.01, 3), (health, own, years) => {
        const chance = LeverageRisk.liquidation(health, own, years);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(LeverageRisk.liquidation(health, own, years * 1.5)).toBeGreaterThanOrEqual(chance - 1e-9);
        expect(LeverageRisk.liquidation(health * 1.1, own, years)).toBeLessThanOrEqual(chance + 1e-9);
      }),
    );
  });

  test('liquidation in the end is the chance to leave downwards a corridor with no top', () => {
    const { up } = Brownian.exit({ up: 500, down: Math.log(1.5), drift: 0.05, volatility: 0.3 });
    const own = { drift: 0.05 + 0.3 ** 2 / 2, volatility: 0.3, rate: 0 };
    expect(LeverageRisk.liquidation(1.5, own, 1e5)).toBeCloseTo(1 - up, 6);
  });

  test('liquidation is continuous where the tail is written otherwise', () => {
    // (b − νT)/s passes 25 between these two drifts: ln 2 − ν = 25·0.02 and a hair either side.
    const at = (nu: number) => {
      const own = { drift: nu + 0.02 ** 2 / 2, volatility: 0.02, rate: 0 };
      return LeverageRisk.liquidation(Math.exp(0.02), own, 1);
    };
    expect(at(-0.48 - 1e-9) / at(-0.48 + 1e-9)).toBeCloseTo(1, 6);
    expect(LeverageRisk.liquidation(2, { drift: -1, volatility: 0.01, rate: 0 }, 1)).toBeCloseTo(1, 6);
  });

  test('a wider band is never left sooner', () => {
    fc.assert(
      fc.property(between(0.1, 0.3), between(0.4, 0.6), between(0.7, 0.8), believing, (low, target, high, own) => {
        const { time } = LeverageRisk.exit({ low, target, high }, own);
        expect(LeverageRisk.exit({ low, target, high: high * 1.05 }, own).time).toBeGreaterThanOrEqual(
          time * (1 - 1e-9),
        );
        expect(LeverageRisk.exit({ low: low / 1.05, target, high }, own).time).toBeGreaterThanOrEqual(
          time * (1 - 1e-9),
        );
      }),
    );
  });

  test.each<readonly [string, () => unknown]>([
    ['loanToValue', () => LeverageRisk.multiple(1)],
    ['loanToValue', () => LeverageRisk.health(Number.NaN, 0.8)],
    ['threshold', () => LeverageRisk.health(0.5, 1)],
    ['healthFactor', () => LeverageRisk.fallToLiquidation(1)],
    ['healthFactor', () => LeverageRisk.liquidation(0.9, belief, 1)],
    ['years', () => LeverageRisk.liquidation(2, belief, 0)],
    ['volatility', () => LeverageRisk.liquidation(2, { ...belief, volatility: 0 }, 1)],
    ['low', () => LeverageRisk.exit({ low: 0, target: 0.5, high: 0.6 }, belief)],
    ['high', () => LeverageRisk.exit({ low: 0.4, target: 0.5, high: 0.5 }, belief)],
    ['drift', () => LeverageRisk.exit({ low: 0.4, target: 0.5, high: 0.6 }, { ...belief, drift: Number.NaN })],
  ])('is refused at %s', (path, compute) => {
    let caught: unknown;
    try {
      compute();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ForecastError);
    expect((caught as ForecastError).path).toBe(path);
  });
});
