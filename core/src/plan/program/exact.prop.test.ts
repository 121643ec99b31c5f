// Laws of exact targets: they are reached, at a cost that no flow undercuts, or refused by the name of what stands in the way.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetworkError } from '../network/index.ts';
import type * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const PRICES = [1, 2_000, 0.3, 40];
const WORTH = 1e5;
const SEARCH = { gap: 1e-10, looks: 400 };

const pool = (one: number, other: number, value: number, fee = 0.003): Program.Model => ({
  kind: 'constant-product',
  tokens: [one, other],
  reserves: [value / (PRICES[one] ?? NaN), value / (PRICES[other] ?? NaN)],
  fee,
});

const edge = fc.record({
  one: fc.nat(3),
  step: fc.integer({ min: 1, max: 3 }),
  depth: fc.double({ min: 4, max: 7, noNaN: true }),
  fee: fc.constantFrom(0, 0.0005, 0.003, 0.01),
});
const network = fc
  .array(edge, { maxLength: 8 })
  .map((edges) => [
    ...[0, 1, 2].map((token) => pool(token, token + 1, 2e5)),
    ...edges.map(({ one, step, depth, fee }) => pool(one, (one + step) % 4, 10 ** depth, fee)),
  ]);
const part = fc.integer({ min: 0, max: 100 });
const parts = fc.array(part, { minLength: 4, maxLength: 4 }).filter((list) => list.some((one) => one > 0));

const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
const shares = (list: readonly number[]) => list.map((one) => one / sum(list));
const target = (held: readonly number[], wanted: readonly number[]): Goal.Exact => ({
  kind: 'exact',
  holdings: shares(held).map((share, token) => (share * WORTH) / (PRICES[token] ?? NaN)),
  prices: PRICES,
  weights: shares(wanted),
});

function after({ holdings }: Goal.Exact, net: Float64Array): readonly number[] {
  return holdings.map((amount, token) => (amount + (net[token] ?? NaN)) * (PRICES[token] ?? NaN));
}

describe('an exact target', () => {
  test('is reached to 1e-10 of what is held, overdraws nothing and closes its gap', () => {
    fc.assert(
      fc.property(network, parts, parts, (models, held, wanted) => {
        const goal = target(held, wanted);
        const { net, value, bound, closed } = solveProgram(Program.of(4, models), goal, SEARCH);
        expect(closed).toBe(true);
        const ends = after(goal, net);
        for (const [token, amount] of ends.entries()) {
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(Math.abs(amount - (goal.weights[token] ?? NaN) * sum(ends))).toBeLessThanOrEqual(1.1e-10 * WORTH);
        }
        expect(Math.abs(sum(ends) - value)).toBeLessThanOrEqual(1e-9 * WORTH);
        expect(bound).toBeGreaterThanOrEqual(value - 1e-9 * WORTH);
      }),
      { numRuns: 150 },
    );
  });

  test('costs at least what any rebalance does, and what one does to which deviations are all but forbidden', () => {
    fc.assert(
      fc.property(network, parts, parts, fc.constantFrom(1, 100), (models, held, wanted, kappa) => {
        const goal = target(held, wanted);
        const program = Program.of(4, models);
        const exact = solveProgram(program, goal, SEARCH).value;
        expect(exact).toBeLessThanOrEqual(
          solveProgram(program, { ...goal, kind: 'rebalance', kappa }, SEARCH).bound + 1e-9 * WORTH,
        );
        const strict = solveProgram(program, { ...goal, kind: 'rebalance', kappa: 1e6 }, SEARCH);
        expect(strict.value - exact).toBeLessThanOrEqual(1e-5 * WORTH);
      }),
      { numRuns: 100 },
    );
  });

  test('of two tokens and one pool is where bisection finds it', () => {
    fc.assert(
      fc.property(
        part,
        fc.integer({ min: 1, max: 99 }),
        fc.double({ min: 4, max: 7, noNaN: true }),
        (held, wanted, digits) => {
          const goal = { ...target([held, 100 - held], [wanted, 100 - wanted]), prices: [1, 1] };
          const holdings = [held * 1e3, (100 - held) * 1e3];
          const depth = 10 ** digits;
          const model: Program.Model = {
            kind: 'constant-product',
            tokens: [0, 1],
            reserves: [depth, depth],
            fee: 0.003,
          };
          const { net } = solveProgram(Program.of(2, [model]), { ...goal, holdings }, SEARCH);
          const gives = held > wanted ? 0 : 1;
          const weight = gives === 0 ? wanted / 100 : 1 - wanted / 100;
          let [low, high] = [0, holdings[gives] ?? NaN];
          for (let round = 0; round < 100; round++) {
            const sold = (low + high) / 2;
            const bought = (depth * 0.997 * sold) / (depth + 0.997 * sold);
            const left = (holdings[gives] ?? NaN) - sold;
            if (left > weight * (WORTH - sold + bought)) low = sold;
            else high = sold;
          }
          expect(Math.abs(-(net[gives] ?? NaN) - low)).toBeLessThanOrEqual(1e-8 * WORTH);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('that is met already asks for nothing', () => {
    const goal = target([1, 2, 3, 4], [1, 2, 3, 4]);
    const { net, value, gap } = solveProgram(Program.of(4, [pool(0, 1, 1e6), pool(1, 2, 1e6), pool(2, 3, 1e6)]), goal);
    expect([...net]).toEqual([0, 0, 0, 0]);
    expect(Math.abs(value - WORTH)).toBeLessThanOrEqual(1e-9);
    expect(gap).toBeLessThanOrEqual(1e-5);
  });
});

describe('an exact target is refused', () => {
  const joined = [pool(0, 1, 1e6), pool(1, 2, 1e6), pool(2, 3, 1e6)];
  const narrow: Program.Model = {
    kind: 'concentrated',
    tokens: [0, 3],
    sqrtPrice: Math.sqrt(1 / 40),
    segments: [{ low: 0.99 * Math.sqrt(1 / 40), high: 1.01 * Math.sqrt(1 / 40), liquidity: 1e3 }],
    fee: 0.003,
  };
  const goal = target([4, 3, 2, 1], [1, 2, 3, 4]);
  const cases: readonly (readonly [string, readonly Program.Model[], Goal.Exact, string])[] = [
    ['where no market trades a token that must change', joined.slice(0, 2), goal, 'weights[3]: a share of 0.1 held'],
    ['where there are no markets', [], goal, 'weights[1]'],
    [
      'where all that markets hold is too little',
      [...joined.slice(0, 2), narrow],
      goal,
      'weights[3]: a target that no',
    ],
    [
      'where a limit is above what can be had',
      joined,
      { ...goal, least: [39_000, 0, 0, 0] },
      'least[0]: more than its place',
    ],
    [
      'where a token is wanted not at all and must stay',
      joined,
      { ...target([4, 3, 2, 1], [0, 2, 3, 4]), least: [1, 0, 0, 0] },
      'least[0]: more than zero',
    ],
  ];
  test.each(cases)('%s', (_, models, asked, named) => {
    expect(() => solveProgram(Program.of(4, models), asked)).toThrow(NetworkError);
    expect(() => solveProgram(Program.of(4, models), asked)).toThrow(named);
  });

  test('where looks run out before it is reached', () => {
    const program = Program.of(4, joined);
    expect(() => solveProgram(program, goal, { gap: 1e-10, looks: 2 })).toThrow('after 2 looks');
  });
});
