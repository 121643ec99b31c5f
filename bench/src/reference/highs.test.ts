// Networks of order books are linear programmes: the same ones, solved by code that shares no line with ours (HiGHS).

import fc from 'fast-check';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { type Goal, type Ladder, MarketProgram, type Rung, solveProgram } from '@trimtab/core';

type Highs = { readonly solve: (problem: string) => { readonly Status: string; readonly ObjectiveValue: number } };
const load = createRequire(import.meta.url)('highs') as () => Promise<Highs>;
const highs = await load();

type Conversion = Extract<Goal, { readonly kind: 'convert' }>;
type Case = { readonly books: readonly Ladder[]; readonly goal: Conversion };

/** State a case in the words of a linear programme: every rung a variable {value}, every token a row. */
function problemOf({ books, goal: { holdings, values, prices = values } }: Case): string {
  const [gains, bounds]: [string[], string[]] = [[], []];
  const rows = holdings.map((): string[] => []);
  const term = (factor: number, name: string) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`;
  const add = (from: number, to: number, { rate, most }: Rung) => {
    const name = `x${gains.length}`;
    const pays = (rate * prices[to]!) / prices[from]!;
    rows[from]!.push(term(-1, name));
    rows[to]!.push(term(pays, name));
    gains.push(term((pays * values[to]!) / prices[to]! - values[from]! / prices[from]!, name));
    bounds.push(`0 <= ${name} <= ${most * prices[from]!}`);
  };
  for (const { tokens, falls, rises } of books) {
    for (const rung of falls) add(tokens[0], tokens[1], rung);
    for (const rung of rises) add(tokens[1], tokens[0], rung);
  }
  const limits = rows.flatMap((row, token) =>
    row.length > 0 ? [` t${token}: ${row.join('\n ')} >= ${-holdings[token]! * prices[token]!}`] : [],
  );
  return ['Maximize', ` gain: ${gains.join('\n ')}`, 'Subject To', ...limits, 'Bounds', ...bounds, 'End'].join('\n');
}

const count = (most: number) => fc.integer({ min: 1, max: most });
const rung = fc.record({ worse: count(40), size: count(99) });

/** Books between up to five tokens of prices far apart, some of them one-sided and some a thousand times as deep. */
const cases = (kind: 'sale' | 'liquidation'): fc.Arbitrary<Case> =>
  count(4)
    .map((more) => more + 1)
    .chain((tokens) =>
      fc.record({
        digits: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: tokens, maxLength: tokens }),
        held: fc.array(count(100), { minLength: tokens, maxLength: tokens }),
        books: fc.array(
          fc.record({
            one: count(tokens),
            step: count(tokens - 1),
            off: fc.integer({ min: -20, max: 20 }),
            depth: fc.integer({ min: 0, max: 3 }),
            falls: fc.array(rung, { minLength: 1, maxLength: 8 }),
            rises: fc.array(rung, { maxLength: 8 }),
          }),
          { minLength: 2, maxLength: 12 },
        ),
      }),
    )
    .map(({ digits, held, books }) => {
      const prices = digits.map((digit) => 10 ** digit);
      const last = prices.length - 1;
      const goal: Conversion = {
        kind: 'convert',
        holdings: held.map((part, token) => (kind === 'sale' && token > 0 ? 0 : (10 * part) / prices[token]!)),
        values: prices.map((price, token) => (token === last ? price : 0)),
        prices,
      };
      const laid = books.map(({ one, step, off, depth, falls, rises }): Ladder => {
        const [a, b] = [one - 1, (one - 1 + step) % prices.length];
        const middle = (prices[a]! / prices[b]!) * (1 + off / 1e4);
        const rungs = (of: typeof falls, rate: number, price: number) =>
          of.map(({ size }, index) => {
            const worse = of.slice(0, index + 1).reduce((all, one_) => all + one_.worse, 0);
            return { rate: rate * (1 - worse / 1e4), most: (size * 10 ** depth) / price };
          });
        return {
          kind: 'ladder',
          tokens: [a, b],
          falls: rungs(falls, middle, prices[a]!),
          rises: rungs(rises, 1 / middle, prices[b]!),
        };
      });
      return { books: laid, goal };
    });

describe.each(['sale', 'liquidation'] as const)('a %s through order books', (kind) => {
  test('brings what HiGHS finds, to 1e-9 of what is held where its gap is closed, with a bound that agrees', () => {
    fc.assert(
      fc.property(cases(kind), ({ books, goal }) => {
        const program = MarketProgram.of(goal.holdings.length, books);
        const ours = solveProgram(program, goal, { gap: 1e-10, looks: 800 });
        const theirs = highs.solve(problemOf({ books, goal }));
        expect(theirs.Status).toBe('Optimal');
        // What is held, or gained where that is more.
        const before = goal.holdings.reduce((all, amount, token) => all + amount * goal.prices![token]!, 0);
        const held = Math.max(before, theirs.ObjectiveValue);
        expect(Math.abs(ours.value - theirs.ObjectiveValue)).toBeLessThanOrEqual(
          (ours.closed ? 0 : ours.gap) + 1e-9 * held,
        );
        expect(ours.bound).toBeGreaterThanOrEqual(theirs.ObjectiveValue - 1e-9 * held);
        // Where nothing can be had, prices may still be on their way.
        const near = theirs.ObjectiveValue > 0 ? 1e-6 : Infinity;
        expect(ours.bound - theirs.ObjectiveValue).toBeLessThanOrEqual(near * held);
      }),
      { numRuns: 60 },
    );
  });
});
