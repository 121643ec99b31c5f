// Everything that can have happened. The journal is the only memory: starting and recovering are one code path,
// a fold over these events.

import type { Decision, Snapshot, Step, Strategy, Time } from '@trimtab/core';
import type { Fill, Receipt, Signed } from './ports.ts';

/** Say whether a cycle may move money: a rehearsal on a local chain, a look without signing, or the real thing. */
export type Mode = 'SIMULATION' | 'DRY RUN' | 'LIVE';

export type Event =
  | { readonly kind: 'Started'; readonly mode: Mode; readonly strategy: Strategy; readonly version: string }
  | { readonly kind: 'Observed'; readonly cycle: number; readonly snapshot: Snapshot }
  | { readonly kind: 'Decided'; readonly cycle: number; readonly run?: string; readonly decision: Decision }
  | { readonly kind: 'StepIntended'; readonly run: string; readonly step: number; readonly key: string }
  | {
      readonly kind: 'StepSigned';
      readonly run: string;
      readonly step: number;
      readonly attempt: number;
      readonly signed: Signed;
      readonly receives: bigint;
    }
  | { readonly kind: 'StepSent'; readonly run: string; readonly step: number; readonly attempt: number }
  | {
      readonly kind: 'StepSettled';
      readonly run: string;
      readonly step: number;
      readonly attempt: number;
      readonly receipt: Receipt;
      readonly fill?: Fill;
    }
  | {
      readonly kind: 'StepFailed';
      readonly run: string;
      readonly step: number;
      readonly why: string;
      readonly receipt?: Receipt;
    }
  | { readonly kind: 'RunClosed'; readonly run: string; readonly outcome: 'done' | 'abandoned'; readonly why: string }
  | { readonly kind: 'Halted'; readonly by: string; readonly why: string }
  | { readonly kind: 'Resumed'; readonly by: string; readonly why: string };

/** Hold an event as the journal keeps it. `hash` chains each entry to the one before, so history cannot be edited unseen. */
export type Entry = {
  readonly seq: number;
  readonly portfolio: string;
  readonly epoch: number;
  /** Wall clock at the writer. */
  readonly at: Time;
  readonly run?: string;
  readonly hash: string;
  readonly event: Event;
};

/** Name the step of a run that events speak of: its place in the decision's plan. */
export type Planned = { readonly index: number; readonly step: Step };
