// Where a rebalance goes: the kinds of target a strategy may name. Each has a file in `targets/`.

import type { Fixed } from './targets/Fixed.ts';

/** Say where a rebalance goes. */
export type Target = Fixed;
