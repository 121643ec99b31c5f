// The vault as custody: what it holds, what its settler and policy permit, and the key that may propose to it.

import type { Custody } from '@trimtab/engine';
import type { Address, LocalAccount } from 'viem';
import type { Rpc } from './Rpc.ts';

export type VaultCustodyOptions = {
  readonly rpc: Rpc;
  readonly vault: Address;
  /** The strategist's key. Without one everything can be read and nothing can be signed. */
  readonly account?: LocalAccount;
};

/** Open a vault: reads its assets and contracts once, then answers for any head. */
export function vaultCustody(options: VaultCustodyOptions): Promise<Custody> {
  return Promise.reject(new Error(`not yet: ${options.vault}`));
}
