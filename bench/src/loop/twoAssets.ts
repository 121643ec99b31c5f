// Two assets that move together, under a proportional cost: nobody knows the best region in closed form, so the program's region
// stands beside the one that policy iteration finds, and beside what thresholds and calendars can do at their best. Costs of regions
// are computed on a grid, without chance; the program itself is asked at every node.

import { Correlated, Ellipsoid, NoTrade, Skewed } from '@trimtab/core';
import type { Row } from '../main.ts';
import { vectors } from '../reference/check.ts';
import { number, numbers } from '../reference/read.ts';
import { simulateLandedPair } from '../reference/simulate/landedPair.ts';
import { costOfProgram } from './costOfProgram.ts';
import * as Desk from './Desk.ts';

type Two = readonly [number, number];
type Square = readonly [Two, Two];
type Matrix = readonly (readonly number[])[];
type Problem = { readonly weights: readonly number[]; readonly setting: Correlated.Setting };

/** At most this times the cost of the best region, and how near to the grid what is played must come. */
const [TARGET, NEAR] = [1.03, 0.02];
/** Nodes of the grids, along one axis: that of a figure, and that of a search. */
const [FINE, COARSE] = [61, 31];
/** Correlations beside the published one. */
const OTHERS = [-0.5, 0, 0.8];
/** Multiples of κ, and of the widths of boxes, that are tried. */
const FACTORS = [0.7, 0.85, 1, 1.1, 1.2, 1.3, 1.5, 1.8];
const BOXES = [1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3];
/** Looks in the time in which an asset drifts a width of its own, and how many such times are played. */
const [LOOKS, CYCLES] = [100, 1_500];

/** Measure the program beside the best region, thresholds and calendars. */
export function twoAssets(): readonly Row[] {
  const { inputs = {}, expected = {} } = vectors()['S3.9'] ?? {};
  const problem = problemOf(inputs, number(inputs['rho']));
  const { setting } = problem;
  const least = number(expected['optimal']);
  const alone = widthsOf(setting);
  const desk = deskOf(problem, normOf(setting));
  const cost = costOfProgram(setting, desk, FINE);
  return [
    ...rows('two assets, program', cost, least, TARGET),
    ...played(setting, desk, cost),
    ...rows('two assets, program with a plain norm, best κ', costOfPlain(problem), least, null),
    ...rows('two assets, program with the covariance as its norm, best κ', costOfRisk(problem), least, null),
    ...rows('two assets, policy iteration', Correlated.of(setting, FINE).cost, least, null),
    ...rows('two assets, thresholds, each as if alone', Correlated.costOfBox(setting, alone, FINE), least, null),
    ...rows('two assets, thresholds, best', Correlated.costOfBox(setting, bestBox(setting, alone), FINE), least, null),
    ...rows('two assets, calendar, best', calendar(setting), least, null),
    ...OTHERS.flatMap((correlation) => {
      const other = problemOf(inputs, correlation);
      const found = costOfProgram(other.setting, deskOf(other, normOf(other.setting)), FINE);
      const name = `two assets of correlation ${correlation}, program`;
      return rows(name, found, Correlated.of(other.setting, FINE).cost, TARGET);
    }),
  ];
}

function rows(name: string, found: number, least: number, target: number | null): readonly Row[] {
  const met = target === null ? null : found <= target * least;
  return [
    { case: `${name}: cost`, value: found, unit: '1/yr', target: null, met: null },
    { case: `${name}: cost over the optimum`, value: found / least, unit: '×', target, met },
  ];
}

/** Set up a desk for the problem. */
function deskOf({ weights, setting }: Problem, norm: Matrix): Desk.Desk {
  return Desk.of({ weights, proportional: setting.proportional[0], kappa: 1, norm });
}

/** What a deviation is taken to cost from here on: the quadratic of the quick rule. */
function normOf({ covariance, curvature, proportional }: Correlated.Setting): Matrix {
  return Skewed.of(covariance, curvature, proportional).matrix;
}

