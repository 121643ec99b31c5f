// What a market does at given prices. Every solver of this folder sees a market through this and nothing else: the trade
// that gains most, what it gains, and how the trade turns when the prices turn.

/** Hold the best trade at given prices, per token of the market, in the market's own order. */
export type Response = {
  /** What the trade gains {value}, never below zero except for an offer that is all or nothing. */
  readonly gain: number;
  /** What the trader receives {tok}, negative what is tendered. It is also the gradient of the gain. */
  readonly trade: readonly number[];
  /** How the trade changes with the prices {tok²/value}: symmetric, positive semidefinite. */
  readonly curvature: readonly (readonly number[])[];
};

/** Answer with no trade at all for a market of so many tokens. */
export function none(size: number): Response {
  return { gain: 0, trade: Array<number>(size).fill(0), curvature: square(size) };
}

/** Make a square of zeros. */
export function square(size: number): number[][] {
  return Array.from({ length: size }, () => Array<number>(size).fill(0));
}
