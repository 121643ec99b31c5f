// How far a rebalance goes once it is due.

import type { GarleanuPedersen } from './landings/GarleanuPedersen.ts';
import type { Impact } from './landings/Impact.ts';
import type { Partial } from './landings/Partial.ts';
import type { Penalty } from './landings/Penalty.ts';
import type { Risk } from './landings/Risk.ts';

/** Say how far a rebalance goes once due. */
export type Landing =
  /** All the way. */
  | 'target'
  /** Only back inside the edge of the region, all the way if none was left: right where a trade costs in proportion to its size. */
  | 'edge'
  /** To the point inside the region where its trigger says that it is cheapest to stop: right where gas counts as well. */
  | 'inner'
  /** As far as the money that came in or went out carries, if that is enough; else all the way. */
  | 'flow-first'
  /** A share of the way: right where a trade moves the price against itself. */
  | Partial
  | Impact
  | GarleanuPedersen
  /** As far as trading costs less than it gains: the plan weighs what being off target counts for against the markets and their gas. */
  | Penalty
  | Risk;
