// What a target starts from where it changes only some of the weights.

import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import type { View } from '../View.ts';

/** Give the weights that the portfolio has now. */
export function present({ portfolio }: View): Weights {
  return Object.fromEntries(
    portfolio.positions.map((position) => [position.asset.id, Portfolio.weight(portfolio, position)]),
  );
}
