// Periods in the integers of the contracts' `Schedule`.

/** Count the periods of `every` {s} that have begun by a moment {s}; none before the anchor. */
export function begun(moment: bigint, every: bigint, anchor: bigint): bigint {
  return moment < anchor ? 0n : (moment - anchor) / every + 1n;
}
