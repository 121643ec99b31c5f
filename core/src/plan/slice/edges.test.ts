import { expect, test } from 'vitest';
import * as AlmgrenChriss from './AlmgrenChriss.ts';
import * as ObizhaevaWang from './ObizhaevaWang.ts';
import * as Sandwich from './Sandwich.ts';

const order = {
  size: 1_000,
  horizon: 5,
  intervals: 5,
  volatility: 1,
  permanent: 0,
  temporary: 0.01,
  spread: 0,
  aversion: 0.001,
};

test.each([0, -1, 1.5, Number.NaN, Infinity])('a schedule of %d intervals is refused for them', (intervals) => {
  expect(() => AlmgrenChriss.of({ ...order, intervals })).toThrow(/intervals/);
});

test('a schedule has a holding before its first interval and after each', () => {
  expect(AlmgrenChriss.of({ ...order, intervals: 1 }).holdings).toEqual([1_000, 0]);
  for (const count of [4, 5, 7]) {
    expect(() =>
      AlmgrenChriss.evaluate(
        order,
        Array.from({ length: count }, () => 0),
      ),
    ).toThrow('give 6');
  }
});

test('a book that recovers at once, or that nothing moves, is a book', () => {
  expect(ObizhaevaWang.cost([2, 2], 0, 1)).toBe(4);
  expect(ObizhaevaWang.cost([2, 2], 0.5, 0)).toBe(0);
  expect(ObizhaevaWang.slices({ size: 4, trades: 4, remaining: 0, impact: 1 })).toEqual([1, 1, 1, 1]);
});

test('without slippage nothing can be put before a swap', () => {
  const victim = { reserveIn: 1e6, reserveOut: 1e6, size: 1e4, fee: 0.003 };
  expect(Sandwich.frontRun(victim, 0) / victim.size).toBeLessThan(1e-9);
  expect(Sandwich.worst(victim, 0).profit).toBeLessThan(1e-6);
});
