// What the policy wants, before anyone asks how: hold, or move to these weights, and why.

import type { AssetId } from '../money/Asset.ts';
import type { Weight } from '../money/Weight.ts';

export type Intent =
  | { readonly kind: 'hold'; readonly why: string }
  | {
      readonly kind: 'move';
      readonly why: string;
      /** Where each asset of the portfolio should land; sums to one. */
      readonly weights: { readonly [asset: AssetId]: Weight };
    };
