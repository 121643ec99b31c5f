// What every part of the settler venue works with: fixed when the venue opens.

import type { Seconds } from '@trimtab/core';
import type { Address } from 'viem';
import type { Rpc } from './Rpc.ts';
import type { Pool } from './UniswapV3.ts';
import type { Vault } from './Vault.ts';

/** Hold what proving, sending and finding have in common. */
export type Desk = {
  readonly rpc: Rpc;
  readonly vault: Vault;
  readonly filler: Address;
  readonly pools: readonly Pool[];
  /** Who signs: the strategist. */
  readonly from: Address;
  /** What we add to the base fee {wei/gas}. */
  readonly tip: bigint;
  /** Most that we ever bid {wei/gas}; a replacement may not climb past it. */
  readonly maxFee: bigint;
  /** Time in which a plan's price falls from the oracle's to its floor. */
  readonly decay: Seconds;
  /** Blocks that must hold a transaction's effect, its own among them, before it counts. */
  readonly confirmations: number;
};
