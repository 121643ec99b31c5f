// Publishes an oracle's answers the way Chainlink's nodes do: not every tick, but when the price has moved by the
// deviation threshold or the heartbeat has passed (https://docs.chain.link/architecture-overview/architecture-decentralized-model,
// "Decentralized Data Model"). What the vault sees is therefore up to one threshold away from the market.

import type { Bps, Price, Seconds, Time } from '@trimtab/core';

/** Describe how a feed publishes. */
export type Habit = {
  /** Publish when the price differs from the last answer by at least this share of it. */
  readonly deviation: Bps;
  /** Publish when the last answer is at least this old. */
  readonly heartbeat: Seconds;
  /** Ticks between seeing a price and publishing it. */
  readonly latency: 0 | 1;
  /** Decimals of the feed's answer, [0, 18]; finer digits are cut off. */
  readonly decimals: number;
};

/** Hold a feed between ticks: its last answer, and the price seen at the tick before. */
export type FeedKeeper = { readonly habit: Habit; readonly answer: Answer; readonly seen: Price };

/** State a published price. D18{USD/tok}. */
export type Answer = { readonly price: Price; readonly at: Time };

/** Chainlink's usual settings for ETH/USD and BTC/USD: 0.5 %, one hour, eight decimals. */
export const MAJOR: Habit = { deviation: 50, heartbeat: 3_600, latency: 0, decimals: 8 };

/** Chainlink's usual settings for a dollar stablecoin: 0.25 %, one day, eight decimals. */
export const STABLE: Habit = { deviation: 25, heartbeat: 86_400, latency: 0, decimals: 8 };

/** Start a feed with a first answer. */
export function start(habit: Habit, price: Price, at: Time): FeedKeeper {
  return { habit, answer: { price: cutDown(price, habit.decimals), at }, seen: price };
}

/** Look at the market once. `publish` is set when the feed writes a new answer at `at`. */
export function tick(
  keeper: FeedKeeper,
  price: Price,
  at: Time,
): { readonly keeper: FeedKeeper; readonly publish?: Answer } {
  const { habit, answer, seen } = keeper;
  const known = cutDown(habit.latency === 0 ? price : seen, habit.decimals);
  const moved = known > answer.price ? known - answer.price : answer.price - known;
  const deviates = moved * 10_000n >= answer.price * BigInt(habit.deviation) && moved > 0n;
  const due = deviates || at - answer.at >= habit.heartbeat;
  if (!due) return { keeper: { ...keeper, seen: price } };
  const publish = { price: known, at };
  return { keeper: { habit, answer: publish, seen: price }, publish };
}

/** Cut a D18 price to a feed's decimals; it never answers zero. */
function cutDown(price: Price, decimals: number): Price {
  const unit = 10n ** BigInt(18 - decimals);
  const cut = price - (price % unit);
  return cut === 0n ? unit : cut;
}
