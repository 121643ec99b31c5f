// The normal and Student distributions: what a figure would look like by luck alone.

import { checkInside, ForecastError } from './Numbers.ts';

/** Compute the standard normal density. */
export function density(x: number): number {
  return Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
}

/** Compute the standard normal probability below `x`: a Taylor series near zero, Laplace's fraction in the tails. */
export function below(x: number): number {
  if (Number.isNaN(x)) throw new ForecastError('x', 'NaN', 'give a number');
  if (x > 3) return 1 - tail(x);
  if (x < -3) return tail(-x);
  let [term, total] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    term *= x ** 2 / odd;
    total += term;
  }
  return 0.5 + total * density(x);
}

/** Find the standard normal quantile of a probability, to rounding. Throws ForecastError outside (0, 1). */
export function quantile(probability: number): number {
  checkInside(probability, 0, 1, 'probability');
  if (probability > 0.5) return -quantile(1 - probability);
  if (probability < 1e-300) throw new ForecastError('probability', `${probability}`, 'give at least 1e-300');
  // A rough start (Hastings, 1955; Abramowitz and Stegun 26.2.23), made exact by Halley's steps.
  const t = Math.sqrt(-2 * Math.log(probability));
  let x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 4; step++) {
    const newton = (below(x) - probability) / density(x);
    x -= newton / (1 + (x * newton) / 2);
  }
  return x;
}

/** Compute the probability that Student's t with `freedom` degrees of freedom is at least as far from zero as `t`. */
export function studentBeyond(t: number, freedom: number): number {
  checkInside(freedom, 0, Infinity, 'freedom');
  if (Number.isNaN(t)) throw new ForecastError('t', 'NaN', 'give a number');
  const x = freedom / (freedom + t ** 2);
  return incompleteBeta(freedom / 2, 0.5, x);
}

/** Mills' ratio as a continued fraction, times the density. */
function tail(x: number): number {
  let fraction = x;
  for (let level = 120; level >= 1; level--) fraction = x + level / fraction;
  return density(x) / fraction;
}

/** The regularised incomplete beta function (Abramowitz and Stegun 26.5.8), on the side where its fraction is quick. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  let fraction = 1;
  for (let m = 150; m >= 1; m--) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m - 1) * (a + b + m - 1) * x) / ((a + 2 * m - 2) * (a + 2 * m - 1));
    fraction = 1 + odd / (1 + even / fraction);
  }
  return front / (a * fraction);
}

/** Lanczos' approximation, 1964, with the nine terms for g = 7; right to 1e-14 above one half. */
function logGamma(x: number): number {
  const series = LANCZOS.reduce(
    (total, coefficient, index) => total + coefficient / (x + index),
    0.999_999_999_999_809_93,
  );
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

const LANCZOS = [
  676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_13, -176.615_029_162_140_59,
  12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6, 1.505_632_735_149_311_6e-7,
];
