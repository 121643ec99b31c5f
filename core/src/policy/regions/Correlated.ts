// Two assets that move together under a proportional cost: nobody knows a formula for the best region, so it is computed, by policy
// iteration on a Markov chain that moves as the deviations do (Kushner and Dupuis, 2001, chapters 5 and 9). Seconds, not
// microseconds: made to judge rules that are quick, such as NoTrade.perAsset, not to trade by.

import { at, checkInside, ForecastError } from '../../forecast/Numbers.ts';
import { solveBanded } from '../../forecast/solveBanded.ts';
import * as NoTrade from './NoTrade.ts';

type Two = readonly [number, number];

/** State how two deviations move {1/yr}, what being off costs {1/yr}, and the cost k {1} (0, 1) of trading each against cash. */
export type Setting = {
  readonly covariance: readonly [Two, Two];
  readonly curvature: readonly [Two, Two];
  readonly proportional: Two;
};

/** Hold the least cost {1/yr} and, for every node of a grid around the target, whether it is best to wait there. */
export type Region = { readonly cost: number; readonly steps: Two; readonly waits: readonly (readonly boolean[])[] };

/** A grid of `nodes`² deviations around zero; the steps go with the deviations' own spread, on which no correlation makes a rate negative. */
type Grid = { readonly nodes: number; readonly steps: Two };

/** What to do at a node: -1 is to wait, anything else the node to trade to, one step nearer along one axis. */
type Policy = Int32Array;

const WAIT = -1;
/** How far the grid reaches, in widths of the widest region that an asset would have alone: what is best, and what a rule may say. */
const REACH = 1.8;
const RULE_REACH = 2.6;
const ROUNDS = 60;

/** Find the best region on a grid of `nodes` by `nodes`, an odd number; the error of the cost falls with its square, 0.01 % at 61. Throws ForecastError. */
export function of(setting: Setting, nodes: number): Region {
  checkNodes(nodes);
  const widths = widthsOf(setting);
  const grid = gridOf(setting, nodes, REACH);
  let policy = boxPolicy(grid, [widths[0] / grid.steps[0], widths[1] / grid.steps[1]]);
  for (let round = 0; round < ROUNDS; round++) {
    const { cost, values } = evaluate(setting, grid, policy);
    const better = improve(setting, grid, policy, cost, values);
    if (better === undefined) return { cost, steps: grid.steps, waits: waitsOf(grid, policy) };
    policy = better;
  }
  throw new ForecastError('setting', `no best region in ${ROUNDS} rounds`, 'give another number of nodes');
}

/** Compute the cost {1/yr} of trimming each asset at its own edges, ±`widths`, whatever the other does. Throws ForecastError. */
export function costOfBox(setting: Setting, widths: Two, nodes: number): number {
  checkNodes(nodes);
  widthsOf(setting);
  checkInside(widths[0], 0, Infinity, 'widths[0]');
  checkInside(widths[1], 0, Infinity, 'widths[1]');
  const half = (nodes - 1) / 2;
  // A chain that is pushed back from node n moves as if it were reflected halfway before it.
  const grid = { nodes, steps: [widths[0] / (half - 0.5), widths[1] / (half - 0.5)] as const };
  return evaluate(setting, grid, boxPolicy(grid, [half, half])).cost;
}

/**
 * Compute the cost {1/yr} of a rule that gives the pressure on each asset at a deviation, signed like the deviation itself: where
 * one is beyond ±1 the asset of the larger is traded towards the target until it is not. The error is that of a boundary that is
 * known to half a step. Throws ForecastError.
 */
export function costOfRule(setting: Setting, pressures: (delta: Two) => Two, nodes: number): number {
  checkNodes(nodes);
  const grid = gridOf(setting, nodes, RULE_REACH);
  return evaluate(setting, grid, rulePolicy(grid, pressures)).cost;
}

/** Trade whatever is `edges` or more steps away, or on the rim, one step nearer; the first axis first. */
function boxPolicy({ nodes }: Grid, edges: Two): Policy {
  const half = (nodes - 1) / 2;
  return Int32Array.from({ length: nodes ** 2 }, (_, index) => {
    const [x, y] = [Math.floor(index / nodes) - half, (index % nodes) - half];
    if (Math.abs(x) >= Math.min(half, edges[0])) return index - Math.sign(x) * nodes;
    return Math.abs(y) >= Math.min(half, edges[1]) ? index - Math.sign(y) : WAIT;
  });
}

