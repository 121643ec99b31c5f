// Taking what markets give away, tendering nothing in the end: every holding starts at its limit, and hardly any market of a sparse network
// trades, so limits bind and cease to bind, and rounding alone would overdraw.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Goal from './Goal.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const TOKENS = 12;
const VALUES = Array.from({ length: TOKENS }, (_, token) => 3 ** ((5 * token) % 7));
const valueOf = (token: number) => VALUES[token] ?? NaN;

const fee = fc.constantFrom(0.0005, 0.003, 0.01);
/** One pool of four is off by more than its fee. */
const off = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: -0.0004, max: 0.0004, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: -0.04, max: 0.04, noNaN: true }) },
);
const market: fc.Arbitrary<Program.Model> = fc
  .record({
    one: fc.integer({ min: 0, max: TOKENS - 1 }),
    apart: fc.integer({ min: 1, max: TOKENS - 1 }),
    depth: fc.double({ min: 4, max: 7, noNaN: true }),
    ranges: fc.boolean(),
    off,
    fee,
  })
  .map(({ one, apart, depth, ranges, off: share, fee: own }): Program.Model => {
    const other = (one + apart) % TOKENS;
    const value = 10 ** depth;
    const tokens = [one, other] as const;
    const root = Math.sqrt((valueOf(one) / valueOf(other)) * (1 + share));
    const liquidity = (10 * value) / Math.sqrt(valueOf(one) * valueOf(other));
    if (!ranges) {
      const reserves = [value / valueOf(one), (value / valueOf(other)) * (1 + share)] as const;
      return { kind: 'constant-product', tokens, reserves, fee: own };
    }
    const segments = [-2, -1, 0, 1].map((step) => ({
      low: root * (1 + 0.01 * step - 0.003),
      high: root * (1 + 0.01 * (step + 1) - 0.003),
      liquidity,
    }));
    return { kind: 'concentrated', tokens, sqrtPrice: root, segments, fee: own };
  });

const SEARCH = { gap: 1e-10, worth: 1e6, looks: 400 };

describe('arbitrage in a sparse network', () => {
  test('finds the most there is, gains at least nothing, and tenders nothing in the end', () => {
    fc.assert(
      fc.property(fc.array(market, { maxLength: 24, size: 'max' }), (models) => {
        const { gap, net, value } = solveProgram(Program.of(TOKENS, models), Goal.arbitrage(VALUES), SEARCH);
        expect(gap).toBeLessThanOrEqual(1e-9 * SEARCH.worth);
        expect(value).toBeGreaterThanOrEqual(0);
        for (const amount of net) expect(amount).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });
});
