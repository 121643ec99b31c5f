// Laws of tokens that trades only pass through: two pools in a row are one pool, and nothing of the token between them is left.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const depth = fc.double({ min: 3, max: 7, noNaN: true }).map((digits) => 10 ** digits);
const share = fc.double({ min: 0.1, max: 0.9, noNaN: true });
const off = fc.double({ min: -0.02, max: 0.02, noNaN: true });

const pool = (tokens: readonly [number, number], reserves: readonly [number, number], fee = 0): Program.Model => ({
  kind: 'constant-product',
  tokens,
  reserves,
  fee,
});

const goal = (held: number, wanted: number, kappa: number, transit: number) => ({
  kind: 'rebalance' as const,
  holdings: [1e5 * held, 1e5 * (1 - held), ...Array<number>(transit).fill(0)],
  prices: [1, 1, ...Array<number>(transit).fill(3)],
  weights: [wanted, 1 - wanted, ...Array<number>(transit).fill(0)],
  kappa,
  transit: [false, false, ...Array<boolean>(transit).fill(true)],
});

describe('a token that is only passed through', () => {
  test('makes of two pools without fees one: out = X·Z·in ÷ (A·Y + (Y + X)·in) is a constant product as well', () => {
    fc.assert(
      fc.property(depth, depth, off, share, share, fc.constantFrom(1, 100), (one, two, o, held, wanted, kappa) => {
        const [first, second] = [
          [one * (1 + o), one / 3],
          [two / 3, two],
        ] as const;
        const joined = first[1] + second[0];
        const whole = [(first[0] * second[0]) / joined, (first[1] * second[1]) / joined] as const;
        const inRow = solveProgram(
          Program.of(3, [pool([0, 2], first), pool([2, 1], second)]),
          goal(held, wanted, kappa, 1),
        );
        const atOnce = solveProgram(Program.of(2, [pool([0, 1], whole)]), goal(held, wanted, kappa, 0));
        expect(inRow.closed).toBe(true);
        expect(Math.abs(inRow.value - atOnce.value)).toBeLessThanOrEqual(3e-5);
      }),
      { numRuns: 100 },
    );
  });

  test('is neither owed nor kept while it is worth something, and its gap closes', () => {
    const edge = fc.record({ one: fc.nat(4), step: fc.integer({ min: 1, max: 4 }), depth, off });
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 10 }), share, share, (edges, held, wanted) => {
        const ways = [0, 1, 2, 3].map((token) => pool([token, token + 1], [2e5, 2e5], 0.003));
        const models = edges.map(({ one, step, depth: deep, off: o }) =>
          pool([one, (one + step) % 5], [deep * (1 + o), deep], 0.0005),
        );
        const three = goal(held, wanted, 10, 3);
        const { net, prices, closed } = solveProgram(Program.of(5, [...ways, ...models]), {
          ...three,
          prices: [1, 1, 1, 1, 1],
        });
        expect(closed).toBe(true);
        for (const token of [2, 3, 4]) {
          expect(net[token]).toBeGreaterThanOrEqual(0);
          expect((net[token] ?? NaN) * (prices[token] ?? NaN)).toBeLessThanOrEqual(1e-4);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('may start at any price', () => {
    const program = Program.of(3, [pool([0, 2], [1e6, 1e3], 0.003), pool([2, 1], [1e3, 1e6], 0.003)]);
    const from = (price: number) => solveProgram(program, { ...goal(0.7, 0.5, 10, 1), prices: [1, 1, price] });
    const right = from(1_000);
    for (const price of [1e-6, 1, 1e9]) expect(Math.abs(from(price).value - right.value)).toBeLessThanOrEqual(3e-5);
    expect(right.closed).toBe(true);
  });
});
