// What it costs in the long run to do what the program says, for two assets that move together: without chance, on a grid.

import { Correlated } from '@trimtab/core';
import * as Desk from './Desk.ts';

type Two = readonly [number, number];

/** A trade {1} that is rounding. */
const STILL = 1e-9;

/** Compute the cost {1/yr}, the program being asked at every node. */
export function costOfProgram(setting: Correlated.Setting, desk: Desk.Desk, nodes: number): number {
  const rule = (delta: Two): Two => {
    const { bought } = Desk.land(desk, delta);
    // By how many widths an asset is beyond its edge is what is sold of it.
    const pressure = (asset: 0 | 1) => {
      const sold = -(bought[asset] ?? NaN);
      const width = desk.proportional / desk.kappa / (desk.norm?.[asset]?.[asset] ?? 2);
      return Math.abs(sold) < STILL ? 0 : Math.sign(sold) + sold / width;
    };
    return [pressure(0), pressure(1)];
  };
  return Correlated.costOfRule(setting, rule, nodes);
}
