// Estimators judged by what they are for: on paths whose volatility is known. Each seed is fixed, so that a run that
// passes always passes; the bounds are statistical and stated beside each figure.

import { describe, expect, test } from 'vitest';
import * as Garch from './Garch.ts';
import { minimise } from './minimise.ts';
import * as Volatility from './Volatility.ts';

/** Draw from [0, 1) (mulberry32). */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draw standard normals (Box and Muller, 1958). */
function normals(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
};

/** Simulate a bar of unit variance. The extremes within each step are drawn from the Brownian bridge: no tick bias. */
function simulateBar(normal: () => number, uniform: () => number, steps: number): Volatility.Bar {
  let [now, high, low] = [0, 0, 0];
  for (let step = 0; step < steps; step++) {
    const next = now + normal() / Math.sqrt(steps);
    const reach = () => Math.sqrt((next - now) ** 2 - (2 * Math.log(1 - uniform())) / steps);
    high = Math.max(high, (now + next + reach()) / 2);
    low = Math.min(low, (now + next - reach()) / 2);
    now = next;
  }
  return { open: 1, high: Math.exp(high), low: Math.exp(low), close: Math.exp(now) };
}

describe('the efficiency of an estimator against the close alone', () => {
  const uniform = uniforms(20_260_101);
  const normal = normals(uniform);
  const bars = Array.from({ length: 40_000 }, () => simulateBar(normal, uniform, 32));

  // 40,000 bars: standard error of the efficiency about 2 %. Theory: Parkinson 1980, Garman and Klass 1980, Rogers and
  // Satchell 1991. The variance of a squared close is 2.
  test.each([
    ['Parkinson', Volatility.parkinson, 4.9],
    ['Garman and Klass', Volatility.garmanKlass, 7.4],
    ['Rogers and Satchell', Volatility.rogersSatchell, 6],
  ] as const)('%s', (_, estimate, theory) => {
    const variances = bars.map((bar) => estimate([bar]) ** 2);
    expect(Math.abs(mean(variances) - 1)).toBeLessThan(0.02);
    expect(Math.abs(2 / variance(variances) / theory - 1)).toBeLessThan(0.05);
  });

  test('the mean squared range is 4 ln 2', () => {
    const squares = bars.map(({ high, low }) => Math.log(high / low) ** 2);
    expect(Math.abs(mean(squares) / (4 * Math.LN2) - 1)).toBeLessThan(0.02);
  });
});

/** Simulate returns of a GARCH(1,1), from its long run. */
function simulate({ mu, omega, alpha, beta }: Garch.Garch, length: number, seed: number): readonly number[] {
  const normal = normals(uniforms(seed));
  let h = omega / (1 - alpha - beta);
  return Array.from({ length }, () => {
    const surprise = Math.sqrt(h) * normal();
    h = omega + alpha * surprise ** 2 + beta * h;
    return mu + surprise;
  });
}

describe('GARCH(1,1) by maximum likelihood', () => {
  // The shape of daily exchange rates: the estimate that Bollerslev and Ghysels (1996) made well known, rounded.
  const truth = { mu: -0.006, omega: 0.011, alpha: 0.15, beta: 0.8 };
  const paths = Array.from({ length: 40 }, (_, index) => simulate(truth, 2000, 1000 + index));

  test('recovers the parameters from 40 paths of 2000 returns, within three standard errors and a tenth of bias', () => {
    const fits = paths.map((path) => Garch.fit(path).garch);
    for (const name of ['mu', 'omega', 'alpha', 'beta'] as const) {
      const found = fits.map((one) => one[name]);
      const error = Math.sqrt(variance(found) / (found.length - 1));
      const bias = name === 'omega' ? 0.1 * truth.omega : 0;
      expect(Math.abs(mean(found) - truth[name]), name).toBeLessThan(3 * error + bias);
      expect(error, name).toBeLessThan(0.1 * Math.max(Math.abs(truth[name]), 0.05));
    }
  });

  test('finds a likelihood above the truth has, and a point that no small step improves', () => {
    for (const path of paths.slice(0, 4)) {
      const { garch, logLikelihood } = Garch.fit(path);
      expect(logLikelihood).toBeGreaterThan(Garch.filter(truth, path).logLikelihood);
      expect(Garch.filter(garch, path).logLikelihood).toBe(logLikelihood);
      for (const name of ['mu', 'omega', 'alpha', 'beta'] as const) {
        for (const step of [-1e-3, 1e-3]) {
          const moved = { ...garch, [name]: garch[name] * (1 + step) };
          expect(Garch.filter(moved, path).logLikelihood, name).toBeLessThan(logLikelihood);
        }
      }
    }
  });

  test('says where the estimate means nothing', () => {
    const normal = normals(uniforms(7919));
    const steady = Array.from({ length: 500 }, normal);
    const growing = Array.from({ length: 600 }, (_, index) => Math.exp(index / 150) * normal());
    expect(Garch.fit(steady).kind).toBe('noClustering');
    expect(Garch.fit(growing).kind).toBe('noReversion');
    expect(paths.slice(0, 4).map((path) => Garch.fit(path).kind)).toEqual(new Array(4).fill('inside'));
  });

  test('does not depend on the unit of the returns', () => {
    const path = paths[0]!;
    const [one, percent] = [Garch.fit(path).garch, Garch.fit(path.map((value) => 100 * value)).garch];
    expect(percent.mu / 100 / one.mu).toBeCloseTo(1, 4);
    expect(percent.omega / 10_000 / one.omega).toBeCloseTo(1, 4);
    expect(percent.alpha / one.alpha).toBeCloseTo(1, 4);
    expect(percent.beta / one.beta).toBeCloseTo(1, 4);
  });
});

test('the search finds the bottom of the curved valley of Rosenbrock (1960)', () => {
  const valley = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x ** 2) ** 2;
  const { point, converged } = minimise(valley, [-1.2, 1], 0.5);
  expect(converged).toBe(true);
  for (const coordinate of point) expect(coordinate).toBeCloseTo(1, 5);
});

test('a search that never closes in says so', () => {
  expect(minimise(([x = 0]) => -x, [0], 1).converged).toBe(false);
});
