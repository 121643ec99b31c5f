// Play the market, tick by tick, against an engine that does not know it is a rehearsal: it sees a chain, prices
// and a vault through the same ports as anywhere else.

import type { Price, Time } from '@trimtab/core';
import { control, recover, turn } from '@trimtab/engine';
import type { Desk, Request, Turn } from '@trimtab/engine';
import { Arbitrageur, FeedKeeper } from '@trimtab/lab';
import type { Role } from './Cast.ts';
import type { Replay } from './Replay.ts';
import type { Stage } from './stage.ts';

/** Tell what happens as it happens, and say what is wanted. */
export type Audience = {
  readonly onTurn: (turn: Turn, at: Time) => void;
  /** Called after each tick; resolves when the next may begin. */
  readonly onTick: (done: number, total: number) => Promise<void>;
  /** Called when a turn failed; the journal is read again and the turn taken anew, but not for ever. */
  readonly onError: (error: unknown) => void;
  /** Take what was asked of the engine since the last call. */
  readonly requests: () => readonly Request[];
  /** What was taken and is not journalled yet. */
  readonly orders: Request[];
  readonly stopped: () => boolean;
};

/** Seconds between blocks while a rebalance is under way. */
const BLOCK = 4;
const USD = 10n ** 18n;
/** Failed turns in a row after which something is broken that no retry mends. */
const TRIES = 5;

/** Play a replay to its end or until stopped, from wherever the chain stands. */
export async function play(stage: Stage, replay: Replay, roles: readonly Role[], audience: Audience): Promise<void> {
  const { times } = replay.history;
  const head = await stage.world.venue.head();
  const first = times.findIndex((at) => at > head.at);
  const until = (tick: number): Time => times[tick + 1] ?? (times[tick] ?? 0) + 3_600;
  // Look once before the market moves: a rebalance that a kill interrupted comes first.
  let desk = await settleDown(
    stage,
    stage.desk,
    { at: head.at, until: times[first] ?? head.at + 3_600, fee: replay.gas[0] ?? 0n },
    audience,
  );
  let feeds: readonly FeedKeeper.FeedKeeper[] = roles.map((role) => published(stage, role));
  for (let tick = first; tick !== -1 && tick < times.length && !audience.stopped(); tick++) {
    const at = times[tick] ?? 0;
    const prices = roles.map((role) => priceOf(replay, role, tick));
    feeds = moveMarket(stage, roles, feeds, prices, at);
    const fee = replay.gas[tick] ?? 0n;
    await stage.actor.nextBlock(at, fee);
    desk = await settleDown(stage, desk, { at, until: until(tick), fee }, audience);
    await audience.onTick(tick + 1, times.length);
  }
}

/** Let arbitrageurs pull the pools to the market, and feeds publish if their habit says so. */
function moveMarket(
  stage: Stage,
  roles: readonly Role[],
  feeds: readonly FeedKeeper.FeedKeeper[],
  prices: readonly Price[],
  at: Time,
): readonly FeedKeeper.FeedKeeper[] {
  const pools = (stage.lastSeen()?.markets ?? []).filter((market) => market.kind === 'concentrated');
  for (const move of Arbitrageur.moves(pools, Arbitrageur.fair(stage.assets, prices))) {
    stage.actor.movePool(stage.poolOf(move.market), move.sqrtPriceX96);
  }
  return feeds.map((feed, i) => {
    const { keeper, publish } = FeedKeeper.tick(feed, prices[i] ?? USD, at);
    if (publish !== undefined) stage.actor.updateFeed(stage.tokenOf(roles[i]?.token ?? ''), publish.price, publish.at);
    return keeper;
  });
}

/** Give the engine turns, and the chain blocks, until it has nothing left to do in this tick. */
async function settleDown(
  stage: Stage,
  start: Desk,
  span: { readonly at: Time; readonly until: Time; readonly fee: bigint },
  audience: Audience,
): Promise<Desk> {
  let desk = start;
  for (let at = span.at, failures = 0; ;) {
    try {
      desk = await obey(stage, desk, audience);
      const taken = await turn(stage.world, desk);
      desk = taken.desk;
      failures = 0;
      audience.onTurn(taken, at);
      if (taken.kind === 'halted') return desk;
      // After a rebalance look once more: where it landed is the point of it.
      if (taken.kind === 'decided' && desk.run === undefined) return desk;
      if (taken.kind !== 'waiting') continue;
    } catch (error) {
      audience.onError(error);
      if (++failures >= TRIES) throw error;
      desk = await recover(stage.world, desk);
      continue;
    }
    at += BLOCK;
    if (at >= span.until || audience.stopped()) return desk;
    await stage.actor.nextBlock(at, span.fee);
  }
}

/** An order leaves the queue only once it is in the journal. */
async function obey({ world }: Stage, desk: Desk, { orders, requests }: Audience): Promise<Desk> {
  orders.push(...requests());
  let after = desk;
  for (let order = orders[0]; order !== undefined; order = orders[0]) {
    const { kind, by, why } = order;
    after = await control(world, after, { kind: kind === 'halt' ? 'Halted' : 'Resumed', by, why });
    orders.shift();
  }
  return after;
}

/** Take up a feed where it stands on chain. */
function published(stage: Stage, role: Role): FeedKeeper.FeedKeeper {
  const asset = stage.assets.find(({ symbol }) => symbol === role.token);
  const reading = stage.lastSeen()?.prices.find((price) => price.asset === asset?.id);
  return FeedKeeper.start(role.habit, reading?.price ?? USD, reading?.at ?? 0);
}

function priceOf(replay: Replay, role: Role, tick: number): Price {
  return role.series === undefined ? USD : (replay.history.prices[role.series]?.[tick] ?? USD);
}
