// Ask a target where the portfolio should be.

import type { Weights } from '../portfolio/Drift.ts';
import type { Blind } from './Blind.ts';
import type { Target } from './Target.ts';
import { fixed } from './targets/fixed.ts';
import type { View } from './View.ts';

/** Give the weights that are wanted now, which sum to one, and why where that is not plain; or say what could not be seen. */
export type Aim = { readonly kind: 'weights'; readonly weights: Weights; readonly why?: string } | Blind;

/** Find the weights that a target asks for now. */
export function aim(target: Target, _view: View): Aim {
  switch (target.kind) {
    case 'fixed':
      return { kind: 'weights', weights: fixed(target) };
  }
}
