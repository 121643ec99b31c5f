// Markets that charge for being used answer with a share of their trade, and as they were once they charge nothing.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetworkError } from '../network/index.ts';
import * as Charges from './Charges.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const MODELS: readonly Program.Model[] = [
  { kind: 'constant-product', tokens: [0, 1], reserves: [1e4, 1.1e4], fee: 0.003 },
  { kind: 'weighted', tokens: [0, 2], reserves: [3e4, 1e4], weights: [3, 1], fee: 0.001 },
  { kind: 'weighted', tokens: [0, 1, 2], reserves: [1e4, 1.2e4, 1e4], weights: [1, 1, 1], fee: 0.001 },
  {
    kind: 'concentrated',
    tokens: [2, 0],
    sqrtPrice: 1.02,
    segments: [{ low: 0.9, high: 1.1, liquidity: 3e4 }],
    fee: 0.0005,
  },
];

const price = fc.double({ min: 0.5, max: 2, noNaN: true });
const prices = fc.tuple(price, price, price).map((list) => Float64Array.from(list));
const charge = fc.constantFrom(0, 1, 50, 3_000);
const charges = fc.tuple(charge, charge, charge, charge);
const blur = fc.constantFrom(1, 0.1, 0.01);

function gains(program: Program.Program, answer: Program.Answer, at: Float64Array): readonly number[] {
  return MODELS.map(({ tokens }, market) =>
    Program.trade(program, answer, market).reduce((sum, got, coin) => sum + got * (at[tokens[coin] ?? -1] ?? NaN), 0),
  );
}

describe('charges', () => {
  test('take of every trade the share that its gain pays for', () => {
    fc.assert(
      fc.property(prices, charges, blur, (at, fixed, width) => {
        const [free, charged] = [Program.of(3, MODELS), Program.of(3, MODELS)];
        Program.charge(charged, fixed, width);
        const [one, other] = [Program.answer(free), Program.answer(charged)];
        Program.respond(free, at, one);
        Program.respond(charged, at, other);
        let beside = 0;
        for (const [market, gain] of gains(free, one, at).entries()) {
          const share = Charges.shareOf(gain, fixed[market] ?? NaN, width);
          beside += Charges.netOf(gain, fixed[market] ?? NaN, width) - share * gain;
          for (const [coin, got] of Program.trade(free, one, market).entries()) {
            const had = Program.trade(charged, other, market)[coin] ?? NaN;
            expect(Math.abs(had - share * got)).toBeLessThanOrEqual(1e-9 * Math.abs(got));
          }
        }
        expect(Math.abs((other.charged[0] ?? NaN) - beside)).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 100 },
    );
  });

  test('leave of a gain what its derivative says, a little above or below what is beyond the charge', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.constantFrom(1, 50, 3_000),
        blur,
        (gain, fixed, width) => {
          const step = 1e-5 * width * fixed;
          const slope =
            (Charges.netOf(gain + step, fixed, width) - Charges.netOf(gain - step, fixed, width)) / (2 * step);
          expect(Math.abs(slope - Charges.shareOf(gain, fixed, width))).toBeLessThanOrEqual(1e-5);
          const off = Charges.netOf(gain, fixed, width) - Math.max(0, gain - fixed);
          expect(Math.abs(off)).toBeLessThanOrEqual(width * fixed);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('are gone as they came', () => {
    const program = Program.of(3, MODELS);
    Program.charge(program, [1, 2, 3, 4], 0.1);
    Program.charge(program, [0, 0, 0, 0], 0);
    expect(program).toEqual(Program.of(3, MODELS));
  });

  test('are searched to a closed gap', () => {
    fc.assert(
      fc.property(charges, fc.constantFrom(1, 0.1), (fixed, width) => {
        const program = Program.of(3, MODELS);
        Program.charge(program, fixed, width);
        const goal = {
          kind: 'rebalance',
          holdings: [3e3, 1e3, 2e3],
          prices: [1, 1, 1],
          weights: [0.2, 0.5, 0.3],
        } as const;
        expect(solveProgram(program, { ...goal, kappa: 10 }, { gap: 1e-8, looks: 200 }).closed).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('are named one by one', () => {
    expect(() => Program.charge(Program.of(3, MODELS), [1], 0.1)).toThrow(NetworkError);
  });
});
