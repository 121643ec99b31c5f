// Keeping at it: one turn after another, backing off when the world fails, obeying halt and resume, stopping cleanly.

import { control, recover, turn } from './cycle.ts';
import type { Desk, Turn } from './cycle.ts';
import type { World } from './ports.ts';

/** Ask the loop for something; it answers between turns. */
export type Request = { readonly kind: 'halt' | 'resume'; readonly by: string; readonly why: string };

export type Supervision = {
  /** Seconds between the starts of deciding turns. */
  readonly every: number;
  /** Seconds between looks at an open run. */
  readonly poll: number;
  /** Seconds that a lease lasts; it is renewed when less than half remains. */
  readonly leaseSeconds: number;
  readonly stopped: () => boolean;
  /** Hand over what was asked since the last call. */
  readonly requests: () => readonly Request[];
  readonly onTurn: (turn: Turn) => void;
  readonly onError: (error: unknown, retryIn: number) => void;
};

/** Failures in a row with the same message before people are told. */
const TELL_AFTER = 3;
const LONGEST_PAUSE = 300;

/** Run turns until stopped. Resolves with the last desk; rejects on an error that says `next: 'halt'`. */
export async function supervise(world: World, opened: Desk, options: Supervision): Promise<Desk> {
  let desk = opened;
  let failures = 0;
  let unsure = false;
  let renewedAt = world.clock.now();
  while (!options.stopped()) {
    let pause = options.every;
    try {
      if (world.clock.now() - renewedAt > options.leaseSeconds / 2) {
        desk = { ...desk, lease: await world.journal.renew(desk.lease, options.leaseSeconds) };
        renewedAt = world.clock.now();
      }
      // A failure may have hit after something was written: only the journal knows, so ask it.
      if (unsure) desk = await recover(world, desk);
      unsure = false;
      desk = await answer(world, desk, options.requests());
      const taken = await turn(world, desk);
      desk = taken.desk;
      failures = 0;
      options.onTurn(taken);
      if (desk.run !== undefined) pause = options.poll;
    } catch (error) {
      failures += 1;
      if (nextOf(error) === 'halt') throw error;
      pause = Math.min(LONGEST_PAUSE, options.poll * 2 ** Math.min(failures, 16));
      options.onError(error, pause);
      if (failures === TELL_AFTER) tell(world, error, failures);
      unsure = true;
    }
    await rest(world, pause, options);
  }
  return desk;
}

async function answer(world: World, desk: Desk, requests: readonly Request[]): Promise<Desk> {
  let after = desk;
  for (const { kind, by, why } of requests)
    after = await control(world, after, { kind: kind === 'halt' ? 'Halted' : 'Resumed', by, why });
  return after;
}

/** Sleep in short naps, so that a stop or a request is answered within a second. */
async function rest(world: World, seconds: number, options: Supervision): Promise<void> {
  for (let left = seconds; left > 0 && !options.stopped(); left -= 1) await world.clock.sleep(Math.min(1, left));
}

function tell(world: World, error: unknown, failures: number): void {
  const why = error instanceof Error ? error.message : String(error);
  world.alerts.raise({
    at: world.clock.now(),
    severity: 'warn',
    what: `${failures} turns failed in a row`,
    why,
    fix: 'run `trimtab doctor`; the engine keeps trying with growing pauses',
  });
}

/** Read what an error says to do next; an error that does not say may be tried again. */
export function nextOf(error: unknown): 'retry' | 'skip' | 'halt' {
  const next = typeof error === 'object' && error !== null && 'next' in error ? error.next : undefined;
  return next === 'halt' || next === 'skip' ? next : 'retry';
}