/** Play the program, asked at every look at which it is not known to rest, and compare with what the grid says. */
function played(
  setting: Correlated.Setting,
  { weights, proportional, norm: seen = [] }: Desk.Desk,
  cost: number,
): readonly Row[] {
  const { covariance, curvature } = setting;
  const step = widthsOf(setting)[0] ** 2 / covariance[0][0] / LOOKS;
  // Its edges stand nearer by the distance at which they are seen late (Broadie, Glasserman and Kou, 1997).
  const nearer = square(seen).map((row) => {
    const speed = Math.sqrt(
      row[0] ** 2 * covariance[0][0] + 2 * row[0] * row[1] * covariance[0][1] + row[1] ** 2 * covariance[1][1],
    );
    return 1 / (1 - (0.5826 * speed * Math.sqrt(step)) / proportional);
  });
  const matrix = seen.map((row, i) =>
    row.map((value, j) => value * Math.sqrt((nearer[i] ?? NaN) * (nearer[j] ?? NaN))),
  );
  const desk = Desk.of({ weights, proportional, kappa: 1, norm: matrix });
  const land = (delta: Two) => Desk.land(desk, delta);
  const far = 2 * widthsOf(setting)[0];
  const rests = square([land([far, far]).deviations, land([far, -far]).deviations]);
  const found = simulateLandedPair({ covariance, curvature, rests, land, step, looks: LOOKS * CYCLES }, 39);
  const [ratio, error] = [found.value / cost, found.standardError / cost];
  const name = 'two assets, program: cost played over cost on the grid';
  return [
    { case: name, value: ratio, unit: '×', target: 1, met: Math.abs(ratio - 1) <= NEAR },
    { case: 'two assets, program: standard error of that', value: error, unit: '×', target: null, met: null },
  ];
}

/** Compute the cost {1/yr} of the program that counts all deviations alike, that of cash too, at the κ that does best. */
function costOfPlain(problem: Problem): number {
  const one = problem.setting.proportional[0] / widthsOf(problem.setting)[0] / 2;
  return costOfBest(problem, (factor) => ({ kappa: factor * one }));
}

/** Compute the cost {1/yr} of the program that counts deviations by the covariance of returns, at the κ that does best. */
function costOfRisk(problem: Problem): number {
  const { curvature, proportional } = problem.setting;
  const one = proportional[0] / widthsOf(problem.setting)[0] / curvature[0][0];
  return costOfBest(problem, (factor) => ({ kappa: factor * one, norm: curvature }));
}

function costOfBest(
  { weights, setting }: Problem,
  counting: (factor: number) => Pick<Desk.Setting, 'kappa' | 'norm'>,
): number {
  const cost = (factor: number, nodes: number) =>
    costOfProgram(setting, Desk.of({ weights, proportional: setting.proportional[0], ...counting(factor) }), nodes);
  const costs = FACTORS.map((factor) => cost(factor, COARSE));
  return cost(FACTORS[costs.indexOf(Math.min(...costs))] ?? NaN, FINE);
}

/** Find the best widths of a box, among multiples of those that each asset would have alone. */
function bestBox(setting: Correlated.Setting, alone: Two): Two {
  const boxes = BOXES.flatMap((one) => BOXES.map((other): Two => [alone[0] * one, alone[1] * other]));
  const costs = boxes.map((box) => Correlated.costOfBox(setting, box, COARSE));
  return boxes[costs.indexOf(Math.min(...costs))] ?? alone;
}

/**
 * Compute what trading all the way to the target at the best interval costs {1/yr}: tr(QC)/4 of penalty a year of it, and
 * k·√(2C/π) an asset over its root.
 */
function calendar({ covariance, curvature, proportional }: Correlated.Setting): number {
  let [drift, trading] = [0, 0];
  for (const i of [0, 1] as const) {
    for (const j of [0, 1] as const) drift += (curvature[i][j] * covariance[j][i]) / 4;
    trading += proportional[i] * Math.sqrt((2 * covariance[i][i]) / Math.PI);
  }
  const interval = (trading / (2 * drift)) ** (2 / 3);
  return drift * interval + trading / Math.sqrt(interval);
}

function widthsOf({ covariance, curvature, proportional }: Correlated.Setting): Two {
  const [one, other] = NoTrade.perAsset(covariance, curvature, proportional, 0);
  return [one?.trigger ?? NaN, other?.trigger ?? NaN];
}

function problemOf(inputs: { readonly [name: string]: unknown }, correlation: number): Problem {
  const [sigma, k, gamma] = [numbers(inputs['sigma']), number(inputs['k']), number(inputs['gamma'])];
  const returns = sigma.map((one, i) => sigma.map((other, j) => (i === j ? 1 : correlation) * (one * other)));
  const weights = numbers(inputs['w']);
  return {
    weights,
    setting: {
      covariance: square(Ellipsoid.deviations(returns, weights)),
      curvature: square(returns.map((row) => row.map((value) => gamma * value))),
      proportional: [k, k],
    },
  };
}

function square([[a = NaN, b = NaN] = [], [c = NaN, d = NaN] = []]: readonly (readonly number[])[]): Square {
  return [
    [a, b],
    [c, d],
  ];
}
