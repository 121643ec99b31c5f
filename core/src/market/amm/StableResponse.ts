// The best response of a stable pool to a price vector, on its smooth invariant: two nested bisections on functions
// that only rise, so that neither a start nor a step size has to be guessed.

/** State a pool as numbers, in scaled units: balances, what a unit of each is worth, Ann {1}, D^(n+1)/(n^n·Πx), φ = 1 − fee. */
export type Question = {
  readonly balances: readonly number[];
  readonly values: readonly number[];
  readonly total: number;
  readonly product: number;
  readonly keep: number;
};

/** Enough to leave nothing of an interval but rounding. */
const ROUNDS = 60;

/**
 * Find by how much each balance changes in the trade that gains most, or undefined where none gains.
 * With K = D^(n+1)/(n^n·Πx) the invariant reads Ann·S − K = const and Πx·K = const, and its slope in x is Ann + K/x.
 * Optimal balances keep that slope inside [ν/μ, ν/(φμ)]; K follows from the second equation, and μ from the first, whose
 * left side rises with μ because it is the derivative of a concave dual (optimality as in Angeris and Chitra, 2020).
 */
export function respond(question: Question): readonly number[] | undefined {
  const { balances, values, total, product, keep } = question;
  const prices = balances.map((balance, place) => (values[place] ?? NaN) / (total + product / balance));
  if (!(Math.min(...prices) > 0 && Math.max(...prices) * keep > Math.min(...prices))) return undefined;
  // At the answer every slope exceeds Ann, so μ stays below the least ν/(φ·Ann).
  let [low, high] = [0, Math.min(...values) / (keep * total)];
  let changes = balances.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const level = (low + high) / 2;
    const { growths, growth } = growthsAt(question, level);
    const next = balances.map((balance, place) => balance * Math.expm1(growths[place] ?? NaN));
    const rise = total * next.reduce((so, change) => so + change, 0) - product * Math.expm1(growth);
    // Where rounding reaches the upper bound the rise is no number, and that is too far as well.
    if (rise <= 0) [low, changes] = [level, next];
    else high = level;
  }
  return changes;
}

/** Solve at one μ for the logarithms by which K and the balances grow; they sum to zero, and each rises with that of K. */
function growthsAt(
  question: Question,
  level: number,
): { readonly growths: readonly number[]; readonly growth: number } {
  const { balances, values, total, product, keep } = question;
  const bounds = balances.map((balance, place) => {
    const value = (values[place] ?? NaN) / level;
    return {
      least: -Math.log(((value / keep - total) * balance) / product),
      // Below Ann no balance is too large.
      most: value > total ? -Math.log(((value - total) * balance) / product) : Infinity,
    };
  });
  // No balance changes by more than e^50.
  let [low, high] = [-50, 50];
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    let sum = middle;
    for (const { least, most } of bounds) sum += Math.min(Math.max(0, middle + least), middle + most);
    if (sum > 0) high = middle;
    else low = middle;
  }
  return { growths: bounds.map(({ least, most }) => Math.min(Math.max(0, low + least), low + most)), growth: low };
}
