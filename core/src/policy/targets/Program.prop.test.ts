// A minimum is known by its conditions: gradient and multipliers balance, no allowed step improves on it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, ForecastError } from '../../forecast/Numbers.ts';
import * as Program from './Program.ts';
import { project, type Row } from './project.ts';

const unit = fc.double({ min: -1, max: 1, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const list = (length: number, of = unit) => fc.array(of, { minLength: length, maxLength: length });

/** Long-only programmes with caps and a group, some of them impossible. */
const programmes = fc.integer({ min: 2, max: 7 }).chain((count) =>
  fc
    .record({
      loadings: fc.array(list(count + 1), { minLength: count, maxLength: count }),
      slope: list(count),
      caps: list(count, share),
      group: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
      floor: share,
    })
    .map(({ loadings, slope, caps, group, floor }): Program.Program => {
      const curvature = loadings.map((one, i) =>
        loadings.map((other, j) => one.reduce((sum, value, k) => sum + value * at(other, k), i === j ? 0.1 : 0)),
      );
      const axis = (own: number, sign: number) => slope.map((_, index) => (index === own ? sign : 0));
      const rows: Row[] = [
        { kind: 'equal', normal: slope.map(() => 1), bound: 1, name: 'whole' },
        ...slope.map((_, own): Row => ({ kind: 'least', normal: axis(own, 1), bound: 0, name: `floor ${own}` })),
        ...caps.map((cap, own): Row => ({ kind: 'least', normal: axis(own, -1), bound: -cap, name: `cap ${own}` })),
        { kind: 'least', normal: group.map(Number), bound: group.some(Boolean) ? floor : 0, name: 'group' },
      ];
      return { curvature, slope, rows };
    }),
);

const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, index) => sum + value * at(other, index), 0);
const keeps = (point: readonly number[], rows: readonly Row[], slack: number) =>
  rows.every(({ kind, normal, bound }) => {
    const value = dot(normal, point);
    return kind === 'equal' ? Math.abs(value - bound) <= slack : value >= bound - slack;
  });

