// Where a rebalance goes: the kinds of target a strategy may name. Each has a file in `targets/`.

import type { Cppi } from './targets/Cppi.ts';
import type { EqualWeight } from './targets/EqualWeight.ts';
import type { Fixed } from './targets/Fixed.ts';
import type { GlidePath } from './targets/GlidePath.ts';
import type { Hedge } from './targets/Hedge.ts';
import type { HierarchicalParity } from './targets/HierarchicalParity.ts';
import type { IndexTracking } from './targets/IndexTracking.ts';
import type { InverseVolatility } from './targets/InverseVolatility.ts';
import type { LendingPlacement } from './targets/LendingPlacement.ts';
import type { Leverage } from './targets/Leverage.ts';
import type { LiquidityRange } from './targets/LiquidityRange.ts';
import type { MaximumDiversification } from './targets/MaximumDiversification.ts';
import type { MeanVariance } from './targets/MeanVariance.ts';
import type { MinimumVariance } from './targets/MinimumVariance.ts';
import type { RiskBudget } from './targets/RiskBudget.ts';
import type { Signalled } from './targets/Signalled.ts';
import type { Tilt } from './targets/Tilt.ts';
import type { Tipp } from './targets/Tipp.ts';
import type { VolatilityTarget } from './targets/VolatilityTarget.ts';

/** Say where a rebalance goes. */
export type Target =
  | Fixed
  | EqualWeight
  | InverseVolatility
  | VolatilityTarget
  | GlidePath
  | Cppi
  | Tipp
  | Leverage
  | Hedge
  | LiquidityRange
  | LendingPlacement
  | Signalled
  | RiskBudget
  | MinimumVariance
  | MaximumDiversification
  | HierarchicalParity
  | MeanVariance
  | IndexTracking
  | Tilt;
