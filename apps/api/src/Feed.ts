// The projection, kept up to date, and everyone who follows it. The journal is always read, never listened to: being
// told of an append only hastens the next read, so a missed or foreign append cannot leave a gap.

import type { Journal, Mode } from '@trimtab/engine';
import * as Change from './Change.ts';
import type { Change as News, State } from './contract.ts';
import * as Projection from './Projection.ts';

/** Read at most this often when told of appends, and at least this often when told of none. {ms} */
const PACE = 100;
const POLL = 2_000;
/** Changes kept for those who lost their connection for a moment. */
const KEPT = 128;
const PAGE = 1_000;

export type Source = {
  readonly journal: Pick<Journal, 'read' | 'watch'>;
  readonly portfolio: string;
  readonly mode: Mode;
};

/** Hold one fold of the journal for all who ask. */
export type Feed = {
  readonly state: () => State;
  /** Why the journal cannot be read at present; undefined while it can. */
  readonly problem: () => string | undefined;
  /** Give what a follower who last knew `id` has missed, or everything where that is not known any more. */
  readonly since: (id: string | undefined) => Missed;
  /** Call back with each change until the returned function is called. */
  readonly follow: (onChange: (change: News) => void) => () => void;
  readonly close: () => void;
};

export type Missed =
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: 'changes'; readonly changes: readonly News[] };

type Kept = { readonly from: string; readonly change: News };

/** Read the whole journal once, then follow it. Rejects if it cannot be read. */
export async function open(source: Source): Promise<Feed> {
  const { journal, portfolio, mode } = source;
  let projection = await catchUp(journal, Projection.empty(portfolio, mode));
  let kept: readonly Kept[] = [];
  let problem: string | undefined;
  const followers = new Set<(change: News) => void>();

  const pull = async (): Promise<void> => {
    const before = projection.shown;
    projection = await catchUp(journal, projection);
    if (projection.shown === before) return;
    const change = Change.between(before, projection.shown);
    kept = [...kept.slice(1 - KEPT), { from: before.id, change }];
    for (const follower of followers) follower(change);
  };
  const timer = pacer(async () => {
    try {
      await pull();
      problem = undefined;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
  });
  const unwatch = journal.watch(timer.nudge);
  timer.nudge();

  return {
    state: () => projection.shown,
    problem: () => problem,
    since: (id) => missed(id, projection.shown, kept),
    follow: (onChange) => {
      followers.add(onChange);
      return () => followers.delete(onChange);
    },
    close: () => {
      unwatch();
      timer.stop();
      followers.clear();
    },
  };
}

function missed(id: string | undefined, state: State, kept: readonly Kept[]): Missed {
  if (id === state.id) return { kind: 'changes', changes: [] };
  const index = kept.findIndex((one) => one.from === id);
  if (index === -1) return { kind: 'state', state };
  return { kind: 'changes', changes: kept.slice(index).map((one) => one.change) };
}

async function catchUp(journal: Source['journal'], from: Projection.Projection): Promise<Projection.Projection> {
  const { portfolio } = from.shown.status;
  let projection = from;
  let after = from.seq;
  for (;;) {
    const entries = await journal.read({ portfolio, after, limit: PAGE });
    projection = Projection.foldAll(projection, entries);
    after = entries.at(-1)?.seq ?? after;
    if (entries.length < PAGE) return projection;
  }
}

/** Run a task one at a time: soon after each nudge, and now and then without one. */
function pacer(task: () => Promise<void>): { readonly nudge: () => void; readonly stop: () => void } {
  let running = false;
  let nudged = false;
  let stopped = false;
  let soon: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    soon = undefined;
    if (running || stopped) return;
    running = true;
    nudged = false;
    await task();
    running = false;
    if (nudged) nudge();
  };
  const nudge = (): void => {
    nudged = true;
    if (!running && !stopped) soon ??= setTimeout(() => void run(), PACE).unref();
  };
  const poll = setInterval(nudge, POLL).unref();
  const stop = (): void => {
    stopped = true;
    clearTimeout(soon);
    clearInterval(poll);
  };
  return { nudge, stop };
}
