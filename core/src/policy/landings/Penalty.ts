// Let the plan itself say how far to go: being off target counts against what trading costs, and it stops where a further trade would
// cost what it gains.

import * as Field from '../Field.ts';

/**
 * Count κ/2·‖d‖² of the portfolio's value for weights that are off target by d; κ {1} = `kappa`. Where trading one asset
 * for another costs k one way, trades stop k/2κ from the target, as both are then off: κ = k/2b for a landing point b.
 */
export type Penalty = { readonly kind: 'penalty'; readonly kappa: number };

/** Read a penalty. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Penalty {
  Field.record(field, ['kind', 'kappa']);
  return { kind: 'penalty', kappa: Field.number(Field.part(field, 'kappa'), 1e-6, 1e6) };
}
