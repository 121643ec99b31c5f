// What a search answers: a flow, and how much better another could be at most.

import type * as Program from './Program.ts';

/** Hold a flow that every market admits and that leaves no holding below its limit, with the bound that no flow exceeds. */
export type Solution = {
  /** What the trader receives of each token {tok}. */
  readonly net: Float64Array;
  /** What the markets do; it lies in the workspace, where the next search overwrites it. `Program.trade` reads a market out of it. */
  readonly answer: Program.Answer;
  /** The share of that which is taken {1}: one, or less where the whole would overdraw a holding. */
  readonly share: number;
  /** The prices {value/tok} that prove the bound. */
  readonly prices: Float64Array;
  /** What one more of a token that runs out is worth beyond what it counts for, at those prices {value/tok}; zero where enough is left. */
  readonly limits: Float64Array;
  readonly value: number;
  readonly bound: number;
  /** bound − value {value}. */
  readonly gap: number;
  /** Whether the gap is as small as was asked. */
  readonly closed: boolean;
  /** How often the markets were looked at, Newton steps taken, and rounds of conjugate gradients in them. */
  readonly looks: number;
  readonly steps: number;
  readonly rounds: number;
};
