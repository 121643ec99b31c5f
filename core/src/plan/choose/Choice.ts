// What a choice of markets is: which of them trade and what, what that is worth after their fixed costs, and what no choice is worth more than.

import type { Shadows } from './Shadows.ts';

/** Say when a choice is good enough, and how much work it may take. */
export type Budget = {
  /** Stop at this gap {1} of what is at stake: what holdings are worth before. */
  readonly gap: number;
  /** Look at the markets at most so often, over all programs that are solved, but for a few looks more to end the last of them with. */
  readonly looks: number;
  /** Stop where `now` reaches `until`, both in the caller's own unit of time. A choice with a clock can not be replayed without it. */
  readonly clock?: { readonly now: () => number; readonly until: number };
};

/** State what is traded with one market: in which of its ways, and what the trader receives of each of its tokens {tok}, in their order. */
export type Chosen = { readonly alternative: number; readonly got: readonly number[] };

/** Hold a choice: feasible, never worth less than doing nothing, with its certificate. */
export type Choice = {
  /** What is traded with each offer; undefined where nothing is. */
  readonly trades: readonly (Chosen | undefined)[];
  /** What the trader receives of each token {tok}. */
  readonly net: Float64Array;
  /** The prices {value/tok} at which the chosen markets alone would make this flow. */
  readonly prices: Float64Array;
  /** What each offer would gain at those prices if it were used, in its best way and before its fixed cost {value}. */
  readonly gains: readonly number[];
  /** What the goal makes of the flow, less the fixed costs of what is used {value}. */
  readonly value: number;
  /** What no choice is worth more than {value}. */
  readonly bound: number;
  /** bound − value {value}, at least zero. */
  readonly gap: number;
  /** What the goal makes of doing nothing {value}: −Infinity where that misses an exact target. */
  readonly idle: number;
  /** How often the markets were looked at, and how many programs were solved. */
  readonly looks: number;
  readonly solves: number;
  /** What the limits that were met cost. */
  readonly shadows: Shadows;
};
