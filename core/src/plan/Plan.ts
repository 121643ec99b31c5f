// What will be done, step by step, with the least that each step must bring and what it is expected to cost.

import type { AssetId } from '../money/Asset.ts';
import type { Bps } from '../money/Bps.ts';
import type { Usd } from '../money/Price.ts';
import type { Time } from '../money/Time.ts';
import type { MarketId } from '../market/Market.ts';
import type { Cost } from './Cost.ts';
import type { Proof } from './Proof.ts';

/** Hold a plan: steps in the order they must be done. */
export type Plan = {
  readonly why: string;
  readonly steps: readonly Step[];
  readonly skips: readonly Skip[];
  readonly passed: readonly Passed[];
  readonly cost: Cost;
  /** Value sold over all steps at the snapshot's prices. */
  readonly turnover: Usd;
  /** Portfolio value at the snapshot's prices. */
  readonly value: Usd;
  readonly proof: Proof;
};

export type Step = Authorise | Swap;

/** Announce to custody how far each holding may move; custody enforces it for whoever fills. */
export type Authorise = {
  readonly kind: 'authorise';
  /** Custody's nonce for this plan: the last one plus one. */
  readonly nonce: number;
  readonly deadline: Time;
  /** Largest discount below the oracle price at which a fill may settle. */
  readonly floorDiscount: Bps;
  /** Share supply that the legs' atoms were computed at. */
  readonly supply: bigint;
  /** One for each asset of the portfolio, in its order. */
  readonly legs: readonly Leg[];
  readonly why: string;
};

/**
 * Bound one holding in atoms: above `sellDownTo` it may be sold, down to there; below `buyUpTo` it may be bought, up to
 * there. Always buyUpTo ≤ sellDownTo: between the two it may not be traded, and custody takes their middle as the target.
 */
export type Leg = { readonly asset: AssetId; readonly sellDownTo: bigint; readonly buyUpTo: bigint };

/** Sell one asset for another through one or more markets, or fail: never for less than the floor. */
export type Swap = {
  readonly kind: 'swap';
  readonly sell: AssetId;
  readonly buy: AssetId;
  readonly sold: bigint;
  /** What the markets of the snapshot would pay. */
  readonly expected: bigint;
  /** The least that is accepted; the step fails below it. */
  readonly floor: bigint;
  readonly routes: readonly Route[];
  readonly deadline: Time;
  readonly cost: Cost;
  /** What an attacker could gain by it; absent where it is not sent in public. */
  readonly guarded?: Guarded;
  readonly why: string;
};

/** Say how a swap that is sent in public is kept from being traded around: as slice `slice` of `of`, one a block, within `tolerance`. */
export type Guarded = {
  readonly slice: number;
  readonly of: number;
  /** How far below the markets' own answer it may fill. */
  readonly tolerance: Bps;
  /** What the best attack on it would earn after its gas. */
  readonly attacker: Usd;
  readonly why: string;
};

/** Send part of a swap through one market (or one after another); `through` names what is held between one and the next. */
export type Route = {
  readonly markets: readonly MarketId[];
  readonly through: readonly AssetId[];
  readonly sold: bigint;
  readonly expected: bigint;
};

/** Say why an asset that is off target is left alone. */
export type Skip = { readonly asset: AssetId; readonly why: string };

/** Say why a market that could be used is not, or cannot be. */
export type Passed = { readonly market: MarketId; readonly why: string };
