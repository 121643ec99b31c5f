// Two risky assets and cash, brought back to their weights at every step.

import { Random } from '@trimtab/lab';

/** State weights, drifts and volatilities of two risky assets and of cash, whose volatility is zero, and the correlation of the two. */
export type Assets = {
  readonly weights: readonly [number, number, number];
  readonly drifts: readonly [number, number, number];
  readonly volatilities: readonly [number, number, number];
  readonly correlation: number;
};

/** Simulate what 1 becomes on each of many paths of `steps` steps of `step` {yr}. */
export function simulateWealth(assets: Assets, step: number, steps: number, paths: number, seed: number): Float64Array {
  const draw = returns(assets, step, Random.stream(seed, 'wealth'));
  return Float64Array.from({ length: paths }, () => {
    let wealth = 1;
    for (let i = 0; i < steps; i++) wealth *= draw().gross;
    return wealth;
  });
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
