// Laws of what a search does where Newton's method does not get on: slopes alone lead to the same flow, markets that run out of depth do not
// hold it up however strongly a goal wants more of them, and one price that falls far does not hold up the others.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crawl } from './crawl.ts';
import * as Curvature from './Curvature.ts';
import { begin, workspace } from './descend.ts';
import { frame as layOut } from './frame.ts';
import type * as Goal from './Goal.ts';
import * as Point from './Point.ts';
import * as Program from './Program.ts';
import * as Search from './Search.ts';
import { solveProgram } from './solveProgram.ts';

const TOKENS = 4;
const WORTH = 1e5;

const logarithmic = (from: number, to: number) =>
  fc.double({ min: Math.log(from), max: Math.log(to), noNaN: true }).map(Math.exp);
const off = fc.double({ min: -0.03, max: 0.03, noNaN: true });
const parts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: TOKENS, maxLength: TOKENS }).map((list) => {
  const total = list.reduce((sum, one) => sum + one, 0);
  return list.map((one) => one / total);
});

const basket = fc
  .record({ tokens: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 2 }), deep: logarithmic(1e4, 1e7), off })
  .map(({ tokens, deep, off: share }): Program.Model => ({
    kind: 'weighted',
    tokens,
    reserves: tokens.map((_, coin) => deep * (1 + share * coin)),
    weights: tokens.map(() => 1),
    fee: 0.003,
  }));
const ways: readonly Program.Model[] = [0, 1, 2].map((token) => ({
  kind: 'constant-product',
  tokens: [token, token + 1],
  reserves: [2e5, 2e5],
  fee: 0.003,
}));
const network = fc.array(basket, { maxLength: 6 }).map((models) => [...ways, ...models]);

const goal = (held: readonly number[], weights: readonly number[], kappa: number): Goal.Rebalance => ({
  kind: 'rebalance',
  holdings: held.map((share) => share * WORTH),
  prices: held.map(() => 1),
  weights,
  kappa,
});

describe('what slopes alone teach', () => {
  test('never leads up, and leads to a bound that meets what the best flow is worth', () => {
    fc.assert(
      fc.property(network, parts, parts, fc.constantFrom(1, 10, 100), (models, held, weights, kappa) => {
        const asked = goal(held, weights, kappa);
        const program = Program.of(TOKENS, models);
        const frame = layOut(asked, TOKENS);
        const space = workspace(program);
        let [here, there] = begin(space);
        Search.start(here, frame, undefined);
        Point.evaluate(here, program, frame, space.margin);
        const curvature = Curvature.of(here, frame);
        for (let looks = 0; looks < 600;) {
          const tried = crawl(curvature, here, there, frame, space, 600 - looks);
          if (!tried.fell) break;
          expect(Point.merit(there)).toBeLessThanOrEqual(Point.merit(here) + 1e-9);
          looks += tried.looks;
          [here, there] = [there, here];
        }
        const { value } = solveProgram(program, asked);
        expect(Point.bound(here)).toBeGreaterThanOrEqual(value - 1e-9 * WORTH);
        expect(Point.bound(here)).toBeLessThanOrEqual(value + 1e-7 * WORTH);
      }),
      { numRuns: 60 },
    );
  });

  test('of nothing more to be gained finds no way, in no look', () => {
    const program = Program.of(TOKENS, ways);
    const frame = layOut(goal([0.25, 0.25, 0.25, 0.25], [0.25, 0.25, 0.25, 0.25], 1), TOKENS);
    const space = workspace(program);
    const [here, there] = begin(space);
    Search.start(here, frame, undefined);
    Point.evaluate(here, program, frame, space.margin);
    expect(crawl(Curvature.of(here, frame), here, there, frame, space, 100)).toEqual({
      fell: false,
      looks: 0,
      rounds: 0,
    });
  });
});

describe('a search', () => {
  test('for more than pools hold closes its gap, however strongly more is wanted', () => {
    fc.assert(
      fc.property(logarithmic(10, 1e4), logarithmic(1e6, 1e8), (kappa, liquidity) => {
        const step = 1.001;
        const models = [0, 1].map((token): Program.Model => ({
          kind: 'concentrated',
          tokens: [token, 2],
          sqrtPrice: 1,
          segments: [{ low: 1 / step, high: step, liquidity }],
          fee: 0.0005,
        }));
        const asked: Goal.Rebalance = { ...goal([0.6, 0.3, 0.1], [0.2, 0.3, 0.5], kappa) };
        const { gap, net, bound } = solveProgram(Program.of(3, models), asked, { gap: 1e-10, looks: 200 });
        expect(gap).toBeLessThanOrEqual(1e-10 * Math.max(WORTH, Math.abs(bound)));
        // Both pools together hold no more of what is wanted in their ranges.
        expect(net[2]).toBeGreaterThan(0);
        expect(net[2]).toBeLessThanOrEqual(2 * liquidity * (1 - 1 / step));
      }),
      { numRuns: 60 },
    );
  });
});
