// A mean estimated beside another whose truth is known: what chance does to both is taken out.

/** Hold an estimate and its own standard error. */
export type Estimate = { readonly value: number; readonly standardError: number };

/** Estimate the mean of `values` by regression on `controls`, drawn together with them, whose mean is known to be `truth`. */
export function controlled(values: Float64Array, controls: Float64Array, truth: number): Estimate {
  const count = values.length;
  const [mean, other] = [average(values), average(controls)];
  let [own, both, theirs] = [0, 0, 0];
  for (const [index, value] of values.entries()) {
    const [one, two] = [value - mean, (controls[index] ?? NaN) - other];
    own += one ** 2;
    both += one * two;
    theirs += two ** 2;
  }
  const slope = both / theirs;
  const left = (own - slope * both) / (count - 2);
  return { value: mean - slope * (other - truth), standardError: Math.sqrt(left / count) };
}

function average(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
