// A share of the portfolio's value. A belief, so a float; it becomes money only in plan/quantize.

/** {1}: a fraction of the portfolio's value; targets lie in [0, 1] and sum to one. */
export type Weight = number;

/** How far from one a sum of weights may be and still be one: typed weights carry decimal fractions. */
export const TOLERANCE = 1e-9;

/** Say whether weights are finite, in [0, 1] and sum to one within TOLERANCE. */
export function sumToOne(weights: readonly Weight[]): boolean {
  let sum = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight <= 1)) return false;
    sum += weight;
  }
  return Math.abs(sum - 1) <= TOLERANCE;
}

/** Write a weight for a person: `57.1 %`. */
export function percent(weight: Weight): string {
  return `${trim(weight * 100)} %`;
}

/** Write a difference of weights for a person: `2.9 pp`. */
export function points(difference: number): string {
  return `${trim(difference * 100)} pp`;
}

/** Keep one decimal, or as many as show the first digit that is not zero. */
function trim(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || size >= 0.1) return value.toFixed(1);
  return size < 0.00005 ? '0.0' : value.toPrecision(1);
}
