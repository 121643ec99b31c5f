// The door for targets.

import * as Field from './Field.ts';
import type { Target } from './Target.ts';
import * as Fixed from './targets/Fixed.ts';

/** Read a target. Throws StrategyError with the path of the first value that will not do. */
export function parseTarget(field: Field.Field): Target {
  switch (Field.kind(field, ['fixed'])) {
    case 'fixed':
      return Fixed.parse(field);
  }
}
