// What can be held. Two assets are the same thing only if their ids are equal: USDC on two chains is two assets.

/** Name an asset everywhere: `eip155:<chain>/<lower-case address>` for a token. */
export type AssetId = string;

/** Describe an asset. `decimals` is how many atoms make a token: 1 tok = 10^decimals atoms, [0, 36]. */
export type Asset = {
  readonly id: AssetId;
  readonly symbol: string;
  readonly decimals: number;
};
