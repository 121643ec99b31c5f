// What a policy looks at: the snapshot, and the portfolio in it already valued.

import type { Portfolio } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';

/** Hold a snapshot and its portfolio, which is worth something. */
export type View = { readonly snapshot: Snapshot; readonly portfolio: Portfolio };
