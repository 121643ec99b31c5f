import { describe, expect, test } from 'vitest';
import { march2020 } from '../scenarios/march2020.ts';
import { bridge } from './bridge.ts';
import type { History } from './History.ts';

const DAY = 86_400;
const WAD = 10n ** 18n;
const known: History = {
  symbols: ['A', 'B'],
  times: [0, 1, 2, 3].map((day) => 1_600_000_000 + day * DAY),
  prices: [[100n * WAD, 90n * WAD, 120n * WAD, 121n * WAD + 7n], [5n, 6n, 7n, 8n].map((x) => x * WAD)],
  source: 'test',
};
const filling = { step: 300, seed: 11, volatility: 0.05, correlation: 0.5 } as const;

describe('a bridge', () => {
  test('passes through every known price to the atom', () => {
    const path = bridge(known, filling);
    for (const [i, at] of known.times.entries()) {
      const index = path.times.indexOf(at);
      expect(path.prices.map((series) => series[index])).toEqual(known.prices.map((series) => series[i]));
    }
    expect(path.times.length).toBe((3 * DAY) / 300 + 1);
    expect(path.prices.flat().every((price) => price > 0n)).toBe(true);
  });

  test('is its seed: the same again, and another for another seed', () => {
    expect(bridge(known, filling)).toEqual(bridge(known, filling));
    expect(bridge(known, filling).prices).not.toEqual(bridge(known, { ...filling, seed: 12 }).prices);
  });

  test('a further symbol does not change the others', () => {
    const one: History = { ...known, symbols: ['A'], prices: known.prices.slice(0, 1) };
    expect(bridge(one, filling).prices[0]).toEqual(bridge(known, filling).prices[0]);
  });

  test('keeps irregular times and shorter last steps', () => {
    const path = bridge({ ...known, times: [0, 700, 1_000, 1_001] }, filling);
    expect(path.times).toEqual([0, 300, 600, 700, 1_000, 1_001]);
  });

  test('has the variance σ²·t·(T − t)/T at the middle and the asked correlation, within 4 standard errors', () => {
    const flat: History = {
      symbols: ['A', 'B'],
      times: [0, DAY],
      prices: [
        [WAD, WAD],
        [WAD, WAD],
      ],
      source: 'flat',
    };
    const n = 4_000;
    const middles = Array.from({ length: n }, (_, seed) =>
      bridge(flat, { step: DAY / 4, seed, volatility: 0.1, correlation: 0.6 }).prices.map((s) =>
        Math.log(Number(s[2]) / 1e18),
      ),
    );
    const covariance = (i: number, j: number): number =>
      middles.reduce((sum, m) => sum + (m[i] ?? 0) * (m[j] ?? 0), 0) / n;
    const variance = 0.1 ** 2 / 4;
    expect(Math.abs(covariance(0, 0) / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(covariance(1, 1) / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(covariance(0, 1) / variance - 0.6)).toBeLessThan(4 * Math.sqrt((1 + 0.6 ** 2) / n));
  });

  test('realised volatility is the root mean square log return per day', () => {
    const path = (volatility: number | 'realised'): History['prices'] =>
      bridge({ ...known, symbols: ['B'], prices: known.prices.slice(1) }, { ...filling, volatility }).prices;
    const squares = [6 / 5, 7 / 6, 8 / 7].map((r) => Math.log(r) ** 2);
    const sigma = Math.sqrt(squares.reduce((a, b) => a + b) / 3);
    expect(path('realised')[0]?.map((p) => Number(p) / 1e18)).toEqual(
      path(sigma)[0]?.map((p) => expect.closeTo(Number(p) / 1e18, 9) as number),
    );
  });

  test('refuses a step of nothing and an impossible correlation', () => {
    expect(() => bridge(known, { ...filling, step: 0 })).toThrow(RangeError);
    expect(() => bridge(known, { ...filling, correlation: 1.1 })).toThrow(RangeError);
  });
});

describe('the crash of March 2020', () => {
  test('falls from 194.87 to 112.35 dollars for ether on the 12th, and lasts eight days', () => {
    const path = march2020({ step: 3_600 });
    const at = (time: number): bigint | undefined => path.prices[1]?.[path.times.indexOf(time)];
    // Midnight at the end of the 11th and of the 12th.
    expect([at(1_583_971_200), at(1_584_057_600)]).toEqual([19_487n * 10n ** 16n, 11_235n * 10n ** 16n]);
    expect(path.times.length).toBe(8 * 24 + 1);
    expect(march2020({ step: 3_600 })).toEqual(path);
  });
});
