import { describe, expect, test } from 'vitest';
import * as Random from './Random.ts';

describe('the generators', () => {
  test("xoshiro128** gives the words of its reference implementation (1.1, also the vector of Rust's rand_xoshiro)", () => {
    const random = Random.xoshiro([1, 2, 3, 4]);
    const words = Array.from({ length: 10 }, () => random());
    expect(words).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  test('splitmix64 gives the words of its reference implementation for seed 1234567', () => {
    const next = Random.splitmix64(1_234_567n);
    expect([next(), next(), next(), next(), next()]).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ]);
  });

  test('fnv1a64 gives its published hashes', () => {
    expect(Random.fnv1a64('')).toBe(0xcbf29ce484222325n);
    expect(Random.fnv1a64('a')).toBe(0xaf63dc4c8601ec8cn);
    expect(Random.fnv1a64('foobar')).toBe(0x85944171f73967e8n);
  });
});

describe('a stream', () => {
  const draw = (seed: number, label: string): number[] => {
    const random = Random.stream(seed, label);
    return Array.from({ length: 4 }, () => random());
  };

  test('is its seed and label, and nothing else', () => {
    expect(draw(7, 'BTC')).toEqual(draw(7, 'BTC'));
    expect(draw(7, 'BTC')).not.toEqual(draw(8, 'BTC'));
    expect(draw(7, 'BTC')).not.toEqual(draw(7, 'ETH'));
  });

  test('draws uniform numbers whose mean and variance lie within 4 standard errors', () => {
    const random = Random.stream(1, 'uniform');
    const n = 100_000;
    const drawn = Array.from({ length: n }, () => Random.uniform(random));
    expect(Math.min(...drawn.slice(0, 1_000))).toBeGreaterThanOrEqual(0);
    expect(drawn.every((u) => u < 1)).toBe(true);
    expect(Math.abs(mean(drawn) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(mean(drawn.map((u) => (u - 0.5) ** 2)) - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n));
  });

  test('draws normal numbers with the first four moments 0, 1, 0, 3 within 4 standard errors', () => {
    const random = Random.stream(2, 'normal');
    const n = 200_000;
    const drawn = Array.from({ length: n }, () => Random.normal(random));
    const moment = (k: number): number => mean(drawn.map((z) => z ** k));
    // Variances of z, z², z³ and z⁴ under the standard normal law: 1, 2, 15, 96.
    for (const [k, expected, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const) {
      expect(Math.abs(moment(k) - expected)).toBeLessThan(4 * Math.sqrt(variance / n));
    }
  });

  test('draws integers below a bound evenly: chi-square of 7 classes under its 99.9 % point, 22.46', () => {
    const random = Random.stream(3, 'below');
    const counts = Array.from({ length: 7 }, () => 0);
    for (let i = 0; i < 70_000; i++) {
      const drawn = Random.below(random, 7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.46);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
