// What a trigger found, and the words for it: also when it is quiet, a person may ask why nothing happens.

import type { AssetId } from '../../money/Asset.ts';
import type { Weight } from '../../money/Weight.ts';
import type { Past } from '../../portfolio/Past.ts';
import type { Blind } from '../Blind.ts';
import type { Region } from '../Region.ts';

/** Say whether a rebalance is due, and why; or what would have to happen first; or what could not be seen. */
export type Finding = Due | Quiet | Blind;

/** State that a rebalance is due, and how much of the way to the landing it should go now: `share` in (0, 1], all if absent. */
export type Due = Found & { readonly kind: 'due'; readonly share?: number };

/** State that no rebalance is due. */
export type Quiet = Found & { readonly kind: 'quiet' };

/** Hold what every finding tells, due or not. */
type Found = {
  readonly why: string;
  /** The region in which the trigger waits, asset by asset; absent where it draws none. */
  readonly region?: Region;
  /** Where a rebalance ends whose region has no edge for each asset alone; the others stay. Absent where it has. */
  readonly ends?: ReadonlyMap<AssetId, Weight>;
  /** What the trigger must be told of next time; absent where it needs nothing. */
  readonly keep?: Keep;
};

/** Name what a trigger may ask to be told of next time. */
export type Keep = Pick<Past, 'outsideSince' | 'spreadSince'>;
