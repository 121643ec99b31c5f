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

/**
 * Estimate the mean of `values` by regression on several controls of mean zero, drawn together with them: each is freed of what those
 * before it explain (Gram and Schmidt), and then frees the values of what it explains.
 */
export function controlledByAll(values: Float64Array, controls: readonly Float64Array[]): Estimate {
  const free: Float64Array[] = [];
  let left = values;
  for (const control of controls) {
    const own = free.reduce(without, control);
    left = without(left, own);
    free.push(own);
  }
  const mean = average(left);
  const squares = left.reduce((total, value) => total + (value - mean) ** 2, 0);
  const count = values.length;
  return { value: mean, standardError: Math.sqrt(squares / (count - 1 - controls.length) / count) };
}

/** Take out of `values` what moves with `control`, which is none of their mean where its own is zero. */
function without(values: Float64Array, control: Float64Array): Float64Array {
  const [mean, other] = [average(values), average(control)];
  let [both, theirs] = [0, 0];
  for (const [index, value] of values.entries()) {
    const off = (control[index] ?? NaN) - other;
    both += (value - mean) * off;
    theirs += off ** 2;
  }
  return theirs === 0 ? values : values.map((value, index) => value - (both / theirs) * (control[index] ?? NaN));
}

function average(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
