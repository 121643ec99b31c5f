// Ask a target where the portfolio should be.

import type { Target } from './Target.ts';
import type { Aim } from './targets/Aim.ts';
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
import type { View } from './View.ts';

/** Find the weights that a target asks for now. */
export function aim(target: Target, view: View): Aim {
  switch (target.kind) {
    case 'fixed':
      return Fixed.aim(target);
    case 'equal-weight':
      return EqualWeight.aim(target, view);
    case 'inverse-volatility':
      return InverseVolatility.aim(target, view);
    case 'volatility-target':
      return VolatilityTarget.aim(target, view);
    case 'glide-path':
      return GlidePath.aim(target, view);
    case 'cppi':
      return Cppi.aim(target, view);
    case 'tipp':
      return Tipp.aim(target, view);
    case 'leverage':
      return Leverage.aim(target, view);
    case 'hedge':
      return Hedge.aim(target, view);
    case 'liquidity-range':
      return LiquidityRange.aim(target, view);
    case 'lending':
      return LendingPlacement.aim(target, view);
    case 'signal':
      return Signalled.aim(target, view);
    case 'risk-budget':
      return RiskBudget.aim(target, view);
    case 'minimum-variance':
      return MinimumVariance.aim(target, view);
    case 'maximum-diversification':
      return MaximumDiversification.aim(target, view);
    case 'hierarchical-parity':
      return HierarchicalParity.aim(target, view);
    case 'mean-variance':
      return MeanVariance.aim(target, view);
    case 'index':
      return IndexTracking.aim(target, view);
    case 'tilt':
      return Tilt.aim(target, view);
  }
}
