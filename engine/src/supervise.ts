// Keeping at it: one turn after another, backing off when the world fails, obeying halt and resume, stopping cleanly.

import { control, recover, turn } from './cycle.ts';
import type { Desk, Turn } from './cycle.ts';
import type { World } from './ports.ts';

/** Ask the loop for something; it answers between turns, within a second of a rest. */
export type Request = { readonly kind: 'halt' | 'resume'; readonly by: string; readonly why: string };

export type Supervision = {
  /** Seconds from the end of a deciding turn to the start of the next. */
  readonly every: number;
  /** Seconds between looks at an open run. */
  readonly poll: number;
  /** Seconds that a lease lasts; it is renewed when less than half remains, also during a rest. */
  readonly leaseSeconds: number;
  readonly stopped: () => boolean;
  /** Hand over what was asked since the last call. From then on it is the loop's: it is journalled before the loop ends. */
  readonly requests: () => readonly Request[];
  readonly onTurn: (turn: Turn) => void;
  readonly onError: (error: unknown, retryIn: number) => void;
};

const LONGEST_PAUSE = 300;

/** What the loop remembers between turns. Nothing here outlives the process: the journal does. */
type Watch = {
  desk: Desk;
  renewedAt: number;
  readonly orders: Request[];
  /** Set by any failure: something may have been written that this desk does not know of. */
  unsure: boolean;
  /** Each kind of trouble: what it was last, and how often in a row. */
  readonly trouble: { [kind in Trouble]: { readonly why: string; readonly times: number } };
};

/** Turns that failed, looks that found the open run waiting, and rebalances that were abandoned. */
type Trouble = 'failed' | 'waiting' | 'abandoned';

const CALM = { why: '', times: 0 } as const;

/** Run turns until stopped. Resolves with the last desk; rejects on an error that says `next: 'halt'`. */
export async function supervise(world: World, opened: Desk, options: Supervision): Promise<Desk> {
  const watch: Watch = {
    desk: opened,
    renewedAt: world.clock.now(),
    orders: [],
    unsure: false,
    trouble: { failed: CALM, waiting: CALM, abandoned: CALM },
  };
  while (!options.stopped()) {
    const pause = await attempt(world, watch, options);
    await rest(world, watch, pause, options);
  }
  watch.orders.push(...options.requests());
  await obey(world, watch);
  return watch.desk;
}

/** Take one turn and say how long to rest after it. */
async function attempt(world: World, watch: Watch, options: Supervision): Promise<number> {
  try {
    // A failure may have hit after something was written: only the journal knows, so ask it.
    if (watch.unsure) watch.desk = await recover(world, watch.desk);
    watch.unsure = false;
    watch.orders.push(...options.requests());
    await obey(world, watch);
    const taken = await turn(world, watch.desk);
    watch.desk = taken.desk;
    options.onTurn(taken);
    return pauseAfter(world, watch, taken, options);
  } catch (error) {
    if (nextOf(error) === 'halt') throw error;
    watch.unsure = true;
    const times = count(world, watch, 'failed', messageOf(error));
    const pause = longer(options.poll, times);
    options.onError(error, pause);
    return pause;
  }
}

/** An order leaves the queue only once it is in the journal. */
async function obey(world: World, watch: Watch): Promise<void> {
  for (let order = watch.orders[0]; order !== undefined; order = watch.orders[0]) {
    const { kind, by, why } = order;
    watch.desk = await control(world, watch.desk, { kind: kind === 'halt' ? 'Halted' : 'Resumed', by, why });
    watch.orders.shift();
  }
}

/** A run that was abandoned may cost its gas again at every turn, so each one in a row doubles the pause. */
function pauseAfter(world: World, watch: Watch, taken: Turn, { every, poll }: Supervision): number {
  const { trouble, desk } = watch;
  trouble.failed = CALM;
  if (taken.kind === 'waiting') count(world, watch, 'waiting', taken.why);
  else trouble.waiting = CALM;
  if (taken.kind === 'closed' && taken.run.closed?.outcome === 'abandoned') {
    return longer(every, count(world, watch, 'abandoned', taken.run.closed.why));
  }
  const settled = taken.kind === 'closed' || (taken.kind === 'decided' && taken.decision.kind === 'hold');
  if (settled) trouble.abandoned = CALM;
  return desk.run === undefined ? every : poll;
}

/** How often in a row is too often, and what people are told then. */
const TELL: { readonly [kind in Trouble]: { readonly after: number; readonly what: string } } = {
  failed: { after: 3, what: 'turns failed in a row' },
  waiting: { after: 60, what: 'looks found the open run still waiting' },
  abandoned: { after: 3, what: 'rebalances were abandoned in a row' },
};

/** Count the same trouble in a row, and tell people once it has come often enough. */
function count(world: World, watch: Watch, kind: Trouble, why: string): number {
  const last = watch.trouble[kind];
  const times = last.why === why ? last.times + 1 : 1;
  watch.trouble[kind] = { why, times };
  if (times === TELL[kind].after) {
    const fix = 'run `trimtab doctor`; the engine keeps trying with growing pauses';
    world.alerts.raise({ at: world.clock.now(), severity: 'warn', what: `${times} ${TELL[kind].what}`, why, fix });
  }
  return times;
}

function longer(pause: number, times: number): number {
  return Math.min(Math.max(pause, LONGEST_PAUSE), pause * 2 ** Math.min(times - 1, 16));
}

/** Sleep in short naps: a stop or an order is heard within a second, and the lease does not run out meanwhile. */
async function rest(world: World, watch: Watch, seconds: number, options: Supervision): Promise<void> {
  for (let left = seconds; left > 0 && !options.stopped() && watch.orders.length === 0; left -= 1) {
    await renew(world, watch, options);
    await world.clock.sleep(Math.min(1, left));
    watch.orders.push(...options.requests());
  }
}

async function renew(world: World, watch: Watch, { leaseSeconds }: Supervision): Promise<void> {
  if (world.clock.now() - watch.renewedAt < leaseSeconds / 2) return;
  try {
    const lease = await world.journal.renew(watch.desk.lease, leaseSeconds);
    watch.desk = { ...watch.desk, lease };
    watch.renewedAt = world.clock.now();
  } catch (error) {
    // Lost to somebody else: stop. Merely unreachable: the next nap tries again.
    if (nextOf(error) === 'halt') throw error;
  }
}

/** Read what an error says to do next; an error that does not say may be tried again. */
export function nextOf(error: unknown): 'retry' | 'skip' | 'halt' {
  const next = typeof error === 'object' && error !== null && 'next' in error ? error.next : undefined;
  return next === 'halt' || next === 'skip' ? next : 'retry';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
