// The figures that a rehearsal ends with, for a machine and for a person.

import type { Entry } from '@trimtab/engine';
import { approximate } from '@trimtab/core';
import type { Asset } from '@trimtab/core';
import type { Summary } from '@trimtab/lab';
import type { Conservation } from '@trimtab/adapters/local';
import { clock } from '../Lines.ts';

/** Figures as printed by `--json`. Money in dollars, drifts and ratios as fractions; defined in docs/figures.md. */
export type Tally = {
  readonly cycles: number;
  readonly rebalances: number;
  readonly turnover: number;
  readonly costs: { readonly fees: number; readonly impact: number; readonly gas: number; readonly mev: number };
  readonly trackingError: number;
  readonly valueVsHold: number;
  readonly valueVsConstantMix: number;
  readonly maxDrift: number;
  readonly endDrift: number;
  readonly withinBands: boolean;
  readonly conserved: boolean;
  /** Every rebalance with the largest drift as decided on and as seen right after. */
  readonly runs: readonly Rebalance[];
};

export type Rebalance = {
  readonly run: string;
  readonly at: string;
  readonly outcome: string;
  readonly driftBefore: number;
  readonly driftAfter: number | null;
  readonly insideAfter: boolean | null;
};

/** Fold a rehearsal's journal into its tally. */
export function of(entries: readonly Entry[], summary: Summary, conservation: Conservation): Tally {
  return {
    cycles: summary.cycles,
    rebalances: summary.rebalances,
    turnover: summary.turnover,
    costs: {
      fees: dollars(summary.costs.fees),
      impact: dollars(summary.costs.impact),
      gas: dollars(summary.costs.gas),
      mev: dollars(summary.costs.mev),
    },
    trackingError: summary.trackingError,
    valueVsHold: summary.againstBuyAndHold,
    valueVsConstantMix: summary.againstConstantMix,
    maxDrift: summary.drift.max,
    endDrift: summary.drift.end,
    withinBands: summary.withinBands,
    conserved: conservation.kind === 'kept',
    runs: rebalances(entries),
  };
}

/** Write the figures for a person. */
export function lines(
  tally: Tally,
  summary: Summary,
  assets: readonly Asset[],
  conservation: Conservation,
): readonly string[] {
  const percent = (x: number, digits = 2): string => `${(x * 100).toFixed(digits)} %`;
  const points = (x: number): string => `${(x * 100).toFixed(2)} pp`;
  const usd = (x: number): string =>
    `$${x.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  const worst = assets.find((a) => a.id === summary.drift.asset)?.symbol ?? summary.drift.asset;
  return [
    `From ${clock(summary.from)} to ${clock(summary.to)} UTC, ${tally.cycles} cycles`,
    `  rebalances        ${tally.rebalances} (${tally.runs.filter((r) => r.insideAfter === true).length} brought every drift back inside its band)`,
    `  turnover          ${percent(tally.turnover)} of the vault's value, one-sided`,
    `  costs             fees ${usd(tally.costs.fees)}, price impact ${usd(tally.costs.impact)}, gas ${usd(tally.costs.gas)}, MEV ${usd(tally.costs.mev)}`,
    `  value             ${usd(dollars(summary.value.start))} → ${usd(dollars(summary.value.end))}`,
    `  vs buy and hold   ${percent(tally.valueVsHold, 3)}`,
    `  vs constant mix   ${percent(tally.valueVsConstantMix, 3)} (frictionless, rebalanced at every cycle)`,
    `  tracking error    ${percent(tally.trackingError)} a year (365 days)`,
    `  largest drift     ${points(tally.maxDrift)} of ${worst} at ${clock(summary.drift.at)}; at the end ${points(tally.endDrift)}, ${tally.withinBands ? 'inside' : 'OUTSIDE'} the bands`,
    `  conservation      ${conservation.kind === 'kept' ? 'every token accounted for to the wei' : `BROKEN: ${conservation.faults.join('; ')}`}`,
  ];
}

function rebalances(entries: readonly Entry[]): readonly Rebalance[] {
  const found: Rebalance[] = [];
  for (const [i, { event }] of entries.entries()) {
    if (event.kind !== 'Decided' || event.run === undefined) continue;
    const closed = entries.find((e) => e.event.kind === 'RunClosed' && e.run === event.run);
    const after = entries.slice(i + 1).find((e) => e.event.kind === 'Decided')?.event;
    const observed = entries[i - 1]?.event;
    const seen = after?.kind === 'Decided' ? after.decision.drift : undefined;
    found.push({
      run: event.run,
      at: observed?.kind === 'Observed' ? clock(observed.snapshot.at) : '',
      outcome: closed?.event.kind === 'RunClosed' ? closed.event.outcome : 'open',
      driftBefore: largest(event.decision.drift.map((d) => d.absolute)),
      driftAfter: seen === undefined ? null : largest(seen.map((d) => d.absolute)),
      insideAfter:
        seen === undefined
          ? null
          : seen.every((d) => d.band === undefined || (d.weight >= d.band[0] && d.weight <= d.band[1])),
    });
  }
  return found;
}

const largest = (xs: readonly number[]): number => xs.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const dollars = (usd: bigint): number => approximate(usd, 10n ** 18n);
