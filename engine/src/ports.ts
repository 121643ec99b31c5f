// The outside world on one page. The engine knows nothing else of it: live adapters and the lab's simulated
// world implement these same ports and pass the same conformance suites.

import type {
  Asset,
  AssetId,
  Block,
  Custody as Permits,
  Gas,
  Holding,
  InFlight,
  Market,
  PriceReading,
  Step,
  Time,
} from '@trimtab/core';
import type { Entry, Event } from './Event.ts';

/** Tell the time. Deadlines and staleness use chain time; this clock only paces the loop and dates the journal. */
export type Clock = { readonly now: () => Time; readonly sleep: (seconds: number) => Promise<void> };

/** Fix a moment that everything in a snapshot is read at. */
export type Head = { readonly chain: number; readonly block: Block; readonly at: Time };

/** Read prices as of a head. An unreadable source is left out, never guessed: the guard sees the gap. */
export type Prices = { readonly read: (head: Head) => Promise<readonly PriceReading[]> };

/** Read what custody holds and permits as of a head, and sign for it. */
export type Custody = {
  readonly portfolio: string;
  readonly assets: readonly Asset[];
  readonly holdings: (head: Head) => Promise<Held>;
  /** Sign these bytes. Never sends. */
  readonly sign: (unsigned: Unsigned) => Promise<Signed>;
};

export type Held = {
  readonly holdings: readonly Holding[];
  readonly inFlight: readonly InFlight[];
  readonly permits: Permits;
};

/** Trade somewhere: read its markets, then prove, send and find steps. */
export type Venue = {
  readonly head: () => Promise<Head>;
  readonly markets: (head: Head) => Promise<{ readonly markets: readonly Market[]; readonly gas: Gas }>;
  /** Simulate the exact step now against its floor; on success hand over the bytes to sign. */
  readonly prove: (step: Step, attempt: Attempt) => Promise<Proof>;
  /** Send signed bytes. Sending the same bytes twice has one effect. Resolves when the outcome may still be unknown. */
  readonly send: (signed: Signed) => Promise<void>;
  /** Say what became of signed bytes, by their hash. */
  readonly find: (signed: Signed, step: Step) => Promise<Found>;
};

/** Say which try at a step this is. A later attempt reuses the nonce of an earlier one, so at most one can land. */
export type Attempt = { readonly number: number; readonly replaces?: Signed };

export type Unsigned = {
  readonly to: string;
  readonly data: string;
  readonly nonce: number;
  readonly gas: bigint;
  readonly maxFee: bigint;
  readonly maxTip: bigint;
  readonly chain: number;
};

/** Hold signed bytes and all that identifies them; journalled before any byte leaves. */
export type Signed = { readonly raw: string; readonly hash: string; readonly from: string; readonly nonce: number };

export type Proof =
  | {
      readonly kind: 'proved';
      readonly unsigned: Unsigned;
      /** Atoms a swap would bring now; 0 for an authorisation. */ readonly receives: bigint;
    }
  /** `wait`: may succeed later unchanged; `abort`: this step can no longer be done as planned. */
  | { readonly kind: 'failed'; readonly why: string; readonly next: 'wait' | 'abort' };

export type Found =
  /** No trace of these bytes; their nonce is unused, so they may be sent again. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'pending' }
  /** The nonce was used by bytes we do not know: stop, somebody else signs with our key. */
  | { readonly kind: 'foreign'; readonly why: string }
  | { readonly kind: 'settled'; readonly receipt: Receipt; readonly fill?: Fill }
  | { readonly kind: 'reverted'; readonly receipt: Receipt; readonly why: string };

export type Receipt = { readonly block: Block; readonly at: Time; readonly gasUsed: bigint; readonly gasPrice: bigint };

/** State what a swap really did, from balance deltas. */
export type Fill = { readonly sell: AssetId; readonly buy: AssetId; readonly sold: bigint; readonly received: bigint };

/** Keep everything that happened, durably and in order. Append resolves only when it would survive a power cut. */
export type Journal = {
  /**
   * Take the one right to write for this portfolio, for so many seconds. The epoch rises every time it is taken, so an
   * earlier self is fenced too. Rejects while another holder's lease runs.
   */
  readonly lease: (portfolio: string, holder: string, seconds: number) => Promise<Lease>;
  readonly renew: (lease: Lease, seconds: number) => Promise<Lease>;
  readonly release: (lease: Lease) => Promise<void>;
  /** Append all or nothing; rejects with LeaseLost when the lease's epoch is no longer the newest. */
  readonly append: (lease: Lease, events: readonly Event[]) => Promise<readonly Entry[]>;
  /** Read entries in ascending order of `seq`. */
  readonly read: (query: Query) => Promise<readonly Entry[]>;
  /** Call back after each append made through this journal object; returns how to stop. */
  readonly watch: (onEntries: (entries: readonly Entry[]) => void) => () => void;
  readonly close: () => Promise<void>;
};

export type Lease = { readonly portfolio: string; readonly holder: string; readonly epoch: number };

export type Query = {
  readonly portfolio?: string;
  readonly after?: number;
  readonly run?: string;
  readonly kinds?: readonly Event['kind'][];
  /** At most this many entries, [1, 10_000]; default 1_000. */
  readonly limit?: number;
  /** With `limit`: the newest entries instead of the oldest, still in ascending order. */
  readonly newest?: 'newest';
};

/** Tell people. Never blocks trading; an alert is sent for errors, not for heartbeats. */
export type Alerts = { readonly raise: (alert: Alert) => void };

export type Alert = {
  readonly at: Time;
  readonly severity: 'warn' | 'halt';
  readonly what: string;
  readonly why: string;
  readonly fix: string;
};

/** Hold one maker of the world: live adapters or the lab's simulation. */
export type World = {
  readonly clock: Clock;
  readonly prices: Prices;
  readonly custody: Custody;
  readonly venue: Venue;
  readonly journal: Journal;
  readonly alerts: Alerts;
};
