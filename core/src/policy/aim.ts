// Ask a target where the portfolio should be.

import type { Target } from './Target.ts';
import type { Aim } from './targets/Aim.ts';
import * as Fixed from './targets/Fixed.ts';
import type { View } from './View.ts';

/** Find the weights that a target asks for now. */
export function aim(target: Target, _view: View): Aim {
  switch (target.kind) {
    case 'fixed':
      return Fixed.aim(target);
  }
}
