// How far a rebalance goes once it is due.

/** Say how far a rebalance goes once due: all the way, or only back to the edge of the band. */
export type Landing = 'target' | 'edge';
