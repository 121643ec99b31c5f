import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Lvr from '../market/amm/Lvr.ts';
import type { Lending } from '../market/Lending.ts';
import { YEAR } from '../money/Time.ts';
import { ForecastError } from './Numbers.ts';
import * as Yield from './Yield.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const share = real(0, 1);
const periods = fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.constant(Infinity));
const sure = { haircut: 0, chance: 0, loss: 0 };

describe('yield', () => {
  test('compounded and back is the same rate, and pausing less never earns less', () => {
    fc.assert(
      fc.property(real(-0.5, 2), periods, (rate, often) => {
        const yearly = Yield.apy(rate, often);
        expect(Yield.apr(yearly, often)).toBeCloseTo(rate, 9);
        expect(yearly).toBeGreaterThanOrEqual(Yield.apy(rate, 1) - 1e-12);
        expect(yearly).toBeLessThanOrEqual(Yield.apy(rate, Infinity) + 1e-12);
      }),
    );
    expect(Yield.apy(0.1, 1)).toBeCloseTo(0.1, 12);
    expect(Yield.apy(0.12, 12)).toBeCloseTo(0.126_825_030_131_97, 12);
    expect(Yield.apy(1, Infinity)).toBeCloseTo(Math.E - 1, 12);
  });

  test('of a share price over a year is its growth, and two halves make the whole', () => {
    fc.assert(
      fc.property(real(0.5, 2), real(0.5, 2), real(YEAR / 12, YEAR), (first, second, seconds) => {
        expect(Yield.realised(1, first, YEAR)).toBeCloseTo(first - 1, 12);
        const whole = Math.log1p(Yield.realised(1, first * second, 2 * seconds));
        const halves = [Yield.realised(1, first, seconds), Yield.realised(first, first * second, seconds)];
        const mean = (Math.log1p(halves[0] ?? 0) + Math.log1p(halves[1] ?? 0)) / 2;
        expect(Math.abs(whole - mean)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(whole)));
      }),
    );
  });

  test('is believed less, the more it is doubted, and never more than promised', () => {
    fc.assert(
      fc.property(real(0, 1), share, share, share, real(0, 1), (rate, haircut, chance, loss, more) => {
        const doubt = { haircut, chance, loss };
        const found = Yield.expected(rate, doubt);
        expect(found).toBeLessThanOrEqual(rate);
        for (const name of ['haircut', 'chance', 'loss'] as const) {
          const worse = { ...doubt, [name]: doubt[name] + (1 - doubt[name]) * more };
          expect(Yield.expected(rate, worse)).toBeLessThanOrEqual(found + 1e-15);
        }
        expect(Yield.expected(rate, sure)).toBe(rate);
        expect(Yield.expected(-rate, { ...sure, haircut })).toBe(-rate);
      }),
    );
  });

  test('of a lending pool falls with what we put in', () => {
    const pool: Lending = {
      kind: 'lending',
      id: 'pool',
      assets: ['usdc', 'ausdc'],
      supplied: 1_000n * 10n ** 6n,
      borrowed: 800n * 10n ** 6n,
      receipts: { kind: 'index', index: 10n ** 27n },
      curve: {
        kind: 'kinked',
        base: 0n,
        slopeBelow: 4n * 10n ** 25n,
        slopeAbove: 6n * 10n ** 26n,
        kink: 8n * 10n ** 26n,
        reserveFactor: 1_000,
      },
    };
    // At the kink borrowers pay 4 %, of which suppliers get 90 % on 80 % of their money.
    expect(Yield.ofLending(pool, 0n, sure)).toBeCloseTo(0.04 * 0.8 * 0.9, 12);
    expect(Yield.ofLending(pool, 0n, { ...sure, haircut: 0.5 })).toBeCloseTo(0.02 * 0.8 * 0.9, 12);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (deposit, more) => {
        expect(Yield.ofLending(pool, deposit + more, sure)).toBeLessThanOrEqual(Yield.ofLending(pool, deposit, sure));
      }),
    );
  });

  test('of liquidity is its fees less what arbitrage takes: more volatility, less yield, and a narrow range loses faster', () => {
    fc.assert(
      fc.property(real(0, 1), real(0.1, 2), real(0.01, 1), (fees, volatility, more) => {
        const found = Yield.ofLiquidity({ fees, volatility }, sure);
        expect(found).toBeCloseTo(fees - Lvr.ofWeighted(volatility), 12);
        expect(Yield.ofLiquidity({ fees, volatility: volatility + more }, sure)).toBeLessThan(found);
        const range = { low: 0.8, high: 1.25, price: 1 };
        expect(Yield.ofLiquidity({ fees, volatility, range }, sure)).toBeLessThan(found);
        expect(Yield.ofLiquidity({ fees, volatility, range: { ...range, price: 2 } }, sure)).toBe(fees);
      }),
    );
  });

  test.each([
    ['a haircut above one', () => Yield.expected(0.1, { ...sure, haircut: 1.1 })],
    ['a chance below zero', () => Yield.expected(0.1, { ...sure, chance: -0.1 })],
    ['a loss that is no number', () => Yield.expected(0.1, { ...sure, loss: Number.NaN })],
    ['a rate that is no number', () => Yield.expected(Number.NaN, sure)],
    ['no periods', () => Yield.apy(0.1, 0)],
    ['a loss of more than everything', () => Yield.apr(-1, 1)],
    ['a rate that takes more than a period has', () => Yield.apy(-2, 1)],
    ['a share that became worthless', () => Yield.realised(1, 0, YEAR)],
    ['a jump that no year can hold', () => Yield.realised(1, 2, 3_600)],
    ['no time', () => Yield.realised(1, 1, 0)],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});
