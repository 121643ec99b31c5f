// Aim at the same weights always: constant mix.

import type { Weights } from '../../portfolio/Drift.ts';
import type { Fixed } from '../Target.ts';

/** Give the weights as they were written. */
export function fixed(target: Fixed): Weights {
  return target.weights;
}
