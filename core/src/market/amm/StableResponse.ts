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

const ROUNDS = 80;

/**
 * Find the balances after the trade that gains most, or undefined where none gains.
 * With K = D^(n+1)/(n^n·Πx) the invariant reads Ann·S − K = const and Πx·K = const, and its slope in x is Ann + K/x.
 * Optimal balances keep that slope inside [ν/μ, ν/(φμ)]; K follows from the second equation, and μ from the first, whose
 * left side rises with μ because it is the derivative of a concave dual (derived from Angeris, Chitra, 2020).
 */
export function respond(question: Question): readonly number[] | undefined {
  const { balances, values, total, product, keep } = question;
  const prices = balances.map((balance, place) => (values[place] ?? NaN) / (total + product / balance));
  if (!(Math.max(...prices) > Math.min(...prices) / keep)) return undefined;
  const sum = balances.reduce((so, balance) => so + balance, 0);
  // At the answer every slope exceeds Ann, so μ stays below the least ν/(φ·Ann).
  let [low, high] = [0, Math.min(...values) / (keep * total)];
  let found = balances;
  for (let round = 0; round < ROUNDS; round++) {
    const level = (low + high) / 2;
    const next = atLevel(question, level);
    const rise = total * (next.balances.reduce((so, balance) => so + balance, 0) - sum) - (next.product - product);
    if (rise > 0) high = level;
    else low = level;
    found = next.balances;
  }
  return found;
}

/** Solve for K at one μ: every balance rises with K, so Πx·K does. */
function atLevel(
  question: Question,
  level: number,
): { readonly balances: readonly number[]; readonly product: number } {
  const { balances, values, total, product, keep } = question;
  const bounds = values.map((value) => {
    const [least, most] = [value / (keep * level) - total, value / level - total];
    return { least: 1 / least, most: most > 0 ? 1 / most : Infinity };
  });
  const place = (at: number, scale: number): number => {
    const [balance, bound] = [balances[at] ?? NaN, bounds[at] ?? { least: NaN, most: NaN }];
    return Math.min(Math.max(balance, scale * bound.least), scale * bound.most);
  };
  let [low, high] = [-700, 700];
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    const scale = product * Math.exp(middle);
    const rise = balances.reduce((so, balance, at) => so + Math.log(place(at, scale) / balance), middle);
    if (rise > 0) high = middle;
    else low = middle;
  }
  const scale = product * Math.exp(low);
  return { balances: balances.map((_, at) => place(at, scale)), product: scale };
}