describe('a solved programme', () => {
  test('keeps to every row, and its gradient is what the rows that bind push back with', () => {
    fc.assert(
      fc.property(programmes, (program) => {
        const solution = Program.solve(program);
        fc.pre(solution.kind === 'solved');
        const { point, multipliers } = solution;
        expect(keeps(point, program.rows, 1e-9)).toBe(true);
        const gradient = program.curvature.map((row, i) => dot(row, point) + at(program.slope, i));
        const push = gradient.map((_, i) =>
          dot(
            multipliers,
            program.rows.map(({ normal }) => at(normal, i)),
          ),
        );
        expect(Math.max(...gradient.map((value, i) => Math.abs(value - at(push, i))))).toBeLessThan(1e-8);
        const slack = program.rows.map(({ normal, bound }, i) => at(multipliers, i) * (dot(normal, point) - bound));
        expect(Math.max(...slack.map(Math.abs))).toBeLessThan(1e-8);
        const inequalities = multipliers.filter((_, i) => at(program.rows, i).kind === 'least');
        expect(Math.min(...inequalities)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('is a matter of the assets, not of their order', () => {
    fc.assert(
      fc.property(programmes, (program) => {
        const turned: Program.Program = {
          curvature: program.curvature.toReversed().map((row) => row.toReversed()),
          slope: program.slope.toReversed(),
          rows: program.rows.map((row) => ({ ...row, normal: row.normal.toReversed() })),
        };
        const [one, other] = [Program.solve(program), Program.solve(turned)];
        expect(other.kind).toBe(one.kind);
        fc.pre(one.kind === 'solved' && other.kind === 'solved');
        other.point.toReversed().forEach((value, i) => expect(value).toBeCloseTo(at(one.point, i), 8));
      }),
    );
  });

  test('that is impossible names rows that are impossible by themselves', () => {
    fc.assert(
      fc.property(programmes, (program) => {
        const solution = Program.solve(program);
        fc.pre(solution.kind === 'clash');
        const named = program.rows.filter(({ name }) => solution.rows.includes(name));
        expect(named.length).toBe(solution.rows.length);
        expect(Program.solve({ ...program, rows: named }).kind).toBe('clash');
      }),
    );
  });
});

describe('the cost and the cap of trading', () => {
  const trades = programmes.chain((program) =>
    fc.record({
      program: fc.constant(program),
      sizes: list(program.slope.length, fc.double({ min: 0.01, max: 1, noNaN: true })),
      cost: fc.double({ min: 0, max: 0.5, noNaN: true }),
      most: fc.double({ min: 0.01, max: 1, noNaN: true }),
      steps: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.double({ min: 1e-7, max: 0.2, noNaN: true })), { minLength: 60 }),
    }),
  );

  test('no allowed step from one asset to another improves on the answer', () => {
    fc.assert(
      fc.property(trades, ({ program, sizes, cost, most, steps }) => {
        const total = sizes.reduce((sum, size) => sum + size, 0);
        const from = sizes.map((size) => size / total);
        const solution = Program.solve({ ...program, trade: { from, cost, most } });
        fc.pre(solution.kind === 'solved');
        const sold = (point: readonly number[]) =>
          point.reduce((sum, value, i) => sum + Math.max(0, at(from, i) - value), 0);
        const price = (point: readonly number[]) =>
          dot(
            point,
            program.curvature.map((row) => dot(row, point)),
          ) /
            2 +
          dot(program.slope, point) +
          cost * point.reduce((sum, value, i) => sum + Math.abs(value - at(from, i)), 0);
        const { point } = solution;
        expect(keeps(point, program.rows, 1e-9)).toBe(true);
        expect(sold(point)).toBeLessThanOrEqual(most + 1e-9);
        const least = price(point);
        const nearby = steps.map(([a, b, size]) => {
          const moved = [...point];
          const [buy, sell] = [a % moved.length, b % moved.length];
          moved[buy] = at(moved, buy) + size;
          moved[sell] = at(moved, sell) - size;
          return moved;
        });
        const allowed = nearby.filter((moved) => keeps(moved, program.rows, 1e-12) && sold(moved) <= most + 1e-12);
        expect(Math.min(least + 1, ...allowed.map(price))).toBeGreaterThanOrEqual(least - 1e-9);
      }),
    );
  });

  test('a cost that no gain can pay leaves everything where it is', () => {
    fc.assert(
      fc.property(trades, ({ program, sizes }) => {
        const total = sizes.reduce((sum, size) => sum + size, 0);
        const from = sizes.map((size) => size / total);
        const [whole] = program.rows;
        const solution = Program.solve({ ...program, rows: [at([whole], 0)!], trade: { from, cost: 100 } });
        expect(solution.kind === 'solved' ? solution.point : []).toEqual(from.map((value) => expect.closeTo(value, 9)));
      }),
    );
  });
});

describe('bad input', () => {
  const rows: Row[] = [{ kind: 'equal', normal: [1, 1], bound: 1, name: 'whole' }];
  const good: Program.Program = {
    curvature: [
      [1, 0],
      [0, 1],
    ],
    slope: [0, 0],
    rows,
  };

  test.each([
    [
      'singular',
      {
        ...good,
        curvature: [
          [1, 1],
          [1, 1],
        ],
      },
    ],
    [
      'indefinite',
      {
        ...good,
        curvature: [
          [1, 2],
          [2, 1],
        ],
      },
    ],
    [
      'NaN in the curvature',
      {
        ...good,
        curvature: [
          [1, NaN],
          [NaN, 1],
        ],
      },
    ],
    ['NaN in the slope', { ...good, slope: [NaN, 0] }],
    ['empty', { curvature: [], slope: [], rows: [] }],
    ['a negative cost', { ...good, trade: { from: [0.5, 0.5], cost: -1 } }],
    ['NaN in a row', { ...good, rows: [{ ...rows[0]!, normal: [1, NaN] }] }],
    ['a bound that is no number', { ...good, rows: [{ ...rows[0]!, bound: NaN }] }],
    ['a cap that is no number', { ...good, trade: { from: [0.5, 0.5], cost: 0, most: NaN } }],
    ['NaN where trading starts', { ...good, trade: { from: [NaN, 0.5], cost: 0 } }],
  ])('%s is refused', (_, program) => {
    expect(() => Program.solve(program)).toThrow(ForecastError);
  });

  test('a row that can never hold, and planes that contradict each other, are a clash', () => {
    const never: Row = { kind: 'least', normal: [0, 0], bound: 1, name: 'never' };
    expect(project([0, 0], [never])).toEqual({ kind: 'clash', rows: [never] });
    const other: Row = { ...rows[0]!, bound: 2, name: 'other' };
    expect(Program.solve({ ...good, rows: [...rows, other] })).toEqual({ kind: 'clash', rows: ['other', 'whole'] });
    expect(Program.solve({ ...good, rows: [...rows, ...rows] }).kind).toBe('solved');
  });
});
