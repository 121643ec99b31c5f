// Uniswap v3 pools reached through the vault's settler: an authorisation is a proposal, a swap is a fill.

import type { Venue } from '@trimtab/engine';
import type { Address } from 'viem';
import type { Rpc } from './Rpc.ts';

export type SettlerVenueOptions = {
  readonly rpc: Rpc;
  readonly vault: Address;
  /** The RouterFiller that fills for us. */
  readonly filler: Address;
  readonly pools: readonly Address[];
  /** Who signs: the strategist. */
  readonly from: Address;
  /** Wrapped native coin, listed at the oracle hub: what gas is valued at. */
  readonly native: Address;
  /** What we add to the base fee {wei/gas}; default 1 gwei. */
  readonly tip?: bigint;
};

/** Open the venue: reads the pools' constants once, refuses a pool of an unknown factory. */
export function settlerVenue(options: SettlerVenueOptions): Promise<Venue> {
  return Promise.reject(new Error(`not yet: ${options.vault}`));
}
