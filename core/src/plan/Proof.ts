// How good a plan is, and how much better any other could be: what a reader needs to trust it without solving it again.

import type { AssetId } from '../money/Asset.ts';
import type { MarketId } from '../market/Market.ts';

/** Certify a plan. Worth and gaps are beliefs {USD}. */
export type Proof = {
  /**
   * What the portfolio counts for after the plan as it will be executed, in whole atoms: its value, less what being off target
   * counts for, less what the plan costs in gas.
   */
  readonly objective: number;
  /** The same if nothing is done. */
  readonly idle: number;
  /** What no plan through these markets counts for more than. */
  readonly bound: number;
  /** bound − objective, at least zero; beside it in basis points of the portfolio's value. */
  readonly gap: number;
  readonly gapBps: number;
  /** How often all markets were asked for their answer to prices, and how many programs were solved: the work, counted instead of timed. */
  readonly looks: number;
  readonly solves: number;
  /** How long it took, in the unit of the clock that was handed in; absent without one, as a plan must come out the same in a replay. */
  readonly took?: number;
  /** What each limit costs that was met. */
  readonly shadows: readonly Shadow[];
};

/** Price a limit that was met. */
export type Shadow = {
  readonly limit: 'held' | 'market' | 'turnover';
  /** Whose limit it is; absent for one of the whole portfolio. */
  readonly asset?: AssetId;
  readonly market?: MarketId;
  /** What one more dollar of room would count for in the objective {USD/USD}. */
  readonly price: number;
  readonly why: string;
};
