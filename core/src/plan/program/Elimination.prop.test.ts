// An elimination solves the equations it is given, whatever the network, and takes little where the network is sparse.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Elimination from './Elimination.ts';
import * as Program from './Program.ts';

const TOKENS = 7;

const market: fc.Arbitrary<Program.Model> = fc
  .shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 2, maxLength: 4 })
  .map((tokens) => ({
    kind: 'weighted',
    tokens,
    reserves: tokens.map(() => 1),
    weights: tokens.map(() => 1),
    fee: 0,
  }));

const numbers = (length: number) =>
  fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: length, maxLength: length });

function make(models: readonly Program.Model[], tokens = TOKENS): Elimination.Elimination {
  const found = Elimination.of(Program.of(tokens, models), Infinity);
  if (found === undefined) throw new Error('an order was to be found, however long it takes');
  return found;
}

/** Lay out springs of these strengths, and something of each token's own, and list the matrix token by token. */
function lay(elimination: Elimination.Elimination, program: Program.Program, pulls: readonly number[], own: number) {
  const full = Array.from({ length: program.tokens }, () => new Float64Array(program.tokens));
  const put = (row: number, column: number, amount: number) => {
    const list = full[row] ?? new Float64Array(0);
    list[column] = (list[column] ?? NaN) + amount;
  };
  elimination.matrix.fill(0);
  const ones = [...program.pairs.one, ...program.baskets.one];
  const others = [...program.pairs.other, ...program.baskets.other];
  for (const [spring, one] of ones.entries()) {
    const [other, pull, slot] = [others[spring] ?? NaN, pulls[spring] ?? 0, elimination.slots[spring] ?? NaN];
    elimination.matrix[slot] = (elimination.matrix[slot] ?? NaN) - pull;
    for (const [row, column] of [
      [one, other],
      [other, one],
    ] as const) {
      put(row, column, -pull);
      put(row, row, pull);
    }
  }
  for (let token = 0; token < program.tokens; token++) put(token, token, own);
  for (const [place, token] of elimination.order.entries()) elimination.diagonal[place] = full[token]?.[token] ?? NaN;
  return full;
}

describe('an elimination', () => {
  test('solves the equations of springs, those that are slack among them', () => {
    fc.assert(
      fc.property(fc.array(market, { maxLength: 12 }), numbers(80), numbers(TOKENS), (models, pulls, right) => {
        const program = Program.of(TOKENS, models);
        const elimination = make(models);
        const springs = pulls.map((pull, index) => (index % 3 === 0 ? 0 : pull));
        const full = lay(elimination, program, springs, 1e3);
        const x = Float64Array.from(right);
        Elimination.factorise(elimination);
        Elimination.solve(elimination, x);
        for (const [token, row] of full.entries()) {
          const left = row.reduce((sum, entry, column) => sum + entry * (x[column] ?? NaN), 0);
          expect(Math.abs(left - (right[token] ?? NaN))).toBeLessThanOrEqual(1e-6 * Math.max(1, ...right));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('leaves alone what nothing holds', () => {
    const elimination = make([{ kind: 'constant-product', tokens: [0, 1], reserves: [1, 1], fee: 0 }], 2);
    elimination.matrix.fill(-4);
    elimination.diagonal.fill(4);
    const x = Float64Array.of(8, -8);
    Elimination.factorise(elimination);
    Elimination.solve(elimination, x);
    // One of two tokens that only hang together keeps its price, and the other gives way.
    expect([...x].map((move) => Math.abs(move)).toSorted((a, b) => a - b)).toEqual([0, 2]);
  });

  test('takes no more products than a chain of tokens is long, and is given up beyond what is allowed', () => {
    const chain = Array.from({ length: 50 }, (_, token): Program.Model => ({
      kind: 'constant-product',
      tokens: [(7 * token) % 51, (7 * token + 7) % 51],
      reserves: [1, 1],
      fee: 0,
    }));
    const program = Program.of(51, chain);
    const { work = NaN } = Elimination.of(program, Infinity) ?? {};
    expect(work).toBeLessThanOrEqual(2 * 50);
    expect(Elimination.of(program, 50)).toBe(undefined);
  });
});
