// A portfolio that does what the program says and nothing else: asked at a deviation, it trades with cash through markets that
// charge a share of what is traded and do not move, which is the cost that the theory of no-trade regions is about.

import { MarketProgram, solveProgram, workspace, type Goal, type Model, type Workspace } from '@trimtab/core';

type Rebalance = Extract<Goal, { readonly kind: 'rebalance' }>;
type Matrix = readonly (readonly number[])[];

/** State target weights of assets {1}, the rest being cash, what trading costs, and how much a deviation counts. */
export type Setting = {
  readonly weights: readonly number[];
  /** k {1} [0, 1): a sale yields 1 − k times its value. */
  readonly proportional: number;
  /** κ {1}. */
  readonly kappa: number;
  /**
   * How deviations of the assets count together {1}: a deviation δ is taken to cost ½κ·δ'·norm·δ from there on. Where it is left out every
   * coin counts alike, cash too: one asset and cash miss by the same, and κδ² is what it costs.
   */
  readonly norm?: Matrix;
};

/** Hold a setting with the program that stands for its markets. */
export type Desk = Setting & {
  readonly models: readonly Model[];
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
export function of(setting: Setting): Desk {
  const { weights, proportional } = setting;
  const models = weights.map((_, asset): Model => marketOf(asset + 1, proportional));
  const program = MarketProgram.of(weights.length + 1, models);
  return { ...setting, models, program, space: workspace(program) };
}

/** State what a portfolio at deviations from its target {1} asks for. */
export function goalOf({ weights, kappa, norm }: Setting, deviations: readonly number[]): Rebalance {
  const held = weights.map((weight, asset) => weight + (deviations[asset] ?? NaN));
  const goal = {
    kind: 'rebalance',
    holdings: [1 - sum(held), ...held],
    prices: [1, ...weights.map(() => 1)],
    weights: [1 - sum(weights), ...weights],
    kappa,
    // Far off its target a portfolio may owe: what is asked is where it lands.
    least: [-1, ...weights.map(() => -1)],
  } as const;
  if (norm === undefined) return goal;
  // Cash misses by what all assets do together, and does not count again.
  return { ...goal, norm: [[0, ...weights.map(() => 0)], ...norm.map((row) => [0, ...row])] };
}

/** Ask the program what to do at deviations from the target {1}, and do it. */
export function land(desk: Desk, deviations: readonly number[]): Landed {
  const goal = goalOf(desk, deviations);
  const { net } = solveProgram(desk.program, goal, { gap: GAP, looks: 200 }, desk.space);
  const after = goal.holdings.map((worth, token) => worth + (net[token] ?? NaN));
  const total = sum(after);
  return {
    bought: [...net.subarray(1)],
    deviations: desk.weights.map((weight, asset) => (after[asset + 1] ?? NaN) / total - weight),
    paid: 1 - total,
  };
}

function marketOf(asset: number, fee: number): Model {
  return { kind: 'constant-product', tokens: [0, asset], reserves: [DEEP, DEEP], fee };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
