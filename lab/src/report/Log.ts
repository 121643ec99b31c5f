// What happened in a run, reduced to what its report needs. Folded from the journal, so that a report tells what the
// engine did and not what somebody remembers.

import type { Asset, AssetId, Cost, Price, Time, Usd, Weight } from '@trimtab/core';
import type { Entry } from '@trimtab/engine';

export type Log = {
  /** One for each cycle that observed, in order of time; at least one before a report can be made. */
  readonly sights: readonly Sight[];
  readonly trades: readonly Trade[];
  /** Every transaction that was paid for, reverted ones included. */
  readonly spent: readonly Spent[];
  /** Runs that settled at least one swap. */
  readonly rebalances: number;
};

/** State what the portfolio was at one moment: one position for each asset, always in the same order. */
export type Sight = {
  readonly at: Time;
  /** Shares in issue, 18 decimals. */ readonly supply: bigint;
  readonly positions: readonly Position[];
};

export type Position = {
  readonly asset: Asset;
  readonly atoms: bigint;
  /** The oracle's price, D18{USD/tok}. */
  readonly price: Price;
  readonly target: Weight;
  /** Lowest and highest weight inside the band; absent where no band guards this asset. */
  readonly band?: readonly [Weight, Weight];
};

/** State one settled swap, in atoms. */
export type Trade = {
  readonly at: Time;
  readonly run: string;
  readonly sell: AssetId;
  readonly buy: AssetId;
  readonly sold: bigint;
  /** What our own simulation promised just before the bytes were signed. */
  readonly proved: bigint;
  readonly received: bigint;
  /** What the plan expected to pay. */
  readonly cost: Cost;
};

/** State what inclusion of one transaction cost. */
export type Spent = { readonly at: Time; readonly cost: Usd };

/** Fold journal entries, in ascending order and of one portfolio, into a log. */
export function fromJournal(entries: Iterable<Entry>): Log {
  throw new Error(`not yet: ${typeof entries}`);
}
