// How much of an asset the portfolio has, to the atom.

import type { AssetId } from '../money/Asset.ts';

/** State a balance in atoms; negative for a debt. */
export type Holding = { readonly asset: AssetId; readonly atoms: bigint };
