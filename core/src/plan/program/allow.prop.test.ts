// Markets that rest are as good as gone, and come back as they were.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sum } from '../../forecast/Numbers.ts';
import { NetworkError } from '../network/index.ts';
import * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const TOKENS = 3;
const segments = [
  { low: 0.9, high: 1, liquidity: 3e4 },
  { low: 1, high: 1.1, liquidity: 5e4 },
];

/** One market of every kind and, for some, another that agrees less with its fellows. */
const MODELS: readonly Program.Model[] = [
  { kind: 'constant-product', tokens: [0, 1], reserves: [1e4, 1.1e4], fee: 0.003 },
  { kind: 'constant-product', tokens: [1, 2], reserves: [2e4, 2.2e4], fee: 0.003 },
  { kind: 'weighted', tokens: [0, 2], reserves: [3e4, 1e4], weights: [3, 1], fee: 0.001 },
  { kind: 'weighted', tokens: [0, 1, 2], reserves: [1e4, 1.2e4, 1e4], weights: [1, 1, 1], fee: 0.001 },
  {
    kind: 'stable',
    tokens: [1, 2],
    reserves: [1e4, 3e4],
    rates: [1, 1.02],
    ann: 200,
    fee: 0.0004,
    feeIn: 'output',
  },
  { kind: 'concentrated', tokens: [2, 0], sqrtPrice: 1.02, segments, fee: 0.0005 },
  { kind: 'concentrated', tokens: [0, 1], sqrtPrice: 0.97, segments, fee: 0.003 },
];

const REBALANCE: Goal.Rebalance = {
  kind: 'rebalance',
  holdings: [3e3, 1e3, 2e3],
  prices: [1, 1, 1],
  weights: [0.2, 0.5, 0.3],
  kappa: 10,
};
const GOALS = [REBALANCE, Goal.arbitrage([1, 1, 1])];
const SEARCH = { gap: 1e-10, looks: 200 };

const mask = fc.array(fc.constantFrom(0, 1), { minLength: MODELS.length, maxLength: MODELS.length });
/** Prices at which some ranges would give a token away to be rid of it among them. */
const prices = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: TOKENS, maxLength: TOKENS });

describe('markets that rest', () => {
  test('leave what a program of the others answers, to the last digit', () => {
    fc.assert(
      fc.property(mask, prices, (marks, at) => {
        const [whole, some] = [Program.of(TOKENS, MODELS), Program.of(TOKENS, among(MODELS, marks))];
        Program.allow(whole, marks);
        const [one, other] = [Program.answer(whole), Program.answer(some)];
        Program.respond(whole, Float64Array.from(at), one);
        Program.respond(some, Float64Array.from(at), other);
        expect([...one.flow]).toEqual([...other.flow]);
        expect([...whole.unbounded]).toEqual([...some.unbounded]);
        const resting = marks.flatMap((mark, market) => (mark === 0 ? Program.trade(whole, one, market) : []));
        expect(resting.every((amount) => amount === 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('leave what a search finds among the others', () => {
    fc.assert(
      fc.property(mask, fc.constantFrom(...GOALS), (marks, goal) => {
        const [whole, some] = [Program.of(TOKENS, MODELS), Program.of(TOKENS, among(MODELS, marks))];
        Program.allow(whole, marks);
        const [one, other] = [solveProgram(whole, goal, SEARCH), solveProgram(some, goal, SEARCH)];
        // Steps are found in an order that the markets suggest, so the last digits may differ.
        expect(Math.abs(one.value - other.value)).toBeLessThanOrEqual(1e-9 * Math.abs(other.value));
        for (const [token, amount] of one.net.entries()) {
          expect(Math.abs(amount - (other.net[token] ?? NaN))).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(amount)));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('come back as they were', () => {
    fc.assert(
      fc.property(mask, (marks) => {
        const [rested, fresh] = [Program.of(TOKENS, MODELS), Program.of(TOKENS, MODELS)];
        Program.allow(rested, marks);
        Program.allow(
          rested,
          MODELS.map(() => 1),
        );
        expect(rested).toEqual(fresh);
      }),
      { numRuns: 50 },
    );
  });

  test('rest at prices below zero, at which ranges would be rid of a token', () => {
    const program = Program.of(TOKENS, MODELS.slice(-2));
    const answer = Program.answer(program);
    const tradedAt = (at: readonly number[], marks: readonly number[]) => {
      Program.allow(program, marks);
      Program.respond(program, Float64Array.from(at), answer);
      return sum([...answer.gotOne, ...answer.gotOther].map(Math.abs));
    };
    for (const at of [
      [-1, -1, -1],
      [1, -1, -1],
      [-1, 1, 1],
    ]) {
      expect(tradedAt(at, [1, 1])).toBeGreaterThan(0);
      expect(tradedAt(at, [0, 0])).toBe(0);
    }
  });

  test('are named one by one', () => {
    expect(() => Program.allow(Program.of(TOKENS, MODELS), [1])).toThrow(NetworkError);
  });
});

function among(models: readonly Program.Model[], marks: readonly number[]): readonly Program.Model[] {
  return models.filter((_, market) => marks[market] === 1);
}
