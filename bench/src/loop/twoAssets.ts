// Two assets that move together, under a proportional cost: nobody knows the best region in closed form, so the program's region
// stands beside the one that policy iteration finds, and beside what thresholds and calendars can do at their best. Costs of regions
// are computed on a grid, without chance; the program itself is asked at every node.

import { Correlated, Ellipsoid, NoTrade } from '@trimtab/core';
import type { Row } from '../main.ts';
import { vectors } from '../reference/check.ts';
import { number, numbers } from '../reference/read.ts';
import { simulateLandedPair } from '../reference/simulate/landedPair.ts';
import { costOfProgram } from './costOfProgram.ts';
import * as Desk from './Desk.ts';

type Two = readonly [number, number];
type Square = readonly [Two, Two];
type Problem = { readonly weights: readonly number[]; readonly setting: Correlated.Setting; readonly least: number };

/** At most this times the cost of the best region, and how near to the grid what is played must come. */
const [TARGET, NEAR] = [1.03, 0.02];
/** Nodes of the grids, along one axis: that of a figure, and that of a search. */
const [FINE, COARSE] = [101, 31];
/** Multiples of κ, and of the widths of boxes, that are tried. */
const FACTORS = [1, 1.1, 1.2, 1.3, 1.4];
const BOXES = [1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3];
/** Looks in the time in which an asset drifts a width of its own, and how many such times are played. */
const [LOOKS, CYCLES] = [200, 2_000];

/** Measure the program beside the best region, thresholds and calendars. */
export function twoAssets(): readonly Row[] {
  const problem = read();
  const { setting, least } = problem;
  const alone = widthsOf(setting);
  const kappa = bestKappa(problem);
  const cost = costOfProgram(setting, deskOf(problem, kappa), FINE);
  const row = (name: string, found: number, target: number | null): readonly Row[] => [
    { case: `two assets, ${name}: cost`, value: found, unit: '1/yr', target: null, met: null },
    {
      case: `two assets, ${name}: cost over the optimum`,
      value: found / least,
      unit: '×',
      target,
      met: target === null ? null : found <= target * least,
    },
  ];
  return [
    ...row('program', cost, TARGET),
    ...played(problem, deskOf(problem, kappa), cost),
    ...row('program, κ of one asset alone', costOfProgram(setting, deskOf(problem, kappaOfOne(setting)), FINE), null),
    ...row('policy iteration', Correlated.of(setting, 61).cost, null),
    ...row('thresholds, each as if alone', Correlated.costOfBox(setting, alone, FINE), null),
    ...row('thresholds, best', Correlated.costOfBox(setting, bestBox(setting, alone), FINE), null),
    ...row('calendar, best', calendar(setting), null),
  ];
}

/** Set up a desk for the problem. */
function deskOf({ weights, setting }: Problem, kappa: number): Desk.Desk {
  return Desk.of({ weights, proportional: setting.proportional[0], kappa });
}

/** Play the program, asked at every look at which it is not known to rest, and compare with what the grid says. */
function played({ setting }: Problem, { weights, kappa }: Desk.Desk, cost: number): readonly Row[] {
  const { covariance, curvature, proportional } = setting;
  const step = widthsOf(setting)[0] ** 2 / covariance[0][0] / LOOKS;
  // Its edges stand nearer by the distance at which they are seen late (Broadie, Glasserman and Kou, 1997).
  const [a, b] = [2 * kappa, kappa];
  const speed = Math.sqrt(a ** 2 * covariance[0][0] + 2 * a * b * covariance[0][1] + b ** 2 * covariance[1][1]);
  const late = (0.5826 * speed * Math.sqrt(step)) / proportional[0];
  const desk = Desk.of({ weights, proportional: proportional[0], kappa: kappa / (1 - late) });
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

/** Find the κ at which the program does best. */
function bestKappa(problem: Problem): number {
  const kappas = FACTORS.map((factor) => factor * kappaOfOne(problem.setting));
  const costs = kappas.map((kappa) => costOfProgram(problem.setting, deskOf(problem, kappa), COARSE));
  return kappas[costs.indexOf(Math.min(...costs))] ?? NaN;
}

/** The κ at which the first asset alone would be traded at the edge of its own region. */
function kappaOfOne(setting: Correlated.Setting): number {
  return setting.proportional[0] / (2 * widthsOf(setting)[0]);
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

function read(): Problem {
  const { inputs = {}, expected = {} } = vectors()['S3.9'] ?? {};
  const [sigma, k] = [numbers(inputs['sigma']), number(inputs['k'])];
  const returns = sigma.map((one, i) => sigma.map((other, j) => (i === j ? 1 : number(inputs['rho'])) * one * other));
  const weights = numbers(inputs['w']);
  const gamma = number(inputs['gamma']);
  return {
    weights,
    least: number(expected['optimal']),
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
