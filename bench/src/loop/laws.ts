// The two laws that an optimum obeys whatever the figures: with a proportional cost trading costs twice what the drift does, with a
// fixed cost as much. A weight is played through a market, and the program is asked at every look at which it is not known to rest.

import { NoTrade, type BandSetting } from '@trimtab/core';
import type { Row } from '../main.ts';
import { simulateLanded } from '../reference/simulate/landed.ts';
import * as Desk from './Desk.ts';
import { kappaOf } from './oneAsset.ts';

const [WEIGHT, VOLATILITY, AVERSION] = [0.5, 0.8, 2];
/** How near to its law a ratio must be {1}. */
const NEAR = 0.05;
/** Looks in the mean time from the target to the edge, and edges' worth of time that is played. */
const LOOKS = 200;
const CYCLES = 12_000;
/** How late an edge is seen, in deviations of one step (Broadie, Glasserman and Kou, 1997): it stands nearer by that much. */
const LATE = 0.5826;

/** Play both laws. */
export function laws(): readonly Row[] {
  return [
    ...law('proportional cost of 0.3 %', { proportional: 3e-3, fixed: 0 }, 2, 311),
    ...law('proportional cost of 0.03 %', { proportional: 3e-4, fixed: 0 }, 2, 312),
    ...law('fixed cost of 0.01 %', { proportional: 0, fixed: 1e-4 }, 1, 313),
    ...law('fixed cost of 0.0001 %', { proportional: 0, fixed: 1e-6 }, 1, 314),
  ];
}

type Costs = Pick<BandSetting, 'proportional' | 'fixed'>;

function law(name: string, costs: Costs, ratio: number, seed: number): readonly Row[] {
  const { paid, penalty, error } = play(costs, seed);
  const found = paid / penalty;
  const figure = (what: string, value: number, unit: string, target: number | null, met: boolean | null): Row => ({
    case: `${name}: ${what}`,
    value,
    unit,
    target,
    met,
  });
  return [
    figure('trading, simulated', paid, '1/yr', null, null),
    figure('penalty, simulated', penalty, '1/yr', null, null),
    figure('trading over penalty, simulated', found, '×', ratio, Math.abs(found / ratio - 1) <= NEAR),
    figure('standard error of that', error * found, '×', null, null),
  ];
}

function play(costs: Costs, seed: number): { readonly paid: number; readonly penalty: number; readonly error: number } {
  const curvature = AVERSION * VOLATILITY ** 2;
  const setting = { variance: NoTrade.varianceOf(WEIGHT, VOLATILITY), curvature, ...costs };
  const { trigger: edge } = NoTrade.of(setting);
  const step = edge ** 2 / setting.variance / LOOKS;
  const trigger = edge - LATE * Math.sqrt(setting.variance * step);
  // With a proportional cost alone the landing is the edge, which moves with it.
  const kappa = kappaOf(setting) * (edge / trigger);
  const desk = Desk.of({ weights: [WEIGHT], proportional: costs.proportional, kappa });
  const land = (deviation: number) => {
    const { deviations, paid } = Desk.land(desk, [deviation]);
    return { deviation: deviations[0] ?? NaN, paid: paid + costs.fixed };
  };
  // Where the program rests on both sides it rests in between: what a trade gains is linear in the deviation.
  const asked = costs.fixed > 0 ? trigger : Math.min(land(edge * 2).deviation, -land(-edge * 2).deviation);
  const counted = simulateLanded(
    { weight: WEIGHT, volatility: VOLATILITY, trigger: asked, land, step, looks: CYCLES * LOOKS },
    seed,
  );
  const penalty = (curvature * counted.meanSquare) / 2;
  const error = Math.hypot(counted.paidError / counted.paid, counted.meanSquareError / counted.meanSquare);
  return { paid: counted.paid, penalty, error };
}
