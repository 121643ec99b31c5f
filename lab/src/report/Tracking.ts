// How closely one value follows another.

import { approximate, Time } from '@trimtab/core';
import type { Sight } from './Log.ts';
import * as Worth from './Worth.ts';

/** Compare two log returns over one step: `difference` = ours − theirs, over `years` of 365 days, > 0. */
export type Step = { readonly difference: number; readonly years: number };

/**
 * Measure tracking error, {1/sqrt(yr)}: the standard deviation of the difference of log returns, per year of 365 days.
 * Steps may be of any length: the difference over a step of Δ years is taken as normal with mean μΔ and variance TE²Δ,
 * so that TE² = Σ (dₖ − μΔₖ)² / Δₖ / (n − 1) with μ = Σ dₖ / Σ Δₖ. Where all steps are equal this is the sample
 * standard deviation × sqrt(steps per year). Zero for fewer than two steps.
 */
export function error(steps: readonly Step[]): number {
  if (steps.length < 2) return 0;
  const [sum, years] = steps.reduce(([d, y], step) => [d + step.difference, y + step.years], [0, 0]);
  const mean = sum / years;
  const squares = steps.reduce((total, { difference, years: y }) => total + (difference - mean * y) ** 2 / y, 0);
  return Math.sqrt(squares / (steps.length - 1));
}

/**
 * Grow one dollar in the frictionless constant mix, which is put back on target at every sight at no cost: the product
 * over all steps of Σ wᵢ·Pᵢ(k+1)/Pᵢ(k), with the targets of sight k. One factor for each step.
 */
export function mixGrowth(sights: readonly Sight[]): readonly number[] {
  return sights.slice(1).map((after, k) => {
    const before = sights[k] ?? after;
    return before.positions.reduce(
      (sum, p, i) => sum + p.target * approximate(after.positions[i]?.price ?? p.price, p.price),
      0,
    );
  });
}

/** Compare the value of a share with the frictionless constant mix, step by step. Steps of no time are left out. */
export function againstMix(sights: readonly Sight[]): readonly Step[] {
  const growth = mixGrowth(sights);
  return sights.slice(1).flatMap((after, k) => {
    const before = sights[k] ?? after;
    const years = (after.at - before.at) / Time.YEAR;
    const ours = Math.log(Worth.perShare(after) / Worth.perShare(before));
    return years > 0 ? [{ difference: ours - Math.log(growth[k] ?? 1), years }] : [];
  });
}
