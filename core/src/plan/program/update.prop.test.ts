// A market laid out anew in its place is as good as a program built anew.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Concentrated } from '../network/Concentrated.ts';
import { NetworkError } from '../network/index.ts';
import * as Program from './Program.ts';

const TOKENS = 3;
const ends = [0.9, 1, 1.05, 1.2];

/** A pool of ranges whose price stands on an end or between: a program has room for either. */
const ranges = fc
  .record({
    at: fc.oneof(fc.constantFrom(...ends), fc.double({ min: 0.9, max: 1.2, noNaN: true })),
    liquidity: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }),
    fee: fc.constantFrom(0.0005, 0.003),
  })
  .map(({ at, liquidity, fee }): Concentrated => {
    const segments = liquidity.map((depth, index) => ({
      low: ends[index] ?? NaN,
      high: ends[index + 1] ?? NaN,
      liquidity: 1e4 * depth,
    }));
    return { kind: 'concentrated', tokens: [2, 0], sqrtPrice: at, segments, fee };
  });

const amount = fc.double({ min: 1e3, max: 1e6, noNaN: true });
const models: fc.Arbitrary<readonly Program.Model[]> = fc
  .record({ amounts: fc.array(amount, { minLength: 3, maxLength: 3 }), ranges, fee: fc.constantFrom(0, 0.003) })
  .map(({ amounts: [a = 1, b = 1, c = 1], ranges: pool, fee }) => [
    { kind: 'weighted', tokens: [0, 1, 2], reserves: [a, b, c], weights: [1, 2, 1], fee },
    { kind: 'constant-product', tokens: [0, 1], reserves: [a, b], fee },
    { kind: 'weighted', tokens: [0, 2], reserves: [b, c], weights: [3, 1], fee },
    { kind: 'stable', tokens: [1, 2], reserves: [a, c], rates: [1, 1.02], ann: 200, fee, feeIn: 'output' },
    pool,
  ]);

const prices = fc
  .array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: TOKENS, maxLength: TOKENS })
  .map((list) => Float64Array.from(list));
const mask = fc.array(fc.constantFrom(0, 1), { minLength: 5, maxLength: 5 });

function respond(program: Program.Program, at: Float64Array) {
  const answer = Program.answer(program);
  Program.respond(program, at, answer);
  return answer;
}

describe('a program brought up to date', () => {
  test('answers as one built anew, and leaves markets at rest that rested', () => {
    fc.assert(
      fc.property(models, models, prices, mask, (before, now, at, marks) => {
        const [updated, built] = [Program.of(TOKENS, before), Program.of(TOKENS, now)];
        Program.allow(updated, marks);
        Program.allow(built, marks);
        for (const [market, model] of now.entries()) Program.update(updated, market, model);
        const [one, other] = [respond(updated, at), respond(built, at)];
        expect(one).toEqual(other);
        const all = marks.map(() => 1);
        Program.allow(updated, all);
        Program.allow(built, all);
        expect(respond(updated, at)).toEqual(respond(built, at));
      }),
      { numRuns: 200 },
    );
  });

  const pool: Program.Model = { kind: 'constant-product', tokens: [0, 1], reserves: [5, 5], fee: 0 };
  const wide: Concentrated = {
    kind: 'concentrated',
    tokens: [0, 1],
    sqrtPrice: 1,
    segments: [{ low: 0.9, high: 1.1, liquidity: 1 }],
    fee: 0,
  };
  const narrow = [
    { low: 0.9, high: 0.95, liquidity: 1 },
    { low: 0.95, high: 1.1, liquidity: 2 },
  ];
  const cases: readonly (readonly [string, number, Program.Model, string])[] = [
    ['a market that is not', 2, pool, 'markets[2]: no such market'],
    ['other tokens', 0, { ...pool, tokens: [1, 0] }, 'markets[0]: a market of another layout'],
    ['another kind', 0, { ...wide, tokens: [0, 1] }, 'markets[0]: a market of another layout'],
    ['more ranges', 1, { ...wide, segments: narrow }, 'markets[1]: a market of another layout'],
    ['no liquidity', 0, { ...pool, reserves: [0, 1] }, 'markets[0].reserves[0]: 0'],
  ];
  test.each(cases)('refuses %s, and stays as it was', (_, market, model, named) => {
    const [program, fresh] = [Program.of(TOKENS, [pool, wide]), Program.of(TOKENS, [pool, wide])];
    expect(() => Program.update(program, market, model)).toThrow(NetworkError);
    expect(() => Program.update(program, market, model)).toThrow(named);
    expect(program).toEqual(fresh);
  });
});