/** Trade the asset of the larger pressure. A chain that is pushed back from a node moves as if its edge were half a step before it. */
function rulePolicy(grid: Grid, pressures: (delta: Two) => Two): Policy {
  const { nodes, steps } = grid;
  const half = (nodes - 1) / 2;
  return Int32Array.from({ length: nodes ** 2 }, (_, node) => {
    const delta: Two = [(Math.floor(node / nodes) - half) * steps[0], ((node % nodes) - half) * steps[1]];
    const signs = pressures(delta).map(Math.sign);
    const [one, other] = [(signs[0] ?? 0) * steps[0], (signs[1] ?? 0) * steps[1]];
    const first = Math.abs(pressures([delta[0] - one / 2, delta[1]])[0]);
    const second = Math.abs(pressures([delta[0], delta[1] - other / 2])[1]);
    const choices = [node - (signs[0] ?? 0) * nodes, node - (signs[1] ?? 0)] as const;
    if (Math.max(first, second) >= 1 && !isRim(grid, node)) return first >= second ? choices[0] : choices[1];
    return isRim(grid, node) ? at(inward(nodes, node), 0) : WAIT;
  });
}

function gridOf(setting: Setting, nodes: number, widest: number): Grid {
  const [widths, spreads] = [widthsOf(setting), spreadsOf(setting)];
  const unit = (2 * widest * Math.max(widths[0] / spreads[0], widths[1] / spreads[1])) / (nodes - 1);
  return { nodes, steps: [unit * spreads[0], unit * spreads[1]] };
}

/** The neighbours that a waiting node moves to, as distances in the list of nodes, with their rates {1/yr}. */
function moves({ covariance }: Setting, { nodes, steps }: Grid): readonly Two[] {
  const [[c11, c12], [, c22]] = covariance;
  const cross = Math.abs(c12) / (2 * steps[0] * steps[1]);
  const [one, other] = [c11 / (2 * steps[0] ** 2) - cross, c22 / (2 * steps[1] ** 2) - cross];
  if (!(one >= 0 && other >= 0)) {
    throw new ForecastError(
      'widths',
      steps.join(' and '),
      "give widths nearer to the ratio of the deviations' spreads",
    );
  }
  const diagonal = c12 < 0 ? nodes - 1 : nodes + 1;
  return (
    [
      [nodes, one],
      [1, other],
      [diagonal, cross],
    ] as const
  ).flatMap(([by, rate]): Two[] => [
    [by, rate],
    [-by, rate],
  ]);
}

/** The penalty ½δ'Qδ of each node {1/yr}. */
function penalties({ curvature }: Setting, { nodes, steps }: Grid): Float64Array {
  const [[q11, q12], [q21, q22]] = curvature;
  const half = (nodes - 1) / 2;
  return Float64Array.from({ length: nodes ** 2 }, (_, index) => {
    const [x, y] = [(Math.floor(index / nodes) - half) * steps[0], ((index % nodes) - half) * steps[1]];
    return (q11 * x ** 2 + (q12 + q21) * x * y + q22 * y ** 2) / 2;
  });
}

/** What trading from a node to a neighbour costs {1}. */
function tradeCost({ proportional }: Setting, { nodes, steps }: Grid, from: number, to: number): number {
  return Math.abs(from - to) === nodes ? proportional[0] * steps[0] : proportional[1] * steps[1];
}

/**
 * Solve for the average cost of a policy {1/yr} and the relative cost of starting at each node {1}. At the origin the latter is
 * zero by choice, and the equation that stands there gives the average: what a return to the origin costs over its time.
 */
