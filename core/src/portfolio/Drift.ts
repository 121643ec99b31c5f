// How far each asset is from where it should be, in both senses users mean.

import type { AssetId } from '../money/Asset.ts';
import type { Usd } from '../money/Price.ts';
import type { Weight } from '../money/Weight.ts';

/** State one asset's weight against its target and band. */
export type Drift = {
  readonly asset: AssetId;
  readonly value: Usd;
  readonly weight: Weight;
  readonly target: Weight;
  /** weight − target, in weight units: 0.05 is five percentage points. */
  readonly absolute: number;
  /** (weight − target) / target; absent where the target is zero. */
  readonly relative?: number;
  /** Lowest and highest weight inside the band; absent where no band guards this asset. */
  readonly band?: readonly [Weight, Weight];
};
