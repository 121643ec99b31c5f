// What a simulated world starts from, as data: the same spec and the same calls give the same world, bit for bit.

import type { Asset, Bps, Gas, Market, Price, Seconds, Time } from '@trimtab/core';
import type { Habit } from '../actors/FeedKeeper.ts';

/** Describe a world: a vault, its settler's bounds, the pools around it and the feeds it believes. */
export type Spec = {
  readonly chain: number;
  readonly assets: readonly Asset[];
  /** What the vault holds, in atoms, in the order of `assets`. */
  readonly held: readonly bigint[];
  /** Shares in issue, 18 decimals. */
  readonly supply: bigint;
  /** Market prices at the start, in the order of `assets`; pools should agree with them. D18{USD/tok} */
  readonly prices: readonly Price[];
  /** How each asset's feed publishes, in the order of `assets`. */
  readonly feeds: readonly Habit[];
  readonly markets: readonly Market[];
  readonly gas: Gas;
  readonly bounds: Bounds;
  /** Chain time of the first block. */
  readonly at: Time;
  /** Seconds between blocks while somebody waits. */
  readonly blockTime: Seconds;
};

/** Bound what the settler accepts; the same bounds as the contract's policy. */
export type Bounds = {
  /** Furthest below the oracle price that a fill may settle. */
  readonly maxFloorDiscount: Bps;
  /** Widest band of a leg, relative to its middle. */
  readonly maxBand: Bps;
  /** Largest gap between the value of the targets and the value held. */
  readonly navTolerance: Bps;
  /** Share of NAV that fills may lose against the oracle; leaks back at this rate per day. */
  readonly lossCapPerDay: Bps;
  /** Share of NAV that fills may sell; leaks back at this rate per day. */
  readonly turnoverCapPerDay: Bps;
  /** Least time between two plans. */
  readonly cooldown: Seconds;
  /** Furthest away that a plan's deadline may be. */
  readonly maxHorizon: Seconds;
};
