// The door for targets.

import * as Field from './Field.ts';
import type { Target } from './Target.ts';
import * as Cppi from './targets/Cppi.ts';
import * as EqualWeight from './targets/EqualWeight.ts';
import * as Fixed from './targets/Fixed.ts';
import * as GlidePath from './targets/GlidePath.ts';
import * as Hedge from './targets/Hedge.ts';
import * as HierarchicalParity from './targets/HierarchicalParity.ts';
import * as IndexTracking from './targets/IndexTracking.ts';
import * as InverseVolatility from './targets/InverseVolatility.ts';
import * as LendingPlacement from './targets/LendingPlacement.ts';
import * as Leverage from './targets/Leverage.ts';
import * as LiquidityRange from './targets/LiquidityRange.ts';
import * as MaximumDiversification from './targets/MaximumDiversification.ts';
import * as MeanVariance from './targets/MeanVariance.ts';
import * as MinimumVariance from './targets/MinimumVariance.ts';
import * as RiskBudget from './targets/RiskBudget.ts';
import * as Signalled from './targets/Signalled.ts';
import * as Tilt from './targets/Tilt.ts';
import * as Tipp from './targets/Tipp.ts';
import * as VolatilityTarget from './targets/VolatilityTarget.ts';

/** How each kind is read: the compiler asks for a reader of every kind there is. */
const READERS: { readonly [Kind in Target['kind']]: (field: Field.Field) => Extract<Target, { kind: Kind }> } = {
  fixed: Fixed.parse,
  'equal-weight': EqualWeight.parse,
  'inverse-volatility': InverseVolatility.parse,
  'volatility-target': VolatilityTarget.parse,
  'glide-path': GlidePath.parse,
  cppi: Cppi.parse,
  tipp: Tipp.parse,
  leverage: Leverage.parse,
  hedge: Hedge.parse,
  'liquidity-range': LiquidityRange.parse,
  lending: LendingPlacement.parse,
  signal: Signalled.parse,
  'risk-budget': RiskBudget.parse,
  'minimum-variance': MinimumVariance.parse,
  'maximum-diversification': MaximumDiversification.parse,
  'hierarchical-parity': HierarchicalParity.parse,
  'mean-variance': MeanVariance.parse,
  index: IndexTracking.parse,
  tilt: Tilt.parse,
};

const KINDS = Object.keys(READERS) as readonly Target['kind'][];

/** Read a target. Throws StrategyError with the path of the first value that will not do. */
export function parseTarget(field: Field.Field): Target {
  return READERS[Field.kind(field, KINDS)](field);
}
