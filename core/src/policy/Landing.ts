// How far a rebalance goes once it is due.

/** Say how far a rebalance goes once due. */
export type Landing =
  /** All the way. */
  | 'target'
  /** Only back inside the edge of the band. */
  | 'edge'
  /** To the point inside the band at which its trigger says that it is cheapest to stop. */
  | 'inner';
