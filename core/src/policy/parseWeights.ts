// The door for weights: a whole, or a sleeve of it, split among assets.

import { TOLERANCE } from '../money/Weight.ts';
import type { Weights } from '../portfolio/Drift.ts';
import * as Field from './Field.ts';
import { StrategyError } from './Field.ts';

/** Read one weight in [0, 1] for each asset named, summing to one. Throws StrategyError. */
export function parseWeights(field: Field.Field): Weights {
  const weights: Record<string, number> = {};
  let sum = 0;
  for (const asset of Field.record(field)) {
    const weight = Field.number(Field.part(field, asset), 0, 1);
    weights[asset] = weight;
    sum += weight;
  }
  if (!(Math.abs(sum - 1) <= TOLERANCE)) throw new StrategyError({ ...field, value: sum }, 'weights that sum to one');
  return weights;
}
