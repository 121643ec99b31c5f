// How far our own size moves the price, learnt from what our fills cost. Two shapes are tried: the square root, which
// large orders worked over time show on many markets (Tóth et al., 2011), and the line, which is a pool's first order and
// the only shape of lasting impact that no round trip can exploit (Huberman and Stanzl, 2004).

import { leastSquares } from './leastSquares.ts';
import { check, checkPositive, ForecastError } from './Numbers.ts';

/** Describe what an order did: its size as a share of the volume of a period, that period's volatility {1}, and the move {1} it cost. */
export type Sample = { readonly share: number; readonly volatility: number; readonly cost: number };

/** Say how cost {1} grows: coefficient × volatility × √share, or × share. */
export type Shape = 'square-root' | 'linear';

/** Hold a fitted law, the standard error of its coefficient and the standard deviation {1} of what it leaves unexplained. */
export type Impact = {
  readonly shape: Shape;
  readonly coefficient: number;
  readonly error: number;
  readonly residual: number;
};

/** Estimate the coefficient from at least ten fills, by least squares through the origin. Costs may be negative: noise is. */
export function fit(shape: Shape, samples: readonly Sample[]): Impact {
  checkSamples(samples);
  const rows = samples.map((one) => [unit(shape, one)]);
  const { coefficients, errors, residual } = leastSquares(
    rows,
    samples.map(({ cost }) => cost),
  );
  return { shape, coefficient: coefficients[0] ?? 0, error: errors[0] ?? 0, residual };
}

/** Estimate both and keep the one that leaves less unexplained; the square root where they are equal. */
export function best(samples: readonly Sample[]): Impact {
  const [root, line] = [fit('square-root', samples), fit('linear', samples)];
  return line.residual < root.residual ? line : root;
}

/** Hold an exponent and its standard error. */
export type Exponent = { readonly exponent: number; readonly error: number };

/**
 * Estimate the exponent of share from the logarithms of at least ten fills: near ½ speaks for the root, near 1 for the
 * line. Every cost is above zero here: leaving out those that are not would bend the estimate, so they are refused.
 */
export function exponent(samples: readonly Sample[]): Exponent {
  checkSamples(samples);
  checkPositive(
    samples.map(({ cost }) => cost),
    'samples.cost',
    LEAST,
  );
  const { coefficients, errors } = leastSquares(
    samples.map(({ share }) => [1, Math.log(share)]),
    samples.map(({ cost, volatility }) => Math.log(cost / volatility)),
  );
  return { exponent: coefficients[1] ?? 0, error: errors[1] ?? 0 };
}

/** Predict the cost {1} of an order of this share {1} at this volatility {1}. */
export function predict(impact: Impact, order: Omit<Sample, 'cost'>): number {
  checkPositive([order.share, order.volatility], 'order', 2);
  return impact.coefficient * unit(impact.shape, order);
}

const LEAST = 10;

function unit(shape: Shape, { share, volatility }: Omit<Sample, 'cost'>): number {
  switch (shape) {
    case 'square-root':
      return volatility * Math.sqrt(share);
    case 'linear':
      return volatility * share;
  }
}

function checkSamples(samples: readonly Sample[]): void {
  if (!Array.isArray(samples) || samples.length < LEAST) {
    throw new ForecastError('samples', `${samples.length} fills`, `give at least ${LEAST}`);
  }
  for (const [index, { share, volatility, cost }] of samples.entries()) {
    checkPositive([share, volatility], `samples[${index}]`, 2);
    check([cost], `samples[${index}].cost`, 1);
  }
}
