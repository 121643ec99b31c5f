// What a solver leaves behind is a hair off: a weight of −1e-17 is none, and the sum is one to rounding only.

/** A weight smaller than this is rounding. */
const NOTHING = 1e-13;

/** Take weights that are zero but for rounding as zero, and let the rest sum to one. */
export function whole(weights: readonly number[]): readonly number[] {
  const kept = weights.map((weight) => (Math.abs(weight) < NOTHING ? 0 : weight));
  const total = kept.reduce((sum, weight) => sum + weight, 0);
  return kept.map((weight) => weight / total);
}
