// The door for landings.

import * as Field from './Field.ts';
import type { Landing } from './Landing.ts';

/** Read a landing. Throws StrategyError with the path of the first value that will not do. */
export function parseLanding(field: Field.Field): Landing {
  return Field.word(field, ['target', 'edge', 'inner']);
}
