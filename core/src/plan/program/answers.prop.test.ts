// What every kind of market answers is its best: no other trade it would make gains more, whatever the prices.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Program from './Program.ts';

const TOKENS = 3;
const PRICES = [1, 2_000, 0.3];
const priceOf = (token: number) => PRICES[token] ?? NaN;
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

/** One market of each kind, of depths and fees of their own. */
const market: fc.Arbitrary<Program.Model> = fc
  .record({
    kind: fc.constantFrom('constant-product', 'weighted', 'bounded', 'basket', 'stable', 'concentrated', 'deposit'),
    value: fc.integer({ min: 5, max: 8 }).map((digits) => 10 ** digits),
    off: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
    fee: fc.constantFrom(0, 0.0005, 0.003, 0.01),
    shape: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ kind, value, off, fee, shape }): Program.Model => {
    const tokens = [2, 1] as const;
    const reserves = [(value / priceOf(2)) * (1 + off), value / priceOf(1)] as const;
    switch (kind) {
      case 'constant-product':
        return { kind, tokens, reserves, fee };
      case 'weighted':
        return { kind, tokens, reserves, weights: [1, shape], fee };
      case 'bounded':
        return { kind: 'weighted', tokens, reserves, weights: [1, shape], fee, most: 0.02 };
      case 'basket':
        return { kind: 'weighted', tokens: [2, 1, 0], reserves: [...reserves, value], weights: [1, 1, 1], fee };
      case 'stable':
        return { kind, tokens, reserves, rates: [priceOf(2), priceOf(1)], ann: 10 * shape ** 3, fee, feeIn: 'input' };
      case 'deposit': {
        const rate = (priceOf(2) / priceOf(1)) * (1 + off);
        const [supplied, most] = [value / priceOf(2), (shape * value) / 5 / priceOf(2)];
        return { kind, tokens, rate, supplied, earns: [-fee * shape ** 2, 2 * shape ** 2 * fee + 0.01], most };
      }
      default: {
        const sqrtPrice = Math.sqrt(priceOf(2) / priceOf(1));
        const liquidity = value / Math.sqrt(priceOf(2) * priceOf(1));
        const low = { low: 0.95 * sqrtPrice, high: (1 + off / 10) * sqrtPrice, liquidity: shape * liquidity };
        const high = { low: 1.02 * sqrtPrice, high: 1.05 * sqrtPrice, liquidity };
        return { kind: 'concentrated', tokens, sqrtPrice, segments: [low, high], fee };
      }
    }
  });

const near = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: TOKENS, maxLength: TOKENS });

/** What the last digit of the deepest pool is worth, times a hundred. */
const ROUNDING = 1e-6;

describe('an answer', () => {
  test('gains more at its own prices than any answer to other prices would, and never loses', () => {
    fc.assert(
      fc.property(market, near, near, (model, offOne, offOther) => {
        const program = Program.of(TOKENS, [model]);
        const [one, other] = [offOne, offOther].map((offs) =>
          Float64Array.from(offs, (share, token) => priceOf(token) * (1 + share)),
        );
        if (one === undefined || other === undefined) throw new Error('two lists of prices');
        const gain = (at: Float64Array) => {
          const answer = Program.answer(program);
          Program.respond(program, at, answer);
          const size = sum([...answer.flow].map((amount, token) => Math.abs(amount * (one[token] ?? NaN))));
          return { worth: sum([...answer.flow].map((amount, token) => amount * (one[token] ?? NaN))), size };
        };
        const [own, others] = [gain(one), gain(other)];
        expect(own.worth).toBeGreaterThanOrEqual(-1e-9 * own.size - ROUNDING);
        expect(own.worth).toBeGreaterThanOrEqual(others.worth - 1e-9 * (own.size + others.size) - ROUNDING);
      }),
      { numRuns: 400 },
    );
  });

  test('is the best still where less of a coin would be better, of a market whose trades end', () => {
    const signed = fc.tuple(...PRICES.map((price) => fc.double({ min: -price, max: price, noNaN: true })));
    const bounded = market.filter((model) => model.kind === 'concentrated' || 'most' in model);
    fc.assert(
      fc.property(bounded, signed, signed, (model, one, other) => {
        const program = Program.of(TOKENS, [model]);
        const [own, others] = [one, other].map((prices) => {
          const answer = Program.answer(program);
          Program.respond(program, Float64Array.from(prices), answer);
          return {
            worth: sum([...answer.flow].map((amount, token) => amount * (one[token] ?? NaN))),
            size: sum([...answer.flow].map((amount, token) => Math.abs(amount * (one[token] ?? NaN)))),
          };
        });
        if (own === undefined || others === undefined) throw new Error('two answers');
        expect(own.worth).toBeGreaterThanOrEqual(-1e-9 * own.size - ROUNDING);
        expect(own.worth).toBeGreaterThanOrEqual(others.worth - 1e-9 * (own.size + others.size) - ROUNDING);
      }),
      { numRuns: 400 },
    );
  });

  test('does not change when all prices double', () => {
    fc.assert(
      fc.property(market, near, (model, offs) => {
        const program = Program.of(TOKENS, [model]);
        const prices = Float64Array.from(offs, (share, token) => priceOf(token) * (1 + share));
        const [one, other] = [Program.answer(program), Program.answer(program)];
        Program.respond(program, prices, one);
        Program.respond(
          program,
          prices.map((price) => 2 * price),
          other,
        );
        expect([...other.flow]).toEqual([...one.flow]);
      }),
      { numRuns: 200 },
    );
  });
});
