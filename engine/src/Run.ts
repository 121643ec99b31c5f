// One rebalance as a fold over what was journalled about it, and the ONE next thing to do. Pure: a restarted
// engine that folds the same events stands at the same step with the same signed bytes in hand.

import type { Plan, Step, Time } from '@trimtab/core';
import type { Entry } from './Event.ts';
import type { Fill, Receipt, Signed } from './ports.ts';

export type Run = {
  readonly id: string;
  readonly plan: Plan;
  readonly steps: readonly State[];
  readonly closed?: { readonly outcome: 'done' | 'abandoned'; readonly why: string };
};

/** Say how far a step has come. */
export type State =
  | { readonly kind: 'planned' }
  | { readonly kind: 'intended' }
  | { readonly kind: 'signed'; readonly attempts: readonly Attempted[] }
  | { readonly kind: 'settled'; readonly receipt: Receipt; readonly fill?: Fill; readonly receives: bigint }
  | { readonly kind: 'failed'; readonly why: string };

/** Keep one signing of a step: the bytes, what was proved of them, and whether they were handed to the network. */
export type Attempted = {
  readonly signed: Signed;
  readonly receives: bigint;
  readonly at: Time;
  readonly sent: boolean;
};

export type Next =
  | { readonly kind: 'intend'; readonly step: number }
  | { readonly kind: 'sign'; readonly step: number }
  | { readonly kind: 'send'; readonly step: number; readonly attempt: number }
  | { readonly kind: 'find'; readonly step: number }
  | { readonly kind: 'close'; readonly outcome: 'done' | 'abandoned'; readonly why: string }
  | { readonly kind: 'closed' };

/** Start a run for a plan. */
export function start(id: string, plan: Plan): Run {
  return { id, plan, steps: plan.steps.map(() => ({ kind: 'planned' })) };
}

/** Rebuild the newest run that these entries tell of; undefined if they tell of none. */
export function fold(entries: readonly Entry[]): Run | undefined {
  return entries.reduce<Run | undefined>(apply, undefined);
}

/** Take one entry into account. Entries of other runs are ignored; a new acting decision starts a new run. */
export function apply(run: Run | undefined, entry: Entry): Run | undefined {
  const event = entry.event;
  if (event.kind === 'Decided') {
    if (event.run === undefined || event.decision.kind !== 'act') return run;
    return start(event.run, event.decision.plan);
  }
  if (run === undefined || !('run' in event) || event.run !== run.id) return run;
  switch (event.kind) {
    case 'StepIntended':
      return set(run, event.step, { kind: 'intended' });
    case 'StepSigned': {
      const attempt: Attempted = { signed: event.signed, receives: event.receives, at: entry.at, sent: false };
      return set(run, event.step, { kind: 'signed', attempts: [...attemptsOf(run, event.step), attempt] });
    }
    case 'StepSent': {
      const attempts = attemptsOf(run, event.step).map((a, i) => (i === event.attempt ? { ...a, sent: true } : a));
      return set(run, event.step, { kind: 'signed', attempts });
    }
    case 'StepSettled': {
      const receives = attemptsOf(run, event.step)[event.attempt]?.receives ?? 0n;
      const fill = event.fill === undefined ? {} : { fill: event.fill };
      return set(run, event.step, { kind: 'settled', receipt: event.receipt, receives, ...fill });
    }
    case 'StepFailed':
      return set(run, event.step, { kind: 'failed', why: event.why });
    case 'RunClosed':
      return { ...run, closed: { outcome: event.outcome, why: event.why } };
  }
}

/** Name the one thing to do next. Steps are strictly sequential: a step starts only when the one before it settled. */
export function next(run: Run): Next {
  if (run.closed !== undefined) return { kind: 'closed' };
  for (const [step, state] of run.steps.entries()) {
    switch (state.kind) {
      case 'settled':
        continue;
      case 'planned':
        return { kind: 'intend', step };
      case 'intended':
        return { kind: 'sign', step };
      case 'signed': {
        const attempt = state.attempts.length - 1;
        return state.attempts[attempt]?.sent === true ? { kind: 'find', step } : { kind: 'send', step, attempt };
      }
      case 'failed':
        return { kind: 'close', outcome: 'abandoned', why: state.why };
    }
  }
  return { kind: 'close', outcome: 'done', why: 'every step settled' };
}

/** Get a step of the run's plan. Throws if there is none: the journal and the plan disagree. */
export function stepAt(run: Run, index: number): Step {
  const step = run.plan.steps[index];
  if (step === undefined) throw new RangeError(`run ${run.id} has ${run.plan.steps.length} steps, so no step ${index}`);
  return step;
}

/** List every signing of a step, oldest first. */
export function attemptsOf(run: Run, step: number): readonly Attempted[] {
  const state = run.steps[step];
  return state?.kind === 'signed' ? state.attempts : [];
}

function set(run: Run, step: number, state: State): Run {
  stepAt(run, step);
  return { ...run, steps: run.steps.map((old, i) => (i === step ? state : old)) };
}
