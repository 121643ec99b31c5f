// One turn: observe → journal → decide → journal → execute → settle. Starting and recovering are one code path:
// `open` folds the journal into a desk, and `turn` carries on from whatever it finds.

import { decide } from '@trimtab/core';
import type { Decision, Strategy, Time } from '@trimtab/core';
import type { Entry, Event, Mode } from './Event.ts';
import { execute } from './execute.ts';
import type { Pushed } from './execute.ts';
import { observe } from './observe.ts';
import * as Run from './Run.ts';
import type { Lease, World } from './ports.ts';

/** Hold all that the engine remembers between turns; every field is a fold over the journal. */
export type Desk = {
  readonly lease: Lease;
  readonly mode: Mode;
  readonly strategy: Strategy;
  readonly cycle: number;
  readonly run?: Run.Run;
  readonly lastRebalanceAt?: Time;
  readonly halted?: string;
};

/** Report one turn. `desk` replaces the one it was given. */
export type Turn = { readonly desk: Desk } & (
  | { readonly kind: 'decided'; readonly decision: Decision }
  /** The open run cannot go on before the world moves. */
  | { readonly kind: 'waiting'; readonly why: string }
  | { readonly kind: 'closed'; readonly run: Run.Run }
  | { readonly kind: 'halted'; readonly why: string }
);

export type Opening = {
  readonly strategy: Strategy;
  readonly mode: Mode;
  readonly holder: string;
  readonly version: string;
  readonly leaseSeconds: number;
};

/** Take the lease and rebuild the desk from the journal. Rejects if another holder is alive. */
export async function open(world: World, opening: Opening): Promise<Desk> {
  const lease = await world.journal.lease(world.custody.portfolio, opening.holder, opening.leaseSeconds);
  const { mode, strategy, version } = opening;
  await world.journal.append(lease, [{ kind: 'Started', mode, strategy, version }]);
  return recover(world, { lease, mode, strategy });
}

/** Fold the journal into a desk again: after a start, and after any failure that leaves it unclear what was written. */
export async function recover(
  world: World,
  { lease, mode, strategy }: Pick<Desk, 'lease' | 'mode' | 'strategy'>,
): Promise<Desk> {
  const portfolio = world.custody.portfolio;
  const newest = (kinds: readonly Event['kind'][], limit: number) =>
    world.journal.read({ portfolio, kinds, limit, newest: 'newest' });
  const decided = (await newest(['Decided'], 1))[0]?.event;
  const order = (await newest(['Halted', 'Resumed'], 1))[0]?.event;
  const last = decided?.kind === 'Decided' ? decided : undefined;
  // A run blocks all later decisions until it closes, so only the newest decision's run can be open.
  const run =
    last?.run === undefined
      ? undefined
      : Run.fold(await world.journal.read({ portfolio, run: last.run, limit: 10_000 }));
  // Usually among the newest few; authorisations without a fill may hide it further back.
  const rebalancedAt = lastFill(await newest(['StepSettled'], 10)) ?? lastFill(await newest(['StepSettled'], 10_000));
  return {
    lease,
    mode,
    strategy,
    cycle: last === undefined ? 0 : last.cycle + 1,
    ...(run === undefined || run.closed !== undefined ? {} : { run }),
    ...(rebalancedAt === undefined ? {} : { lastRebalanceAt: rebalancedAt }),
    ...(order?.kind === 'Halted' ? { halted: order.why } : {}),
  };
}

/** Take one turn: carry an open run on, or look and decide anew. */
export async function turn(world: World, desk: Desk): Promise<Turn> {
  if (desk.run !== undefined) return advance(world, desk, desk.run);
  const snapshot = await observe(world, desk.lastRebalanceAt);
  const { decision, run, events } = consider(desk, snapshot);
  await world.journal.append(desk.lease, events);
  const after: Desk = { ...desk, cycle: desk.cycle + 1 };
  return { kind: 'decided', decision, desk: run === undefined ? after : { ...after, run } };
}

