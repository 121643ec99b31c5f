// The one picture that a decision sees. Everything in it was read at one block; nothing outside it may
// influence a decision, so the same snapshot and strategy give the same decision, bit for bit, for ever.

import type { Asset, AssetId } from '../money/Asset.ts';
import type { Bps } from '../money/Bps.ts';
import type { Price, Usd } from '../money/Price.ts';
import type { Seconds, Time } from '../money/Time.ts';
import type { Gas } from '../market/Gas.ts';
import type { Market } from '../market/Market.ts';
import type { Holding } from './Holding.ts';
import type { InFlight } from './InFlight.ts';
import type { Outlook } from './Outlook.ts';
import type { Past } from './Past.ts';
import type { Signal } from './Signal.ts';
import type { Stake } from './Stake.ts';

/** Hold everything that a decision may depend on, frozen at one block. */
export type Snapshot = {
  /** Which portfolio: `eip155:<chain>/<vault address>`. */
  readonly portfolio: string;
  /** Chain time of `block`. */
  readonly at: Time;
  readonly block: Block;
  /** Every asset that a holding, price or market names; the portfolio's own come first, in its order. */
  readonly assets: readonly Asset[];
  /** One entry for each asset of the portfolio, in its order; zero balances are listed. */
  readonly holdings: readonly Holding[];
  /** At least one reading for each asset of the portfolio; the first of an asset is its primary. */
  readonly prices: readonly PriceReading[];
  readonly markets: readonly Market[];
  readonly gas: Gas;
  readonly inFlight: readonly InFlight[];
  readonly custody: Custody;
  /** When this portfolio's last rebalance closed; absent before the first. */
  readonly lastRebalanceAt?: Time;
  /** What is believed of the assets' returns; absent where nothing was estimated. */
  readonly outlook?: Outlook;
  /** What earlier cycles have to say to this one; absent before the first. */
  readonly past?: Past;
  /** What others said and signed: indices, forecasts, switches. */
  readonly signals?: readonly Signal[];
  /** Liquidity that the portfolio provides; it counts as the tokens that it would be paid out in. */
  readonly stakes?: readonly Stake[];
  /** What is in issue of assets whose weight in an index follows their capitalisation. */
  readonly supplies?: readonly Supply[];
  /** What has been asked for and must be paid out in kind: it is held, but no longer ours to place. */
  readonly claims?: readonly Holding[];
};

/** State how much of an asset circulates, in atoms, and when that was read. */
export type Supply = { readonly asset: AssetId; readonly atoms: bigint; readonly at: Time };

/** Name the block that a snapshot was read at. */
export type Block = { readonly number: bigint; readonly hash: string };

/** Give one source's price of one asset and how old it may get. */
export type PriceReading = {
  readonly asset: AssetId;
  readonly source: string;
  readonly price: Price;
  /** When the source last updated it. */
  readonly at: Time;
  /** Longest time that the source promises to leave between updates. */
  readonly heartbeat: Seconds;
};

/** Say what the contract that holds the assets will permit now; the planner stays inside it. */
export type Custody = {
  /** Atoms of share (18 decimals) in issue; bands are held in units per share. */
  readonly supply: bigint;
  /** Nonce of the last plan that custody accepted. */
  readonly nonce: number;
  /** Largest discount below the oracle price at which custody lets a fill settle. */
  readonly maxFloorDiscount: Bps;
  /** Widest band of a leg, relative to its own middle, that an authorisation may leave. */
  readonly maxBand: Bps;
  /** What the loss bucket still has room for. */
  readonly lossRoom: Usd;
  /** What the turnover bucket still has room for. */
  readonly turnoverRoom: Usd;
  /** Earliest time at which custody accepts the next plan. */
  readonly readyAt: Time;
};

/** Name an asset for a person: its symbol, or its id where the snapshot does not describe it. */
export function symbolOf(snapshot: Snapshot, asset: AssetId): string {
  return snapshot.assets.find(({ id }) => id === asset)?.symbol ?? asset;
}