function evaluate(
  setting: Setting,
  grid: Grid,
  policy: Policy,
): { readonly cost: number; readonly values: Float64Array } {
  const around = moves(setting, grid);
  const leaving = around.reduce((total, [, rate]) => total + rate, 0);
  const size = grid.nodes ** 2;
  const width = grid.nodes + 1;
  const origin = (size - 1) / 2;
  const entries = new Float64Array(size * (2 * width + 1));
  const paid = penalties(setting, grid);
  const time = new Float64Array(size);
  policy.forEach((target, node) => {
    const row = node * (2 * width + 1) + width;
    if (node === origin) {
      entries[row] = 1;
      paid[node] = 0;
    } else if (target === WAIT) {
      entries[row] = leaving;
      for (const [by, rate] of around) entries[row + by] = -rate;
      time[node] = 1;
    } else {
      entries[row] = 1;
      entries[row + target - node] = -1;
      paid[node] = tradeCost(setting, grid, node, target);
    }
  });
  solveBanded({ size, width, entries }, [paid, time]);
  const around0 = (values: Float64Array) =>
    around.reduce((total, [by, rate]) => total + rate * (values[origin + by] ?? 0), 0);
  const cost = around0(paid) / (1 + around0(time));
  return { cost, values: paid.map((value, node) => value - cost * (time[node] ?? 0)) };
}

/** Choose at every node what is cheapest given the values; nothing where that is the policy itself. */
function improve(setting: Setting, grid: Grid, policy: Policy, cost: number, values: Float64Array): Policy | undefined {
  const around = moves(setting, grid);
  const leaving = around.reduce((total, [, rate]) => total + rate, 0);
  const penalty = penalties(setting, grid);
  const { nodes } = grid;
  const valueAt = (node: number) => values[node] ?? 0;
  const waiting = (node: number) =>
    around.reduce((total, [by, rate]) => total + rate * valueAt(node + by), (penalty[node] ?? 0) - cost) / leaving;
  const next = policy.map((action, node) => {
    const worth = (choice: number) =>
      choice === WAIT ? waiting(node) : valueAt(choice) + tradeCost(setting, grid, node, choice);
    const choices = [...(isRim(grid, node) ? [] : [WAIT]), ...inward(nodes, node)];
    // What is not better by more than rounding is left as it is, or two equals would take turns for ever.
    return choices.reduce((best, choice) => (worth(choice) < worth(best) - 1e-13 ? choice : best), action);
  });
  return next.some((action, node) => action !== policy[node]) ? next : undefined;
}

/** The neighbours that are nearer to the target along one axis. */
function inward(nodes: number, node: number): readonly number[] {
  const half = (nodes - 1) / 2;
  const [x, y] = [Math.floor(node / nodes) - half, (node % nodes) - half];
  return [...(x === 0 ? [] : [node - Math.sign(x) * nodes]), ...(y === 0 ? [] : [node - Math.sign(y)])];
}

function isRim({ nodes }: Grid, node: number): boolean {
  const [x, y] = [Math.floor(node / nodes), node % nodes];
  return x === 0 || y === 0 || x === nodes - 1 || y === nodes - 1;
}

function waitsOf({ nodes }: Grid, policy: Policy): readonly (readonly boolean[])[] {
  return Array.from({ length: nodes }, (_, x) =>
    Array.from({ length: nodes }, (__, y) => policy[x * nodes + y] === WAIT),
  );
}

function widthsOf({ covariance, curvature, proportional }: Setting): Two {
  const alone = NoTrade.perAsset(covariance, curvature, proportional, 0);
  const widths: Two = [at(alone, 0).trigger, at(alone, 1).trigger];
  checkInside(widths[0], 0, Infinity, 'proportional[0]');
  checkInside(widths[1], 0, Infinity, 'proportional[1]');
  const [[c11, c12], [, c22]] = covariance;
  const correlation = c12 / Math.sqrt(c11 * c22);
  checkInside(correlation, -1, 1, 'correlation');
  return widths;
}

function spreadsOf({ covariance }: Setting): Two {
  return [Math.sqrt(covariance[0][0]), Math.sqrt(covariance[1][1])];
}

function checkNodes(nodes: number): void {
  if (Number.isInteger(nodes) && nodes % 2 === 1 && nodes >= 5 && nodes <= 201) return;
  throw new ForecastError('nodes', `${nodes}`, 'give an odd number from 5 to 201');
}
