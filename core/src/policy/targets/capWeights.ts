// No member of an index may dominate it: what a cap takes from the large goes to the others in proportion, again until
// nobody is above it.

import { check, ForecastError, sum } from '../../forecast/Numbers.ts';
import { percent, type Weight } from '../../money/Weight.ts';

/**
 * Cap weights (zero or more, summing to one): those above are set to the cap and the excess is spread over the rest pro
 * rata, until none is above (the iterative capping of index providers). Throws ForecastError where the cap leaves no room.
 */
export function capWeights(weights: readonly Weight[], cap: Weight): readonly Weight[] {
  check(weights, 'weights', 1);
  if (!weights.every((weight) => weight >= 0) || !(Math.abs(sum(weights) - 1) <= 1e-9)) {
    throw new ForecastError('weights', weights.join(', '), 'give weights of zero or more that sum to one');
  }
  const weighed = weights.filter((weight) => weight > 0).length;
  if (!(cap > 0 && weighed * cap >= 1 - 1e-12)) {
    const fix = `give a cap of at least ${percent(1 / weighed)}, or more members`;
    throw new ForecastError('cap', `${cap} for ${weighed} weights above zero`, fix);
  }
  const capped = weights.map(() => false);
  for (;;) {
    const room = Math.max(0, 1 - cap * capped.filter(Boolean).length);
    const free = sum(weights.filter((_, index) => capped[index] === false));
    const spread = weights.map((weight, index) =>
      capped[index] === true ? cap : free > 0 ? (weight * room) / free : 0,
    );
    const over = spread.map((weight, index) => capped[index] === false && weight > cap * (1 + 1e-12));
    if (!over.includes(true)) return spread;
    for (const [index, is] of over.entries()) if (is) capped[index] = true;
  }
}
