// What a cycle looks like in a terminal: the mode, every asset's drift, what would trigger, and why it acted or held.

import { Deed } from '@trimtab/api/contract';
import type { Asset, Decision, Drift, Step, Time } from '@trimtab/core';
import type { Desk, Fill, Mode, Run, Turn } from '@trimtab/engine';
import * as Figure from './Figure.ts';

/** Write turn after turn as lines for a person. A run that still waits, or is still halted, for the same reason is told once. */
export function narrator(assets: readonly Asset[]): (turn: Turn, mode: Mode, at: Time) => readonly string[] {
  let last = '';
  return (turn, mode, at) => {
    const stays = turn.kind === 'waiting' || turn.kind === 'halted' ? `${turn.kind} ${turn.why}` : '';
    const told = stays !== '' && stays === last;
    last = stays;
    return told ? [] : ofTurn(turn, mode, at, assets);
  };
}

/** List the fills of a run's steps, in order. */
export function fillsOf(run: Run.Run): readonly Fill[] {
  return fillsIn(run.steps);
}

function fillsIn(steps: Run.Run['steps']): readonly Fill[] {
  return steps.flatMap((s) => (s.kind === 'settled' && s.fill !== undefined ? [s.fill] : []));
}

function ofTurn(turn: Turn, mode: Mode, at: Time, assets: readonly Asset[]): readonly string[] {
  const stamp = `${mode}  ${clock(at)}`;
  switch (turn.kind) {
    case 'decided':
      return ofDecision(turn.decision, { stamp, assets, acts: acting(turn.desk) });
    case 'waiting':
      return [`${stamp}  waits: ${turn.why}`];
    case 'closed':
      return [
        `${stamp}  ${turn.run.closed?.outcome === 'done' ? '✓ rebalanced' : '✗ abandoned'}: ${turn.run.closed?.why ?? ''}${fills(turn.run, assets)}`,
      ];
    case 'halted':
      return [`${stamp}  HALTED: ${turn.why}`];
  }
}

/** Write a moment as `2023-08-17 21:42:00` UTC. */
export function clock(at: Time): string {
  return new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** Say what becomes of a decision to act: only a desk that may move money starts a run. */
function acting({ run, halted }: Desk): string {
  if (run !== undefined) return 'ACTS';
  return halted === undefined ? 'WOULD ACT' : `HALTED (${halted}), would act`;
}

type Telling = { readonly stamp: string; readonly assets: readonly Asset[]; readonly acts: string };

function ofDecision(decision: Decision, { stamp, assets, acts }: Telling): readonly string[] {
  const drifts = decision.drift.map((d) => ofDrift(d, assets)).join('  ');
  const head = `${stamp}  ${drifts}`;
  switch (decision.kind) {
    case 'hold':
      return [`${head}  holds: ${decision.why}`];
    case 'refuse':
      return [
        `${head}  REFUSED:`,
        ...decision.refusals.map((r) => `    ${r.limit}: was ${r.was}, allowed ${r.allowed}; ${r.fix}`),
      ];
    case 'act':
      return [
        `${head}  ${acts}: ${decision.why}`,
        ...Deed.of(decision.plan.steps).map((deed) => `    ${ofDeed(deed)}`),
        ...decision.plan.skips.map((s) => `    not ${symbolOf(s.asset, assets)}: ${s.why}`),
      ];
  }
}

/** Tell a trade in one line however many slices it has. */
function ofDeed({ steps }: Deed.Deed<Step>): string {
  const [first] = steps;
  if (first.kind === 'authorise' || first.guarded === undefined) return first.why;
  const { of, attacker } = first.guarded;
  const times = of === 1 ? '' : `, ${of} times, one a block`;
  const gains = attacker === 0n ? 'nobody gains' : `somebody may gain ${Figure.usd(attacker)}`;
  return `${first.why}${times}; ${gains} by trading around ${of === 1 ? 'it' : 'them'}`;
}

function ofDrift(drift: Drift, assets: readonly Asset[]): string {
  const sign = drift.absolute < 0 ? '−' : '+';
  const outside =
    drift.band !== undefined && (drift.weight < drift.band[0] || drift.weight > drift.band[1]) ? '!' : ' ';
  return `${symbolOf(drift.asset, assets)} ${(drift.weight * 100).toFixed(2)} % (${sign}${Math.abs(drift.absolute * 100).toFixed(2)} pp)${outside}`;
}

/** Tell the fills of each trade together. */
function fills(run: Run.Run, assets: readonly Asset[]): string {
  return Deed.of(run.plan.steps)
    .flatMap(({ from, steps }) => {
      const [first, ...more] = fillsIn(run.steps.slice(from, from + steps.length));
      if (first === undefined) return [];
      const { sell, buy } = first;
      const sold = more.reduce((sum, fill) => sum + fill.sold, first.sold);
      const received = more.reduce((sum, fill) => sum + fill.received, first.received);
      const times = more.length === 0 ? '' : ` in ${more.length + 1} fills`;
      return [`\n    sold ${amount(sold, sell, assets)} for ${amount(received, buy, assets)}${times}`];
    })
    .join('');
}

function amount(atoms: bigint, id: string, assets: readonly Asset[]): string {
  const asset = assets.find((a) => a.id === id);
  const unit = 10n ** BigInt(asset?.decimals ?? 0);
  const whole = (atoms / unit).toLocaleString('en-US');
  const part = (atoms % unit)
    .toString()
    .padStart(asset?.decimals ?? 0, '0')
    .slice(0, 4);
  return `${whole}${part === '' ? '' : `.${part}`} ${asset?.symbol ?? id}`;
}

function symbolOf(id: string, assets: readonly Asset[]): string {
  return assets.find((a) => a.id === id)?.symbol ?? id;
}
