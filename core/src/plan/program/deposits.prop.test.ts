import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetworkError } from '../network/Network.ts';
import { workspace } from './descend.ts';
import type { Deposit } from './Deposits.ts';
import * as Deposits from './Deposits.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Deposits of token 0 that are received as token 1, 2, 3. */
const deposits: fc.Arbitrary<readonly Deposit[]> = fc
  .array(fc.record({ supplied: real(1e4, 1e6), first: real(-0.01, 0.02), second: real(0.021, 0.1) }), {
    minLength: 2,
    maxLength: 3,
  })
  .map((draws) =>
    draws.map(({ supplied, first, second }, index) => ({
      kind: 'deposit',
      tokens: [0, index + 1] as const,
      rate: 1,
      supplied,
      earns: [first, second] as const,
      most: supplied / 2,
    })),
  );

describe('a search among deposits', () => {
  test('brings what one more of each earns to one rate, where neither end is reached', () => {
    fc.assert(
      fc.property(deposits, real(1e3, 1e6), (models, money) => {
        const tokens = models.length + 1;
        const program = Program.of(tokens, models);
        const holdings = Array.from({ length: tokens }, (_, token) => (token === 0 ? money : 0));
        const goal = { kind: 'convert', holdings, values: holdings.map(() => 1) } as const;
        const found = solveProgram(program, goal, { gap: 1e-12, looks: 400 }, workspace(program));
        expect(found.gap).toBeLessThanOrEqual(1e-9 * money);
        const trades = models.map((model, index) => {
          const [paid = 0, got = 0] = Program.trade(program, found.answer, index);
          expect(got).toBeCloseTo(Deposits.received(model, -paid), 6);
          return { model, paid: -paid * found.share };
        });
        const inside = trades.filter(({ model, paid }) => paid > 1 && paid < model.most - 1);
        const rates = inside.map(({ model: { supplied, earns }, paid }) => {
          const grown = 1 + paid / supplied;
          return earns[0] / grown ** 2 + earns[1] / grown ** 3;
        });
        for (const rate of rates) expect(Math.abs(rate - (rates[0] ?? NaN))).toBeLessThan(1e-6);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a deposit that is none', () => {
  test('is refused', () => {
    const model: Deposit = { kind: 'deposit', tokens: [0, 1], rate: 1, supplied: 10, earns: [0.1, 0.1], most: 5 };
    const bad: readonly Partial<Deposit>[] = [
      { rate: 0 },
      { supplied: NaN },
      { most: Infinity },
      { earns: [0.1, -0.1] },
      { earns: [-0.2, 0.1] },
      { earns: [0, 0] },
      { earns: [Infinity, 0] },
      { earns: [-4, 3] },
    ];
    expect(Program.of(2, [model]).markets).toBe(1);
    for (const change of bad) expect(() => Program.of(2, [{ ...model, ...change }])).toThrow(NetworkError);
  });
});