/** Decide on a snapshot and say what to journal. Pure; a run starts only where the mode may move money and nothing is halted. */
export function consider(
  desk: Desk,
  snapshot: Parameters<typeof decide>[0],
): { readonly decision: Decision; readonly run?: Run.Run; readonly events: readonly Event[] } {
  const decision = decide(snapshot, desk.strategy);
  const acts = decision.kind === 'act' && desk.mode !== 'DRY RUN' && desk.halted === undefined;
  const run = acts ? Run.start(`c${desk.cycle}`, decision.plan) : undefined;
  const observed: Event = { kind: 'Observed', cycle: desk.cycle, snapshot };
  const decided: Event = {
    kind: 'Decided',
    cycle: desk.cycle,
    decision,
    ...(run === undefined ? {} : { run: run.id }),
  };
  return { decision, events: [observed, decided], ...(run === undefined ? {} : { run }) };
}

/** Journal a halt or a resumption. A halted desk starts nothing new; it still learns what became of what it sent. */
export async function control(
  world: World,
  desk: Desk,
  event: Extract<Event, { kind: 'Halted' | 'Resumed' }>,
): Promise<Desk> {
  await world.journal.append(desk.lease, [event]);
  const { halted: _, ...rest } = desk;
  return event.kind === 'Halted' ? { ...rest, halted: event.why } : rest;
}

async function advance(world: World, start: Desk, opened: Run.Run): Promise<Turn> {
  let desk = start;
  let run = opened;
  for (;;) {
    const blocked = mayNot(desk, run);
    if (blocked !== undefined) return { kind: 'halted', why: blocked, desk };
    const pushed = await execute(world, run, tied(desk) === undefined ? 'free' : 'tied');
    if (pushed.kind === 'wait') return { kind: 'waiting', why: pushed.why, desk };
    const entries = await world.journal.append(desk.lease, toJournal(pushed));
    if (pushed.kind === 'halt') {
      desk = { ...desk, halted: pushed.why };
      world.alerts.raise({
        at: world.clock.now(),
        severity: 'halt',
        what: `run ${run.id} stopped`,
        why: pushed.why,
        fix: REPLACE_KEY,
      });
    }
    run = entries.reduce((r, entry) => Run.apply(r, entry) ?? r, run);
    desk = { ...desk, run };
    if (run.closed !== undefined) return { kind: 'closed', run, desk: close(desk, run) };
  }
}

const REPLACE_KEY =
  'find out who else signs with this key and give the strategist a new one, then run `trimtab resume`';

function toJournal(pushed: Exclude<Pushed, { kind: 'wait' }>): readonly Event[] {
  return pushed.kind === 'halt' ? [...pushed.events, { kind: 'Halted', by: 'engine', why: pushed.why }] : pushed.events;
}

/** Say why the run's next thing may not be done now. Looking up what was sent is always allowed. */
function mayNot(desk: Desk, run: Run.Run): string | undefined {
  const next = Run.next(run);
  if (next.kind === 'find' || next.kind === 'close' || next.kind === 'closed') return undefined;
  return tied(desk);
}

/** Say why nothing may be signed or sent. */
function tied({ halted, mode }: Desk): string | undefined {
  if (halted !== undefined) return halted;
  return mode === 'DRY RUN' ? 'a run is open from a live session, and a dry run moves no money' : undefined;
}

function close(desk: Desk, run: Run.Run): Desk {
  const { run: _, ...rest } = desk;
  const at = settledAt(run);
  return at === undefined ? rest : { ...rest, lastRebalanceAt: at };
}

/** A rebalance happened when its last fill did; one that was abandoned before any fill did not happen. */
function settledAt(run: Run.Run): Time | undefined {
  return run.steps.reduce<Time | undefined>(
    (at, s) => (s.kind === 'settled' && s.fill !== undefined ? s.receipt.at : at),
    undefined,
  );
}

function lastFill(settled: readonly Entry[]): Time | undefined {
  return settled.reduce<Time | undefined>(
    (at, { event }) => (event.kind === 'StepSettled' && event.fill !== undefined ? event.receipt.at : at),
    undefined,
  );
}
