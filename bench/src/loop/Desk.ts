// A portfolio that does what the program says and nothing else: asked at a deviation, it trades with cash through markets that
// charge a share of what is traded and do not move, which is the cost that the theory of no-trade regions is about.

import { MarketProgram, solveProgram, workspace, type Model, type Workspace } from '@trimtab/core';

/** State target weights of assets {1}, the rest being cash, what trading costs, and how much a deviation counts. */
export type Setting = {
  readonly weights: readonly number[];
  /** k {1} [0, 1): a sale yields 1 − k times its value. */
  readonly proportional: number;
  /** κ {1}: with one asset the cash misses by as much as the asset does, so that the program rests from k/(2κ) inwards. */
  readonly kappa: number;
};

/** Hold a setting with the program that stands for its markets. */
export type Desk = {
  readonly weights: readonly number[];
  readonly kappa: number;
  readonly program: MarketProgram;
  readonly space: Workspace;
};

/** Hold what was bought of each asset, deviations of weights after it, and what it cost, all as shares of the portfolio {1}. */
export type Landed = {
  readonly bought: readonly number[];
  readonly deviations: readonly number[];
  readonly paid: number;
};

/** How much of a portfolio's worth a market holds: its prices do not move by more than a millionth. */
const DEEP = 1e6;
/** Landings are as near as the root of this {1}. */
const GAP = 1e-14;

/** Set up a desk. */
export function of({ weights, proportional, kappa }: Setting): Desk {
  const models = weights.map((_, asset): Model => marketOf(asset + 1, proportional));
  const program = MarketProgram.of(weights.length + 1, models);
  return { weights, kappa, program, space: workspace(program) };
}

/** Ask the program what to do at deviations from the target {1}, and do it. */
export function land({ weights, kappa, program, space }: Desk, deviations: readonly number[]): Landed {
  const held = weights.map((weight, asset) => weight + (deviations[asset] ?? NaN));
  const goal = {
    kind: 'rebalance',
    holdings: [1 - sum(held), ...held],
    prices: [1, ...weights.map(() => 1)],
    weights: [1 - sum(weights), ...weights],
    kappa,
  } as const;
  const { net } = solveProgram(program, goal, { gap: GAP, looks: 200 }, space);
  const bought = weights.map((_, asset) => net[asset + 1] ?? NaN);
  const after = held.map((worth, asset) => worth + (bought[asset] ?? NaN));
  const total = sum(after) + goal.holdings[0] + (net[0] ?? NaN);
  return {
    bought,
    deviations: after.map((worth, asset) => worth / total - (weights[asset] ?? NaN)),
    paid: 1 - total,
  };
}

function marketOf(asset: number, fee: number): Model {
  return { kind: 'constant-product', tokens: [0, asset], reserves: [DEEP, DEEP], fee };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
