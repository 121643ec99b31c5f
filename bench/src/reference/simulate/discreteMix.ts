// Two risky assets and cash, brought back to their weights at every step.

import { Random } from '@trimtab/lab';
import { controlled, type Estimate } from './controlled.ts';

/** State weights, drifts and volatilities of two risky assets and of cash, whose volatility is zero, and the correlation of the two. */
export type Assets = {
  readonly weights: readonly [number, number, number];
  readonly drifts: readonly [number, number, number];
  readonly volatilities: readonly [number, number, number];
  readonly correlation: number;
};

/** Hold the mean of wealth {1} and its standard deviation {1}. */
export type Moments = { readonly mean: Estimate; readonly deviation: Estimate };

/**
 * Simulate the mean and the standard deviation of what 1 becomes on many paths of `steps` steps of `step` {yr}. The control
 * is the mix that is rebalanced all the time, up to a constant: it sees the same draws, and it is lognormal.
 */
export function simulateWealth(assets: Assets, step: number, steps: number, paths: number, seed: number): Moments {
  const draw = returns(assets, step, Random.stream(seed, 'wealth'));
  const [wealth, ideal] = [new Float64Array(paths), new Float64Array(paths)];
  for (let path = 0; path < paths; path++) {
    let [gained, mixed] = [1, 0];
    for (let i = 0; i < steps; i++) {
      const drawn = draw();
      gained *= drawn.gross;
      mixed += drawn.mixed;
    }
    wealth[path] = gained;
    ideal[path] = Math.exp(mixed);
  }
  const truth = lognormal(assets, step * steps);
  const mean = controlled(wealth, ideal, truth.mean);
  const squares = controlled(
    wealth.map((value) => (value - mean.value) ** 2),
    ideal.map((value) => (value - truth.mean) ** 2),
    truth.variance,
  );
  const value = Math.sqrt(squares.value);
  return { mean, deviation: { value, standardError: squares.standardError / (2 * value) } };
}

/** The mean and the variance of e to the weighted log return over `time` {yr}. */
function lognormal({ weights, drifts, volatilities, correlation }: Assets, time: number) {
  const trend = weights.reduce(
    (sum, weight, i) => sum + weight * ((drifts[i] ?? 0) - (volatilities[i] ?? 0) ** 2 / 2),
    0,
  );
  const [one, other] = [weights[0] * volatilities[0], weights[1] * volatilities[1]];
  const variance = (one ** 2 + other ** 2 + 2 * correlation * one * other) * time;
  const mean = Math.exp(trend * time + variance / 2);
  return { mean, variance: mean ** 2 * Math.expm1(variance) };
}

/** Simulate by how much each of many steps of `step` {yr} falls behind rebalancing all the time {1}, in log wealth. */
export function simulateLag(assets: Assets, step: number, steps: number, seed: number): Float64Array {
  const draw = returns(assets, step, Random.stream(seed, 'lag'));
  return Float64Array.from({ length: steps }, () => {
    const { gross, mixed } = draw();
    return Math.log(gross) - mixed;
  });
}

/** Draw a step: the gross return of the mix, and the weighted log return, which is what rebalancing all the time follows up to a constant. */
function returns(assets: Assets, step: number, random: Random): () => { gross: number; mixed: number } {
  const { weights, drifts, volatilities, correlation } = assets;
  const [d0, d1, d2] = [0, 1, 2].map((i) => ((drifts[i] ?? 0) - (volatilities[i] ?? 0) ** 2 / 2) * step) as [
    number,
    number,
    number,
  ];
  const [v0, v1] = [volatilities[0] * Math.sqrt(step), volatilities[1] * Math.sqrt(step)];
  const rest = Math.sqrt(1 - correlation ** 2);
  return () => {
    const z = Random.normal(random);
    const x0 = d0 + v0 * z;
    const x1 = d1 + v1 * (correlation * z + rest * Random.normal(random));
    const gross = weights[0] * Math.exp(x0) + weights[1] * Math.exp(x1) + weights[2] * Math.exp(d2);
    return { gross, mixed: weights[0] * x0 + weights[1] * x1 + weights[2] * d2 };
  };
}
