// What a world on a local chain is made of, as asked for and as deployed.

import type { Asset, Bps, MarketId, Price, Seconds, Time, Usd } from '@trimtab/core';
import type { Address } from 'viem';

/** Describe a world to deploy. */
export type WorldSpec = {
  /** The vault's assets, in its order. */
  readonly tokens: readonly VaultTokenSpec[];
  /** Tokens with a price that the vault does not hold: the native coin, or one that pools have in common. */
  readonly others?: readonly TokenSpec[];
  readonly pools: readonly PoolSpec[];
  /** Which token is the wrapped native coin. */
  readonly native: string;
  /** The key that may propose; funded with native coin. */
  readonly strategist: Address;
  /** Absolute band of the on-chain rule around each target. */
  readonly band: Bps;
  readonly limits?: Partial<VaultLimits>;
  /** Chain time of the last block of the deployment. */
  readonly at: Time;
};

/** Describe a token and its feed. */
export type TokenSpec = {
  /** `WETH` deploys the canonical WETH9; any other a test token. */
  readonly symbol: string;
  readonly decimals: number;
  readonly price: Price;
  /** Longest time between two answers of its feed. */
  readonly heartbeat: Seconds;
};

/** Describe an asset of the vault. */
export type VaultTokenSpec = TokenSpec & {
  /** Target weight of the on-chain rule; they sum to 10_000. */
  readonly target: Bps;
  /** What the vault holds at first, in atoms. */
  readonly held: bigint;
};

/** Describe a Uniswap v3 pool between two tokens, by their symbols. */
export type PoolSpec = {
  readonly tokens: readonly [string, string];
  readonly feePpm: 100 | 500 | 3_000 | 10_000;
  readonly positions: readonly PositionSpec[];
};

/** Spread liquidity from price / (1 + w) to price · (1 + w), where w is `halfWidth`; or over every price. */
export type PositionSpec = {
  readonly halfWidth: Bps | 'full';
  /** Both sides together at the token prices, or the pool's own unit of liquidity. */
  readonly size:
    | { readonly kind: 'value'; readonly usd: Usd }
    | { readonly kind: 'liquidity'; readonly liquidity: bigint };
};

/** Bound the vault's settler; basis points and seconds. */
export type VaultLimits = {
  readonly maxFloorDiscount: Bps;
  readonly maxBand: Bps;
  readonly navTolerance: Bps;
  readonly lossCapPerDay: Bps;
  readonly turnoverCapPerDay: Bps;
  readonly cooldown: Seconds;
  readonly maxHorizon: Seconds;
};

/** Tell where everything of a deployed world is. */
export type Deployment = {
  readonly rpc: string;
  readonly chain: number;
  /** `eip155:<chain>/<vault>` */
  readonly portfolio: string;
  /** The vault's assets, in its order. */
  readonly tokens: readonly DeployedToken[];
  readonly others: readonly DeployedToken[];
  readonly pools: readonly DeployedPool[];
  readonly native: Address;
  readonly vault: Address;
  readonly settler: Address;
  readonly policy: Address;
  readonly hub: Address;
  readonly rule: Address;
  readonly filler: Address;
  readonly uniswapFactory: Address;
  /** PoolActor: holds the market actor's inventory. */
  readonly actor: Address;
  /** Unlocked account of the local chain that deployed everything and acts for the market. */
  readonly deployer: Address;
  /** Every address that may hold a token. */
  readonly holders: readonly Address[];
};

/** Tell where a token and its feed are; `supply` is all of it there is, in atoms. */
export type DeployedToken = {
  readonly asset: Asset;
  readonly address: Address;
  readonly feed: Address;
  readonly supply: bigint;
};

/** Tell where a pool is. */
export type DeployedPool = {
  readonly id: MarketId;
  readonly address: Address;
  /** Lower address first, as in the pool. */
  readonly tokens: readonly [Address, Address];
  readonly feePpm: number;
};

/** Give a price as the feeds here answer it: 8 decimals, rounded down. */
export function answerOf(price: Price): bigint {
  return price / 10n ** 10n;
}
