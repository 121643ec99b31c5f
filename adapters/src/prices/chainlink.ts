// Chainlink-shaped feeds, as the vault's oracle hub lists them, read at the head's block.

import type { Prices } from '@trimtab/engine';
import type { Address } from 'viem';
import type { Rpc } from '../chain/Rpc.ts';

export type ChainlinkOptions = { readonly rpc: Rpc; readonly hub: Address; readonly assets: readonly Address[] };

/** Open the feeds of these assets. A malformed, missing or non-positive answer is left out, never guessed. */
export function chainlink(options: ChainlinkOptions): Promise<Prices> {
  return Promise.reject(new Error(`not yet: ${options.hub}`));
}
