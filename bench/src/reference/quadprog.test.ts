// The same programmes, solved by code that shares no line with ours: npm's port of Turlach's quadprog.

import fc from 'fast-check';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { Frontier, Program, type Row } from '@trimtab/core';

/** quadprog counts from one: place zero of every list is unused. Equalities come first, `equalities` of them. */
type SolveQP = (
  curvature: readonly (readonly number[])[],
  gain: readonly number[],
  columns: readonly (readonly number[])[],
  bounds: readonly number[],
  equalities: number,
) => { readonly solution: readonly number[]; readonly message: string };
const require = createRequire(import.meta.url);
const { solveQP } = require('quadprog') as { readonly solveQP: SolveQP };

const fromOne = <Value>(values: readonly Value[]): readonly Value[] => [values[0]!, ...values];

/** Solve by quadprog; undefined where it finds the rows inconsistent. */
function solveElsewhere({ curvature, slope, rows }: Program.Program): readonly number[] | undefined {
  const sorted = rows.toSorted((one, other) => Number(other.kind === 'equal') - Number(one.kind === 'equal'));
  const columns = slope.map((_, i) => fromOne(sorted.map(({ normal }) => normal[i]!)));
  const found = solveQP(
    fromOne(curvature.map(fromOne)),
    fromOne(slope.map((value) => -value)),
    fromOne(columns),
    fromOne(sorted.map(({ bound }) => bound)),
    sorted.filter(({ kind }) => kind === 'equal').length,
  );
  return found.message === '' ? found.solution.slice(1) : undefined;
}

// Whole thousandths: quadprog answers NaN where an entry is as small as 1e-200.
const unit = fc.integer({ min: -1_000, max: 1_000 }).map((value) => value / 1_000);
const share = fc.integer({ min: 0, max: 1_000 }).map((value) => value / 1_000);
const list = (length: number, of = unit) => fc.array(of, { minLength: length, maxLength: length });

/** Long-only programmes of up to twelve assets with caps and two groups, many of them impossible. */
const programmes = (largest: number) =>
  fc.integer({ min: 1, max: largest }).chain((count) =>
    fc
      .record({
        loadings: fc.array(list(4), { minLength: count, maxLength: count }),
        slope: list(count),
        caps: list(count, share),
        least: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
        most: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
        bounds: fc.tuple(share, share),
      })
      .map(({ loadings, slope, caps, least, most, bounds: [one, other] }): Program.Program => {
        // Off the grid, so that nothing is possible by a hair: what a hair is, the two see differently.
        const [low, high] = [0.000_31 + 0.991 * one, 0.000_17 + 0.997 * other];
        const curvature = loadings.map((one, i) =>
          loadings.map((other, j) => one.reduce((sum, value, k) => sum + value * other[k]!, i === j ? 0.05 : 0)),
        );
        const cap = (bound: number, own: number): Row => {
          const normal = slope.map((_, index) => (index === own ? -1 : 0));
          return { kind: 'least', normal, bound: -bound, name: `cap ${own}` };
        };
        const rows: Row[] = [
          ...Frontier.longOnly(count),
          ...caps.map((own, index) => cap(0.498 + 0.497 * own, index)),
          ...(least.includes(true)
            ? [{ kind: 'least' as const, normal: least.map(Number), bound: low, name: 'least' }]
            : []),
          ...(most.includes(true)
            ? [{ kind: 'least' as const, normal: most.map((is) => (is ? -1 : 0)), bound: -high, name: 'most' }]
            : []),
        ];
        return { curvature, slope, rows };
      }),
  );

describe('quadratic programmes', () => {
  test('come to the same answer as quadprog, and are impossible for both', () => {
    fc.assert(
      fc.property(programmes(12), (program) => {
        const [ours, theirs] = [Program.solve(program), solveElsewhere(program)];
        expect(ours.kind).toBe(theirs === undefined ? 'clash' : 'solved');
        const gaps = ours.kind === 'solved' ? ours.point.map((value, i) => Math.abs(value - theirs![i]!)) : [];
        expect(Math.max(0, ...gaps)).toBeLessThan(1e-8);
      }),
      { numRuns: 1_500 },
    );
  });

  test('with costs and a cap on trading come to the best of what quadprog finds for every choice of what to buy', () => {
    fc.assert(
      fc.property(programmes(4), fc.double({ min: 0, max: 0.3, noNaN: true }), share, (program, cost, most) => {
        const from = program.slope.map(() => 1 / program.slope.length);
        const trade = { from, cost, most: 0.020_13 + most };
        const ours = Program.solve({ ...program, trade });
        const theirs = choices(program, trade)
          .map(solveElsewhere)
          .filter((point) => point !== undefined);
        expect(ours.kind).toBe(theirs.length === 0 ? 'clash' : 'solved');
        const least = Math.min(...theirs.map((point) => price(program, trade, point)));
        const own = ours.kind === 'solved' ? price(program, trade, ours.point) : least;
        expect(theirs.length === 0 ? 0 : Math.abs(own - least)).toBeLessThan(1e-9);
      }),
      { numRuns: 1_500 },
    );
  });
});

/** Write, for every choice of which assets may only be bought and which only be sold, the programme in which costs are linear. */
function choices(
  { curvature, slope, rows }: Program.Program,
  { from, cost, most }: Required<Program.Trade>,
): readonly Program.Program[] {
  return Array.from({ length: 2 ** slope.length }, (_, choice) => {
    const sign = (index: number) => ((choice >> index) % 2 === 1 ? 1 : -1);
    const oneWay = from.map((value, own): Row => {
      const normal = slope.map((__, index) => (index === own ? sign(own) : 0));
      return { kind: 'least', normal, bound: sign(own) * value, name: '' };
    });
    const sold = slope.map((__, index) => (sign(index) < 0 ? 1 : 0));
    const held = from.reduce((sum, value, index) => sum + value * sold[index]!, 0);
    const turnover: Row = { kind: 'least', normal: sold, bound: held - most, name: '' };
    return {
      curvature,
      slope: slope.map((value, index) => value + sign(index) * cost),
      rows: [...rows, ...oneWay, ...(sold.includes(1) ? [turnover] : [])],
    };
  });
}

function price({ curvature, slope }: Program.Program, { from, cost }: Program.Trade, point: readonly number[]): number {
  return point.reduce((sum, own, i) => {
    const risk = (own * point.reduce((all, other, j) => all + curvature[i]![j]! * other, 0)) / 2;
    return sum + risk + slope[i]! * own + cost * Math.abs(own - from[i]!);
  }, 0);
}
