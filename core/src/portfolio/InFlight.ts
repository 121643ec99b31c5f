// Value that has left one place and not yet arrived at another. It still counts as held.

import type { AssetId } from '../money/Asset.ts';
import type { Time } from '../money/Time.ts';

/** Describe a transfer under way: the least that will arrive, of what, and by when. */
export type InFlight = {
  readonly id: string;
  readonly asset: AssetId;
  /** The least that will arrive, in atoms. */
  readonly atoms: bigint;
  readonly due: Time;
};
