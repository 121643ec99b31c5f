// Who is in an index of the largest: a buffer around the last rank keeps those who hover there from being traded in and
// out again and again.

import type { AssetId } from '../../money/Asset.ts';

/** Say how many are wanted, up to which rank anyone enters, and beyond which rank a member leaves: enter ≤ count ≤ leave. */
export type Ranks = { readonly count: number; readonly enter: number; readonly leave: number };

/**
 * Select from candidates, largest first: everyone of rank up to `enter`; then members of rank up to `leave`, largest first,
 * until there are `count`; then, if there are still too few, the largest others (the buffer of the STOXX blue chips).
 */
export function selectMembers(
  largestFirst: readonly AssetId[],
  members: ReadonlySet<AssetId>,
  { count, enter, leave }: Ranks,
): readonly AssetId[] {
  const sure = largestFirst.slice(0, enter);
  const kept = largestFirst.slice(enter, leave).filter((asset) => members.has(asset));
  const selected = new Set([...sure, ...kept].slice(0, count));
  const others = largestFirst.filter((asset) => !selected.has(asset)).slice(0, count - selected.size);
  const chosen = new Set([...selected, ...others]);
  return largestFirst.filter((asset) => chosen.has(asset));
}
