// Laws of stable pools of many coins: of two, they answer as pools of two do; their trades stay on the curve, and no other gains more.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Baskets from './Baskets.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';
import * as StableBaskets from './StableBaskets.ts';
import type { Stable } from './StablePairs.ts';

const pool = (size: number): fc.Arbitrary<Stable> =>
  fc
    .record({
      skew: fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: size, maxLength: size }),
      rates: fc.array(fc.constantFrom(1, 1.02, 1e-6, 300), { minLength: size, maxLength: size }),
      ann: fc.constantFrom(2, 30, 400, 4_000),
      fee: fc.constantFrom(0, 0.0001, 0.0004, 0.01),
      feeIn: fc.constantFrom('input' as const, 'output' as const),
    })
    .map(({ skew, rates, ...rest }) => ({
      kind: 'stable',
      tokens: skew.map((_, token) => token),
      reserves: skew.map((one, coin) => (1e6 * Math.exp(one)) / (rates[coin] ?? NaN)),
      rates,
      ...rest,
    }));

/** Prices a few hundredths, or thousandths, from what coins count for. */
const prices = ({ rates }: Stable) =>
  fc
    .record({
      offs: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: rates.length, maxLength: rates.length }),
      wide: fc.constantFrom(0.2, 0.02, 0.001),
    })
    .map(({ offs, wide }) => Float64Array.from(rates, (rate, coin) => rate * (1 + wide * (offs[coin] ?? NaN))));

const asked = (size: number) => pool(size).chain((one) => fc.record({ model: fc.constant(one), at: prices(one) }));

function answerOf(models: readonly Program.Model[], at: Float64Array): Program.Answer {
  const program = Program.of(at.length, models);
  const into = Program.answer(program);
  Program.respond(program, at, into);
  return into;
}

/** What the invariant's equation is off by {1}, once a trade is made: below zero the pool would have lost. */
function offBy({ reserves, rates, ann, fee, feeIn }: Stable, coins: Float64Array, unit: number): number {
  const ends = reserves.map((reserve, coin) => {
    const got = coins[coin] ?? NaN;
    const moved = feeIn === 'input' ? (got < 0 ? got * (1 - fee) : got) : got > 0 ? got / (1 - fee) : got;
    return ((reserve - moved) * (rates[coin] ?? NaN)) / unit;
  });
  const product = ends.reduce((so, end) => so * end * ends.length, 1);
  return ends.reduce((sum, end) => sum + end, 0) - 1 + 1 / ann - 1 / (product * ann);
}

/** Find D by bisection: the equation above rises with the balances, and so falls with the unit they are counted in. */
function unitOf(model: Stable): number {
  const still = new Float64Array(model.reserves.length);
  let [low, high] = [0, 1e12];
  for (let round = 0; round < 200; round++) {
    const middle = low === 0 ? high / 2 : (low + high) / 2;
    if (offBy(model, still, middle) > 0) low = middle;
    else high = middle;
  }
  return low;
}

describe('a stable pool of many coins', () => {
  test('answers as a pool of two does where it has two', () => {
    fc.assert(
      fc.property(asked(2), ({ model, at }) => {
        const baskets = Baskets.of([], [model]);
        const stables = StableBaskets.of([model], baskets, 0);
        const into = { coins: new Float64Array(2), turns: new Float64Array(1) };
        StableBaskets.respond(stables, baskets, at, into);
        const pair = answerOf([model], at);
        const worth = 1e6 * 1e-9;
        expect(Math.abs((into.coins[0] ?? NaN) - (pair.gotOne[0] ?? NaN)) * (at[0] ?? NaN)).toBeLessThanOrEqual(worth);
        expect(Math.abs((into.coins[1] ?? NaN) - (pair.gotOther[0] ?? NaN)) * (at[1] ?? NaN)).toBeLessThanOrEqual(
          worth,
        );
        const turn = pair.turn[0] ?? NaN;
        // Without a fee and at its very price, a pool may as well trade nothing as the last digit.
        if (turn === 0 || into.turns[0] === 0) return;
        expect(Math.abs((into.turns[0] ?? NaN) - turn)).toBeLessThanOrEqual(1e-6 * turn);
      }),
      { numRuns: 300 },
    );
  });

  test('ends on its curve', () => {
    fc.assert(
      fc.property(fc.oneof(asked(3), asked(5)), ({ model, at }) => {
        const { coins } = answerOf([model], at);
        expect(Math.abs(offBy(model, coins, unitOf(model)))).toBeLessThanOrEqual(1e-13);
      }),
      { numRuns: 300 },
    );
  });

  test('gains more at its own prices than any answer to other prices would', () => {
    const both = fc
      .oneof(pool(3), pool(4))
      .chain((model) => fc.record({ model: fc.constant(model), at: prices(model), other: prices(model) }));
    fc.assert(
      fc.property(both, ({ model, at, other }) => {
        const worth = (coins: Float64Array) => coins.reduce((sum, got, coin) => sum + got * (at[coin] ?? NaN), 0);
        const own = worth(answerOf([model], at).coins);
        expect(own).toBeGreaterThanOrEqual(worth(answerOf([model], other).coins) - 1e-6);
        expect(own).toBeGreaterThanOrEqual(-1e-6);
      }),
      { numRuns: 300 },
    );
  });

  test('turns as a small change of a price shows', () => {
    fc.assert(
      fc.property(asked(3), fc.nat(2), ({ model, at }, moving) => {
        const step = 1e-6;
        const shift = (by: number) => at.map((price, coin) => (coin === moving ? price * (1 + by) : price));
        const [below, here, above] = [
          answerOf([model], shift(-step)),
          answerOf([model], at),
          answerOf([model], shift(step)),
        ];
        fc.pre(here.coins.some((got) => got !== 0));
        const links = [
          [0, 1],
          [0, 2],
          [1, 2],
        ];
        for (const [link, [one = 0, other = 0]] of links.entries()) {
          if (one !== moving && other !== moving) continue;
          const still = one === moving ? other : one;
          const slope = (from: Program.Answer, to: Program.Answer) =>
            (-((to.coins[still] ?? NaN) - (from.coins[still] ?? NaN)) * (at[still] ?? NaN)) / step;
          const [left, right] = [slope(below, here), slope(here, above)];
          // Not where a coin begins to trade on the way, nor where two coins move together.
          if (Math.abs(left - right) > 1e-3 * Math.abs(left) || left < 0) continue;
          expect(Math.abs((here.turns[link] ?? NaN) - left)).toBeLessThanOrEqual(2e-3 * Math.abs(left) + 1e-3);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('closes the gap of a rebalance', () => {
    const held = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 });
    const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
    fc.assert(
      fc.property(pool(3), held, fc.constantFrom(1, 100), ({ ...model }, parts, kappa) => {
        fc.pre(sum(parts) > 0);
        const worths = [...model.rates, 7];
        const way = (one: number, other: number, value: number): Program.Model => ({
          kind: 'constant-product',
          tokens: [one, other],
          reserves: [value / (worths[one] ?? NaN), (1.01 * value) / (worths[other] ?? NaN)],
          fee: 0.003,
        });
        const models = [model, way(0, 3, 3e6), way(1, 3, 1e6), way(2, 3, 1e5)];
        const { closed } = solveProgram(
          Program.of(4, models),
          {
            kind: 'rebalance',
            holdings: parts.map((part, token) => (1e5 * part) / sum(parts) / (worths[token] ?? NaN)),
            prices: worths,
            weights: [0.25, 0.25, 0.25, 0.25],
            kappa,
          },
          { gap: 1e-9, looks: 400 },
        );
        expect(closed).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
