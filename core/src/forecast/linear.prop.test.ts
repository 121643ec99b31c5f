// Small solvers, each held against the equation that it solves.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Brownian from './Brownian.ts';
import { diagonalise } from './diagonalise.ts';
import { findRoot } from './findRoot.ts';
import { solveBanded } from './solveBanded.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('the axes of a symmetric matrix', () => {
  const matrices = fc
    .integer({ min: 1, max: 6 })
    .chain((n) =>
      fc
        .array(fc.array(real(-10, 10), { minLength: n, maxLength: n }), { minLength: n, maxLength: n })
        .map((raw) => raw.map((row, i) => row.map((value, j) => value + (raw[j]?.[i] ?? 0)))),
    );

  test('are of length one, at right angles, and carry the matrix', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const { values, vectors } = diagonalise(matrix);
        const dot = (one: readonly number[], other: readonly number[]) =>
          one.reduce((total, value, i) => total + value * (other[i] ?? 0), 0);
        vectors.forEach((one, i) => {
          vectors.forEach((other, j) => expect(dot(one, other)).toBeCloseTo(i === j ? 1 : 0, 10));
          const carried = matrix.map((row) => dot(row, one));
          carried.forEach((value, j) => expect(value).toBeCloseTo((values[i] ?? 0) * (one[j] ?? 0), 9));
        });
      }),
    );
  });
});

describe('where a curve crosses zero', () => {
  test('is found to the last digit, rising or falling', () => {
    fc.assert(
      fc.property(real(-5, 5), fc.constantFrom(1, -1), (root, sign) => {
        const found = findRoot((x) => sign * (x ** 3 - root ** 3), -10, 10);
        expect(Math.abs(found ** 3 - root ** 3)).toBeLessThanOrEqual(1e-12);
      }),
    );
  });

  test('is not guessed where the ends are on one side', () => {
    expect(() => findRoot((x) => x ** 2 + 1, -1, 1)).toThrow('forecast at [-1, 1]: 2 and 2 at the ends');
    expect(() => findRoot(() => NaN, 0, 1)).toThrow('forecast at [0, 1]');
  });
});

describe('equations of neighbours', () => {
  const chains = fc.integer({ min: 1, max: 12 }).chain((size) =>
    fc.record({
      width: fc.integer({ min: 1, max: 3 }),
      off: fc.array(real(-1, 0), { minLength: size * 7, maxLength: size * 7 }),
      sides: fc.array(fc.array(real(-5, 5), { minLength: size, maxLength: size }), { minLength: 1, maxLength: 2 }),
    }),
  );

  test('are solved for every right-hand side', () => {
    fc.assert(
      fc.property(chains, ({ width, off, sides }) => {
        const size = sides[0]?.length ?? 0;
        const entry = (i: number, j: number) =>
          i === j ? 7 : Math.abs(i - j) <= width && j >= 0 && j < size ? (off[i * 7 + j - i + 3] ?? 0) : 0;
        const stride = 2 * width + 1;
        const entries = Float64Array.from({ length: size * stride }, (_, at) => {
          const i = Math.floor(at / stride);
          return entry(i, i + (at % stride) - width);
        });
        const solved = sides.map((side) => Float64Array.from(side));
        solveBanded({ size, width, entries }, solved);
        solved.forEach((x, s) => {
          for (let i = 0; i < size; i++) {
            const left = x.reduce((total, value, j) => total + entry(i, j) * value, 0);
            expect(left).toBeCloseTo(sides[s]?.[i] ?? NaN, 9);
          }
        });
      }),
    );
  });

  test('without a solution are refused', () => {
    const nothing = { size: 1, width: 1, entries: new Float64Array(3) };
    expect(() => solveBanded(nothing, [new Float64Array(1)])).toThrow('forecast at matrix[0][0]');
  });
});

describe('a motion in a corridor', () => {
  const corridors = fc.record({
    up: real(0.01, 1),
    down: real(0.01, 1),
    drift: real(-1, 1),
    volatility: real(0.1, 2),
  });

  test('left undiscounted, leaves with the probabilities of its exit; the slope in the rate is the time', () => {
    fc.assert(
      fc.property(corridors, (corridor) => {
        const exit = Brownian.exit(corridor);
        const { up, down } = Brownian.discounted(corridor, 0);
        expect(up).toBeCloseTo(exit.up, 9);
        expect(down).toBeCloseTo(1 - exit.up, 9);
        const whole = (rate: number) =>
          Brownian.discounted(corridor, rate).up + Brownian.discounted(corridor, rate).down;
        const small = 1e-4 / exit.time;
        expect((whole(-small) - whole(small)) / (2 * small) / exit.time).toBeCloseTo(1, 5);
      }),
    );
  });

  test('is worth less the higher the rate, and without bound at one that is too low', () => {
    fc.assert(
      fc.property(corridors, real(0.1, 10), (corridor, rate) => {
        const [one, more] = [Brownian.discounted(corridor, rate), Brownian.discounted(corridor, rate * 2)];
        expect(more.up).toBeLessThan(one.up);
        expect(more.down).toBeLessThan(one.down);
        const { up, down, drift, volatility } = corridor;
        const lowest = -((volatility * Math.PI) ** 2 / (up + down) ** 2 + (drift / volatility) ** 2) / 2;
        expect(Brownian.discounted(corridor, lowest * 1.001).up).toBe(Infinity);
        expect(Brownian.discounted(corridor, lowest * 0.9).up).toBeLessThan(Infinity);
      }),
    );
  });

  test('is seen farther out the more seldom one looks, with the root of the time between looks', () => {
    fc.assert(
      fc.property(corridors, real(1e-6, 1), (corridor, step) => {
        const shift = (every: number) => Brownian.watchedEvery(every, corridor).up - corridor.up;
        expect(shift(0)).toBe(0);
        expect(shift(4 * step) / shift(step)).toBeCloseTo(2, 6);
        expect(Brownian.watchedEvery(step, corridor).down - corridor.down).toBeCloseTo(shift(step), 12);
      }),
    );
  });

  test('of no size, no volatility or no number is refused', () => {
    const good = { up: 1, down: 1, drift: 0, volatility: 1 };
    expect(() => Brownian.discounted({ ...good, up: 0 }, 1)).toThrow('forecast at up');
    expect(() => Brownian.discounted({ ...good, volatility: NaN }, 1)).toThrow('forecast at volatility');
    expect(() => Brownian.discounted(good, NaN)).toThrow('forecast at rate');
    expect(() => Brownian.watchedEvery(-1, good)).toThrow('forecast at step');
  });
});
