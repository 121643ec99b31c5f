// Ask a target where the portfolio should be.

import type { Weights } from '../portfolio/Drift.ts';
import type { Target } from './Strategy.ts';
import { fixed } from './targets/fixed.ts';

/** Give the weights that a target asks for now; they sum to one. */
export function aim(target: Target): Weights {
  switch (target.kind) {
    case 'fixed':
      return fixed(target);
  }
}
