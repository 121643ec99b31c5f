// A run as it is shown: the steps of the decision's plan, how far each has come and what it cost.

import type { Asset, Snapshot } from '@trimtab/core';
import type { Event } from '@trimtab/engine';
import type { Decision, Run, RunStep } from './contract.ts';
import * as Named from './Named.ts';
import * as Spent from './Spent.ts';

/** Tell what happens to a run after it was decided. */
export type Happening = Extract<Event, { run: string }>;

/** Open the run of an acting decision: every step of its plan still waits. */
export function open(id: string, decision: Decision): Run {
  return {
    id,
    decision: decision.seq,
    mode: decision.mode,
    at: decision.at,
    state: 'open',
    why: decision.planned?.why ?? decision.why,
    steps: (decision.planned?.steps ?? []).map((step) => ({ step, state: 'waiting', attempts: [] })),
    spent: Spent.ZERO,
  };
}

/** Carry a run on by what happened to it. Without a snapshot nothing can be valued, and so nothing is. */
export function advance(run: Run, event: Happening, snapshot: Snapshot | undefined): Run {
  if (event.kind === 'RunClosed') return { ...run, state: event.outcome, why: event.why };
  const steps = run.steps.map((step, i) => (i === event.step ? progress(step, event, snapshot) : step));
  return { ...run, steps, spent: Spent.sum(steps.map((step) => step.spent)) };
}

type Attempt = RunStep['attempts'][number];
type StepEvent = Exclude<Happening, { kind: 'RunClosed' }>;

function progress(at: RunStep, event: StepEvent, snapshot: Snapshot | undefined): RunStep {
  const assets = snapshot?.assets ?? [];
  switch (event.kind) {
    case 'StepIntended':
      return { ...at, state: 'intended' };
    case 'StepSigned':
      return { ...at, state: 'signed', attempts: [...at.attempts, attempted(at, event, assets)] };
    case 'StepSent':
      return { ...at, state: 'sent' };
    case 'StepSettled':
      return { ...at, state: 'settled', landed: event.attempt, ...included(event), ...filled(at, event, snapshot) };
    case 'StepFailed':
      return { ...at, state: 'failed', why: event.why, ...included(event), ...burnt(event, snapshot) };
  }
}

function attempted(at: RunStep, event: Extract<StepEvent, { kind: 'StepSigned' }>, assets: readonly Asset[]): Attempt {
  const { hash } = event.signed;
  if (at.step.kind === 'authorise') return { hash };
  return { hash, proved: Named.amount(at.step.expected.asset, event.receives, assets) };
}

function included(event: Extract<StepEvent, { kind: 'StepSettled' | 'StepFailed' }>): Partial<RunStep> {
  if (event.receipt === undefined) return {};
  return { block: event.receipt.block.number.toString(), at: event.receipt.at };
}

function burnt(event: Extract<StepEvent, { kind: 'StepFailed' }>, snapshot: Snapshot | undefined): Partial<RunStep> {
  if (event.receipt === undefined || snapshot === undefined) return {};
  return { spent: Spent.ofGas(event.receipt, snapshot) };
}

function filled(
  at: RunStep,
  event: Extract<StepEvent, { kind: 'StepSettled' }>,
  snapshot: Snapshot | undefined,
): Partial<RunStep> {
  if (snapshot === undefined) return {};
  const gas = Spent.ofGas(event.receipt, snapshot);
  const { fill } = event;
  if (fill === undefined) return { spent: gas };
  return {
    sold: Named.amount(fill.sell, fill.sold, snapshot.assets),
    received: Named.amount(fill.buy, fill.received, snapshot.assets),
    spent: Spent.add(gas, Spent.ofFill(at.step, fill, at.attempts[event.attempt]?.proved, snapshot)),
  };
}

/** Say whether a run has traded at all. */
export function hasTraded(run: Run): boolean {
  return run.steps.some((step) => step.sold !== undefined);
}
